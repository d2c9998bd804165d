// Other products' alerts in a case: beside a log of the same intruder, updated, alone, and as a source of their own.
#include "core/engine/case_report.h"
#include "tests/core/engine/case_fixture.h"

#include <fstream>

using namespace cordon;
using namespace cordon::tests;

namespace {

const EntityRef user{EntityKind::Account, SmallAttack::userArn, "", ""};
const EntityRef newKey{EntityKind::Credential, SmallAttack::newKey, "", ""};

/// A GuardDuty finding about the intruder's new key.
Value guardDuty(const char* updated, double severity, const char* action = "AWS_API_CALL",
                const char* key = SmallAttack::newKey)
{
    return Value::Object{
        {"schemaVersion", "2.0"},
        {"accountId", "111122223333"},
        {"region", "eu-central-1"},
        {"partition", "aws"},
        {"id", "f1"},
        {"arn", "arn:aws:guardduty:eu-central-1:111122223333:detector/d1/finding/f1"},
        {"type", "Discovery:IAMUser/AnomalousBehavior"},
        {"severity", severity},
        {"title", "svc-build looked around in an unusual way."},
        {"description", "Many list calls."},
        {"createdAt", "2026-11-21T12:20:00.000Z"},
        {"updatedAt", updated},
        {"resource", Value::Object{{"resourceType", "AccessKey"},
                                   {"accessKeyDetails", Value::Object{{"accessKeyId", key},
                                                                      {"userType", "IAMUser"},
                                                                      {"userName", SmallAttack::user}}}}},
        {"service",
         Value::Object{
             {"serviceName", "guardduty"},
             {"detectorId", "d1"},
             {"archived", false},
             {"eventFirstSeen", "2026-11-21T12:03:02.000Z"},
             {"eventLastSeen", "2026-11-21T12:03:30.000Z"},
             {"action", Value::Object{{"actionType", action},
                                      {"awsApiCallAction",
                                       Value::Object{{"remoteIpDetails",
                                                      Value::Object{{"ipAddressV4", "203.0.113.44"}}}}}}}}}};
}

void write(const std::filesystem::path& file, const std::vector<Value>& records)
{
    std::ofstream stream(file, std::ios::binary);
    for (const Value& record : records)
        stream << json::write(record) << '\n';
}

const Alert* external(const engine::Pipeline& held)
{
    for (const Alert& alert : held.incidents().alerts()) {
        if (alert.external)
            return &alert;
    }
    return nullptr;
}

engine::EngineOptions with(const CaseFixture& fixture, const std::vector<Value>& findings, bool hasLog = true)
{
    engine::EngineOptions options = fixture.options();
    write(fixture.path("findings.json"), findings);
    options.logs = {fixture.path("findings.json")};
    if (hasLog)
        options.logs.push_back(fixture.log());
    return options;
}

} // namespace

class TestFindings : public QObject
{
    Q_OBJECT

private slots:
    void aFindingJoinsTheAlertsOfTheSameIntruder()
    {
        CaseFixture fixture;
        const auto held = fixture.run(with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 5)}));
        QCOMPARE(held->files().size(), std::size_t(1));
        const engine::IncidentFile& file = held->files().begin()->second;
        const Alert* alert = external(*held);
        QVERIFY(alert);
        QVERIFY(std::find(file.incident.alerts.begin(), file.incident.alerts.end(), alert->id) !=
                file.incident.alerts.end());
        QCOMPARE(file.incident.products, std::vector<std::string>{"Amazon GuardDuty"});
        QCOMPARE(alert->external->id, std::string("arn:aws:guardduty:eu-central-1:111122223333:detector/d1/finding/f1"));
        QVERIFY(alert->external->isSourceRead);
        QVERIFY(!alert->external->isIndependent());
        const bool isTold = std::any_of(file.brief.story.begin(), file.brief.story.end(),
                                        [](const Finding& one) { return one.text.code == "story.product_reported"; });
        QVERIFY(isTold);

        const Value report = *held->report();
        bool isReported = false;
        for (const Value& item : report["alerts"].asArray())
            isReported = isReported || item["external"]["product"].asString() == "guardduty";
        QVERIFY(isReported);
    }

    /// The log was read, so the finding is that log once more: with or without it the same is verified, for the same
    /// reasons, and its technique does not count as another.
    void aFindingFromALogThatWasReadVerifiesNothing()
    {
        CaseFixture plain;
        const auto without = plain.run();
        CaseFixture fixture;
        const auto held = fixture.run(with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 8)}));
        const Incident& before = without->files().begin()->second.incident;
        const Incident& after = held->files().begin()->second.incident;
        for (const IncidentMember& member : after.members) {
            const IncidentMember* known = before.member(member.entity);
            QVERIFY2(known || !member.isVerified, member.entity.key().c_str());
            QVERIFY2(!known || known->isVerified == member.isVerified, member.entity.key().c_str());
            for (const Text& why : member.why)
                QVERIFY(why.code != "scope.finding_agrees");
        }
        QCOMPARE(after.ownTechniques, before.ownTechniques);
    }

    void aLogInACommonShapeMayBeTheSource()
    {
        CaseFixture fixture;
        engine::EngineOptions options = with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 8, "NETWORK_CONNECTION")});
        write(fixture.path("ecs.json"),
              {Value::Object{{"@timestamp", "2026-11-21T12:00:00Z"},
                             {"ecs", Value::Object{{"version", "8.0"}}},
                             {"event", Value::Object{{"action", "flow"}, {"kind", "event"}}}}});
        options.logs.push_back(fixture.path("ecs.json"));
        const auto held = fixture.run(options);
        QVERIFY(external(*held));
        QVERIFY(held->incidents().independentFindings(held->files().begin()->second).empty());
    }

    void aFindingOnItsOwnVerifiesNothingEither()
    {
        CaseFixture fixture;
        const auto held = fixture.run(with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 8)}, false));
        QCOMPARE(held->files().size(), std::size_t(1));
        const Incident& incident = held->files().begin()->second.incident;
        QVERIFY(incident.member(newKey));
        QVERIFY(incident.member(newKey)->isMisused);
        QCOMPARE(incident.ownTechniques, 0);
        for (const IncidentMember& member : incident.members)
            QVERIFY(!member.isVerified);
    }

    /// A network sensor's finding beside an audit log is two products that watched two things.
    void aFindingFromAnotherSourceIsASecondOne()
    {
        CaseFixture fixture;
        const auto held =
            fixture.run(with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 8, "NETWORK_CONNECTION")}));
        const Alert* alert = external(*held);
        QVERIFY(alert && alert->external->isIndependent());
        const auto findings = held->incidents().independentFindings(held->files().begin()->second);
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].product, std::string("Amazon GuardDuty"));
        QVERIFY(std::find(findings[0].doers.begin(), findings[0].doers.end(), newKey) != findings[0].doers.end());
    }

    void anUpdateReplacesWhateverTheOrderAndDuplicatesCountOnce()
    {
        const Value first = guardDuty("2026-11-21T12:21:00.000Z", 2.5);
        const Value second = guardDuty("2026-11-21T12:41:00.000Z", 8.5);
        for (const std::vector<Value>& order :
             {std::vector<Value>{first, second, first}, std::vector<Value>{second, first, second}}) {
            CaseFixture fixture;
            const auto held = fixture.run(with(fixture, order));
            const Alert* alert = external(*held);
            QVERIFY(alert && alert->rule.level == Severity::High);
            QCOMPARE(alert->external->severity, std::string("8.5"));
            QCOMPARE(alert->external->history.size(), std::size_t(2));
            QCOMPARE(alert->external->history.front().severity, std::string("2.5"));
            QCOMPARE(std::count_if(held->incidents().alerts().begin(), held->incidents().alerts().end(),
                                   [](const Alert& one) { return one.external.has_value(); }),
                     std::ptrdiff_t(1));
            QCOMPARE((*held->report())["events"].asInt(), std::int64_t(SmallAttack::events + 2));
        }
    }

    void aFindingSurvivesReopeningTheCase()
    {
        CaseFixture fixture;
        fixture.run(with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 5)})).reset();
        engine::EngineOptions again = fixture.options();
        again.logs.clear();
        const auto held = fixture.run(again);
        const Alert* alert = external(*held);
        QVERIFY(alert);
        QVERIFY(alert->external->isSourceRead);
        QCOMPARE(held->files().begin()->second.incident.products, std::vector<std::string>{"Amazon GuardDuty"});
    }

    /// A finding names things; that is no sign that they are there, or that they did anything.
    void aFindingInventsNoThingsAndNoActs()
    {
        CaseFixture fixture;
        const auto held = fixture.run(
            with(fixture, {guardDuty("2026-11-21T12:31:00.000Z", 5, "AWS_API_CALL", "AKIAEXAMPLEINVENTED1")}));
        const EntityRef invented{EntityKind::Credential, "AKIAEXAMPLEINVENTED1", "", ""};
        for (const auto& [id, file] : held->files()) {
            if (const IncidentMember* member = file.incident.member(invented))
                QVERIFY(!member->isVerified);
        }
        // The exercise's tenant is derived from the log: it must not have learned of the key.
        int asked = 0;
        for (const LedgerEntry& entry : fixture.ledger("scope.asked")) {
            for (const Value& one : entry.data["asked"].asArray()) {
                if (one["entity"].asString().find(invented.id) == std::string::npos)
                    continue;
                ++asked;
                QVERIFY(!one["exists"].asBool());
            }
        }
        QVERIFY(asked > 0);
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_findings.moc"
