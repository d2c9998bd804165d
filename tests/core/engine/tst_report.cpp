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
    void logTextIsNoMarkdown();
    void itSaysWhoApproved();
    void stepsAreNamedByTheirPlaceAndAnIdleSequenceSaysSo();
    void alertsAndLinksAreListedAndTheRestCounted();
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

void TestReport::logTextIsNoMarkdown()
{
    const std::string hostile = "![p](http://evil.example/t.png)<img src=x> | # `c` www.evil.example";
    engine::ReportParts parts;
    parts.caseName = hostile;
    const Value told = Value::Object{{"text", hostile}};
    parts.incidents.push_back(Value::Object{
        {"id", "INC-0001"}, {"title", told}, {"story", Value::Array{Value::Object{{"text", told}}}},
        {"residual_access", Value::Array{Value::Object{{"text", told}}}},
        {"plan", Value::Object{{"steps", Value::Array{Value::Object{
            {"ordinal", 1}, {"title", told}, {"state", "awaiting_approval"}, {"target", Value::Object{{"name", hostile}}}}}}}}});
    const std::string text = test::writtenReport(engine::reportValue(parts), engine::ReportFormat::Markdown);
    for (const char* live : {"![", "](", " <img", ")<img", "http://", " | ", " `c`", "www.e", " # "})
        QVERIFY2(text.find(live) == std::string::npos, (live + (": " + text)).c_str());
    std::size_t count = 0;
    for (std::size_t at = text.find("\\<img src=x\\>"); at != std::string::npos; at = text.find("\\<img", at + 1))
        ++count;
    QCOMPARE(count, std::size_t{7}); // in head, title, story, residual access, twice in the step and once among what waits
}

void TestReport::stepsAreNamedByTheirPlaceAndAnIdleSequenceSaysSo()
{
    // S7 was moved to the front: it is the first, whatever it is called.
    const auto step = [](const char* id, int place, const char* floor, Value::Array after) {
        return Value::Object{{"id", id}, {"ordinal", place}, {"floor", floor}, {"state", "proposed"}, {"after", std::move(after)}};
    };
    const auto report = [&](const char* floor) {
        engine::ReportParts parts;
        parts.incidents.push_back(Value::Object{
            {"id", "INC-0001"}, {"plan", Value::Object{{"steps", Value::Array{step("INC-0001/S7", 1, "T0", {}), step("INC-0001/S2", 2, floor, {"INC-0001/S7"})}}}}});
        return test::writtenReport(engine::reportValue(parts), engine::ReportFormat::Text);
    };
    QVERIFY2(report("T1").find("proposed, after 1") != std::string::npos, report("T1").c_str());
    QVERIFY(report("T1").find("contains anything") == std::string::npos);
    QVERIFY(report("T0").find("nothing in this sequence contains anything") != std::string::npos);
}

void TestReport::alertsAndLinksAreListedAndTheRestCounted()
{
    engine::ReportParts parts;
    Value::Array ids;
    for (int i = 1; i <= 103; ++i) {
        Alert alert;
        alert.id = AlertId{i};
        alert.rule.title = "rule <b>" + std::to_string(i);
        parts.alerts.push_back(alert);
        ids.emplace_back(toString(alert.id));
    }
    const Value link = Value::Object{{"from", Value::Object{{"name", "svc"}}}, {"to", Value::Object{{"id", "AKIA1"}, {"name", ""}}},
                                     {"reason", Value::Object{{"text", "made it"}}}, {"events", Value::Array{1, 2}}};
    parts.incidents.push_back(Value::Object{{"id", "INC-0001"}, {"alerts", std::move(ids)}, {"links", Value::Array{link}}});
    parts.duplicates = 1;
    const Value report = engine::reportValue(parts);
    const std::string text = test::writtenReport(report, engine::ReportFormat::Text);
    for (const char* line : {"1 record dropped as duplicates", "    A-0001  ", "rule <b>100\n", "    and 3 more alerts, listed in the JSON report", "    svc - AKIA1: made it [2 events]"})
        QVERIFY2(text.find(line) != std::string::npos, (line + ("\n" + text)).c_str());
    QVERIFY(text.find("rule <b>101") == std::string::npos);
    const std::string marked = test::writtenReport(report, engine::ReportFormat::Markdown);
    QVERIFY2(marked.find("### Alerts\n\n- A-0001") != std::string::npos && marked.find("rule \\<b\\>1") != std::string::npos, marked.c_str());
}

void TestReport::itSaysWhoApproved()
{
    engine::ReportParts parts;
    const Value step = Value::Object{{"ordinal", 1}, {"state", "verified"}, {"done_by", "agent"},
                                     {"approved_by", Value::Array{"user:bert", "user:bob"}}};
    parts.incidents.push_back(Value::Object{{"id", "INC-0001"}, {"plan", Value::Object{{"steps", Value::Array{step}}}}});
    const Value report = engine::reportValue(parts);
    QVERIFY(test::writtenReport(report, engine::ReportFormat::Text).find("verified by agent, approved by user:bert, user:bob") != std::string::npos);
    QVERIFY(test::writtenReport(report, engine::ReportFormat::Markdown).find("approved by user:bert, user:bob") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
