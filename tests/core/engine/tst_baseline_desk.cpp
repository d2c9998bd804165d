#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;

namespace {

/// Ten days of one service that reads a bucket twice an hour, and one hour in which its key is used elsewhere.
void writeLog(const std::filesystem::path& file, bool hasPast, bool hasTheft)
{
    using std::chrono::hours;
    using std::chrono::minutes;
    tenant::CloudtrailWriter log("111122223333", "eu-central-1", 42);
    const Timestamp theft = *Timestamp::parse("2026-11-21T11:00:00Z");
    tenant::LogCaller caller{tenant::LogCaller::Kind::User, "svc-report", "AKIAEXAMPLEREPORT001", {}, {}, "198.51.100.21",
                             "aws-sdk-java/2.20"};
    for (int at = 0; hasPast && at < 480; ++at)
        log.add(theft - hours(240) + minutes(30) * at, caller, at % 2 == 0 ? "s3:ListBuckets" : "s3:GetBucketLocation");
    if (hasTheft) {
        caller.address = "203.0.113.44";
        caller.userAgent = "curl/8.5.0";
        log.add(theft, caller, "sts:GetCallerIdentity");
        log.add(theft + minutes(2), caller, "s3:ListBuckets");
    }
    writeRecords(file, log);
}

/// Alerts of the report that were measured against a past.
std::vector<Value> measuredAlerts(engine::Pipeline& pipeline)
{
    std::vector<Value> measured;
    const auto report = pipeline.report();
    if (!report)
        return measured;
    for (const Value& alert : (*report)["alerts"].asArray()) {
        if (!alert["measured"].asArray().empty())
            measured.push_back(alert);
    }
    return measured;
}

} // namespace

class TestBaselineDesk : public QObject
{
    Q_OBJECT

private slots:
    void aStolenKeyUsedElsewhereIsMeasuredAgainstItsOwnPast()
    {
        CaseFixture fixture;
        writeLog(fixture.log(), true, true);
        const auto held = fixture.run();
        const auto alerts = measuredAlerts(*held);
        QVERIFY(!alerts.empty());
        for (const Value& alert : alerts) {
            QCOMPARE(alert["events"].asArray().size(), std::size_t{1});
            QVERIFY(alert["rarity"].asDouble() > 0 && alert["rarity"].asDouble() < 0.01);
            QCOMPARE(alert["measured"].asArray().front()["args"]["events"].asString(), std::string("480"));
        }
        const bool isNetwork = std::any_of(alerts.begin(), alerts.end(), [](const Value& alert) {
            return alert["title"].asString() == "Identity used from a new network with a new client";
        });
        QVERIFY(isNetwork);
    }

    void theSameCallsWithoutAPastAreNotUnusual()
    {
        CaseFixture fixture;
        writeLog(fixture.log(), false, true);
        QVERIFY(measuredAlerts(*fixture.run()).empty());
    }

    void aBaselineCaseIsThePast()
    {
        CaseFixture past;
        writeLog(past.log(), true, false);
        QVERIFY(measuredAlerts(*past.run()).empty());
        CaseFixture fixture;
        writeLog(fixture.log(), false, true);
        engine::EngineOptions options = fixture.options();
        options.baselines = {past.folder()};
        QVERIFY(!measuredAlerts(*fixture.run(options)).empty());
    }

    void measuresSurviveTheCasesClosing()
    {
        CaseFixture fixture;
        writeLog(fixture.log(), true, true);
        Value before;
        {
            const auto held = fixture.run();
            before = measuredAlerts(*held).front()["measured"];
        }
        engine::EngineOptions again = fixture.options();
        again.logs.clear();
        const auto held = fixture.run(again);
        const auto alerts = measuredAlerts(*held);
        QVERIFY(!alerts.empty());
        QCOMPARE(json::write(alerts.front()["measured"]), json::write(before));
    }
};

QTEST_GUILESS_MAIN(TestBaselineDesk)
#include "tst_baseline_desk.moc"
