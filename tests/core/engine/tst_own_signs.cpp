#include "core/engine/own_signs.h"
#include "tests/core/engine/case_fixture.h"

using namespace cordon;
using namespace cordon::tests;
using namespace std::chrono_literals;

namespace {

EntityRef account(const std::string& id)
{
    return {EntityKind::Account, id, "", {}};
}
EntityRef key(const std::string& id, const char* type = "access_key")
{
    return {EntityKind::Credential, id, type, {}};
}

/// One alert: who, with what, and of which technique.
Alert alertBy(const EntityRef& actor, const EntityRef& via, const char* technique)
{
    Alert alert;
    alert.rule.id = "rule";
    alert.rule.techniques = {technique};
    alert.entities = {{actor, "actor", ""}, {via, "via", ""}};
    return alert;
}
Alert making(const EntityRef& actor, const EntityRef& via, const EntityRef& made, const EntityRef& whose)
{
    Alert alert = alertBy(actor, via, "T1098.001");
    alert.entities.push_back({made, "target", "created"});
    alert.entities.push_back({whose, "target", "granted"});
    return alert;
}

Incident incidentOf(const std::vector<EntityRef>& misused)
{
    Incident incident;
    for (const EntityRef& entity : misused) {
        IncidentMember member;
        member.entity = entity;
        member.isMisused = true;
        incident.members.push_back(member);
    }
    return incident;
}

constexpr const char* aliceKey = "AKIAEXAMPLEALICE0001";
constexpr const char* runnerKey = "AKIAEXAMPLERUNNER001";

/// The small attack, in which the intruder also gives alice rights; she, who was at work before, makes a key for a runner
/// from her own address 40 minutes later.
void writeAttackOnABystander(const std::filesystem::path& file)
{
    tenant::CloudtrailWriter log("111122223333", "eu-central-1", 42);
    const Timestamp attack = *Timestamp::parse("2026-11-21T11:58:02Z");
    const tenant::LogCaller alice{tenant::LogCaller::Kind::User, "alice", aliceKey, {}, {}, "192.0.2.77", "aws-cli/2.17.40"};
    const tenant::LogCaller builder{
        tenant::LogCaller::Kind::User, SmallAttack::user, SmallAttack::oldKey, {}, {}, "198.51.100.21", "aws-cli/2.17.40"};
    const auto makeKey = [&log](Timestamp at, const tenant::LogCaller& who, const std::string& forWhom, const char* id) {
        log.add(at, who, "iam:CreateAccessKey", Value::Object{{"userName", forWhom}},
                Value::Object{{"accessKey", Value::Object{{"userName", forWhom}, {"accessKeyId", id}, {"status", "Active"}, {"createDate", at.toString()}}}});
    };
    for (int i = 0; i < 24; ++i) {
        const Timestamp at = attack - std::chrono::hours(72) + std::chrono::hours(3) * i;
        log.add(at, alice, "iam:ListUsers");
        log.add(at + 1min, alice, "iam:GetUser", Value::Object{{"userName", "ci-runner"}});
        for (const char* call : {"sts:GetCallerIdentity", "ecr:GetAuthorizationToken", "ecs:DescribeServices"})
            log.add(at + std::chrono::seconds(call[0]), builder, call);
    }
    makeKey(attack - 71h, alice, "ci-runner", "AKIAEXAMPLERUNNER000"); // nothing new for her
    tenant::LogCaller intruder = builder;
    intruder.address = "203.0.113.44";
    intruder.userAgent = "Boto3/1.34.11";
    log.add(attack - 2min, intruder, "cloudtrail:StopLogging", Value::Object{{"name", log.arn("cloudtrail", "trail/org-trail", true)}});
    makeKey(attack, intruder, SmallAttack::user, SmallAttack::newKey);
    intruder.key = SmallAttack::newKey;
    log.add(attack + 5min, intruder, "iam:AttachUserPolicy", Value::Object{{"userName", "alice"}, {"policyArn", SmallAttack::policy}});
    log.add(attack + 6min, intruder, "secretsmanager:GetSecretValue",
            Value::Object{{"secretId", log.arn("secretsmanager", "secret:prod/orders-db-pL20vT", true)}});
    tenant::LogCaller travelling = alice; // from where she was before, she would not be tied to the intruder at all
    travelling.address = "192.0.2.78";
    makeKey(attack + 45min, travelling, "ci-runner", runnerKey);
    writeRecords(file, log);
}

} // namespace

/// What makes T1 fit for an identity is what the incident shows of that identity.
class TestOwnSigns : public QObject
{
    Q_OBJECT

private slots:
    void whatOthersDidSaysNothingOfOne()
    {
        const EntityRef intruder = account("svc"), stolen = key("AKIASTOLEN"), alice = account("alice"), hers = key("AKIAHERS");
        const std::vector<Alert> alerts{alertBy(intruder, stolen, "T1562.008"), alertBy(intruder, stolen, "T1098.003"),
                                        alertBy(alice, hers, "T1098.001")};
        Brief brief;
        brief.rarities.resize(1);
        brief.rarities[0].identity = intruder;
        brief.rarities[0].newActions = 3;
        const auto signs = engine::ownSignsOf(incidentOf({intruder, stolen, alice, hers}), brief, alerts);
        QCOMPARE(signs.at(intruder), (OwnSigns{2, true}));
        QCOMPARE(signs.at(stolen), (OwnSigns{2, true}));
        QCOMPARE(signs.at(alice), (OwnSigns{1, false}));
        QCOMPARE(signs.at(hers), (OwnSigns{1, false}));
    }

    void whatSomebodyMadeIsInTheirHandAsFarAsItIsTheirs()
    {
        const EntityRef svc = account("svc"), stolen = key("AKIASTOLEN"), own = key("AKIAOWN"), other = key("AKIAOTHER");
        const EntityRef session = key("arn:aws:sts::1:assumed-role/deploy/s", "session");
        Alert assume = alertBy(svc, stolen, "T1550.001");
        assume.entities.push_back({session, "target", "created"});
        std::vector<Alert> alerts{making(svc, stolen, own, svc), making(svc, stolen, other, account("dave")), assume,
                                  alertBy(svc, own, "T1555.006"), alertBy(account("dave"), other, "T1530"),
                                  alertBy(account("deploy"), session, "T1537")};
        auto signs = engine::ownSignsOf(incidentOf({svc, stolen, own, other, session}), {}, alerts);
        // With the stolen key: its own two, what was done with the key that it made for its own account, and in its session.
        // What dave does with the key that he was given says nothing of it.
        QCOMPARE(signs.at(stolen).techniques, 4);
        QCOMPARE(signs.at(own).techniques, 3);     // made by, made with, done with
        QCOMPARE(signs.at(other).techniques, 3);   // likewise
        QCOMPARE(signs.at(session).techniques, 3); // likewise
        // Indicators and other products say nothing; who is not misused has no entry.
        alerts = {alertBy(svc, stolen, "T1098"), alertBy(svc, stolen, "T1530")};
        alerts[0].rule.id = "indicator:feed/1";
        alerts[1].external = ExternalOrigin{};
        signs = engine::ownSignsOf(incidentOf({svc}), {}, alerts);
        QCOMPARE(signs.at(svc).techniques, 0);
        QVERIFY(!signs.contains(stolen));
    }

    void nobodyIsContainedForWhatTheIntruderDidToThem()
    {
        const CaseFixture fixture;
        writeAttackOnABystander(fixture.log());
        const auto held = fixture.run();
        const engine::IncidentFile* file = nullptr;
        for (const auto& [id, one] : held->files()) {
            if (one.incident.member(key(SmallAttack::newKey)))
                file = &one;
        }
        QVERIFY(file != nullptr);
        const IncidentMember* bystander = file->incident.member(key(aliceKey));
        QVERIFY(bystander != nullptr && bystander->isMisused); // tied by the rights that the intruder gave her
        COMPARE_STATE(CaseFixture::step(*held, "credential.deactivate", SmallAttack::newKey), StepState::Verified);
        for (const char* id : {aliceKey, runnerKey}) {
            const Step* step = CaseFixture::step(*held, "credential.deactivate", id);
            COMPARE_STATE(step, StepState::AwaitingApproval);
            QVERIFY(step->decision && step->decision->tier == Tier::T2);
        }
    }
};

QTEST_GUILESS_MAIN(TestOwnSigns)
#include "tst_own_signs.moc"
