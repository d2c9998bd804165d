#include "core/engine/report.h"

#include <QtTest>

using namespace cordon;

class TestReport : public QObject
{
    Q_OBJECT

private slots:
    void anUnreadableTimeIsNoDate();
};

void TestReport::anUnreadableTimeIsNoDate()
{
    engine::ReportParts parts;
    parts.incidents.push_back(Value::Object{{"id", "INC-0001"},
                                            {"first_seen", Timestamp().toString()},
                                            {"last_seen", "2026-03-02T08:00:00.000000Z"}});
    const std::string text = engine::reportText(engine::reportValue(parts));
    QVERIFY2(text.find("unknown time to 2026-03-02 08:00:00 UTC") != std::string::npos, text.c_str());
    QVERIFY(text.find("1970") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
