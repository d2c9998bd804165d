#include "core/engine/codec.h"
#include "core/engine/report.h"
#include "core/value/json.h"
#include "tests/support/written_report.h"

#include <QtTest>

#include <sstream>

using namespace cordon;

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void anUnreadableTimeIsNoDate();
    void inPiecesItIsTheSameJson();
};

void TestReport::anUnreadableTimeIsNoDate()
{
    engine::ReportParts parts;
    parts.incidents.push_back(Value::Object{{"id", "INC-0001"},
                                            {"first_seen", Timestamp().toString()},
                                            {"last_seen", "2026-03-02T08:00:00.000000Z"}});
    const std::string text = test::writtenReport(engine::reportValue(parts), engine::ReportFormat::Text);
    QVERIFY2(text.find("unknown time to 2026-03-02 08:00:00 UTC") != std::string::npos, text.c_str());
    QVERIFY(text.find("1970") == std::string::npos);
}

void TestReport::inPiecesItIsTheSameJson()
{
    engine::ReportParts parts;
    parts.caseName = "a \"case\" of caf\xC3\xA9s\n";
    parts.rejected.push_back({});
    for (int count = 0; count < 3; ++count) { // none, one, two
        std::ostringstream out;
        engine::ReportStream stream(engine::ReportFormat::Json, out);
        stream.begin(engine::reportHead(parts), count, count);
        for (const Alert& alert : parts.alerts)
            stream.add(engine::codec::toValue(alert));
        for (const Value& incident : parts.incidents)
            stream.addIncident(incident);
        stream.end();
        QCOMPARE(out.str(), json::write(engine::reportValue(parts)));
        parts.alerts.emplace_back();
        parts.incidents.push_back(Value::Object{{"id", "INC-000" + std::to_string(count)}});
    }
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
