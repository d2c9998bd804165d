#include "core/tenant/tenant_from_log.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::tenant;
using namespace std::chrono_literals;

class TestTenantFromLog : public QObject
{
    Q_OBJECT

private slots:
    void whatTheLogNamesBecomesTheTenant();
    void aKeyHasItsMakerItsOwnerAndItsLastUse();
    void whatTheLogDeletesDoesNotExist();
    void aNameUsedAgainIsANewThing();
    void attachedPoliciesAreHeldUntilTheyAreDetached();
    void membershipsBecomeGrants();
    void aKeySetInactiveIsInactive();
    void sessionsKnowTheirRoleTheirEndAndTheKeyBehindThem();
    void failedCallsMakeNothing();
    void usesBecomeDependentsButOwnersDoNot();
    void anInstanceBehindARoleSessionDependsOnTheRole();
    void laterEventsAreAddedAndTheAgentsChangesStay();
    void theSameLogAgainTouchesNothing();
    void aChangedTrustPolicyCanGoBack();
    void namesItselfAfterTheTenantThatMostEventsName();
    void hostileIdsAreBounded();
};

namespace {

class MovingClock : public Clock
{
public:
    Timestamp time = *Timestamp::parse("2026-11-22T00:00:00Z");
    [[nodiscard]] Timestamp now() const override { return time; }
};

const EntityRef ana{EntityKind::Account, "arn:user/ana", "human", "ana"};
const EntityRef bob{EntityKind::Account, "arn:user/bob", "human", "bob"};
const EntityRef anaKey{EntityKind::Credential, "AKIA-ANA", "access_key", "AKIA-ANA"};
const EntityRef newKey{EntityKind::Credential, "AKIA-NEW", "access_key", "AKIA-NEW"};
const EntityRef role{EntityKind::Role, "arn:role/r", "", "r"};
const EntityRef policy{EntityKind::Policy, "arn:policy/p", "", "p"};
const Timestamp noon = *Timestamp::parse("2026-11-21T12:00:00Z");

Event anEvent(const char* action, Timestamp time, std::vector<EventTarget> targets = {})
{
    Event event;
    event.time = time;
    event.tenant = "111122223333";
    event.action = action;
    event.actor = ana;
    event.via = anaKey;
    event.targets = std::move(targets);
    event.region = "eu-central-1";
    event.address = "198.51.100.7";
    event.outcome = EventOutcome::Success;
    return event;
}

class Fixture
{
public:
    QTemporaryDir folder;
    MovingClock clock;
    TenantFromLog log;

    Tenant tenant()
    {
        auto made = Tenant::create(folder.filePath("t.db").toStdString(), log.description(), clock);
        if (!made || !log.flush(*made))
            qFatal("cannot make the tenant");
        return std::move(*made);
    }
};

Value stateOf(Tenant& tenant, const EntityRef& entity, const char* attribute)
{
    return tenant.state(entity, attribute)->value;
}

} // namespace

void TestTenantFromLog::whatTheLogNamesBecomesTheTenant()
{
    Fixture fixture;
    fixture.log.add(anEvent("s3:GetBucketAcl", noon, {{{EntityKind::Resource, "arn:bucket", "", "b"}, "read"}}));
    Tenant tenant = fixture.tenant();
    for (const EntityRef& known : {ana, anaKey, EntityRef{EntityKind::Resource, "arn:bucket", {}, {}}}) {
        const TargetFacts facts = *tenant.facts(known);
        QVERIFY2(facts.exists, known.id.c_str());
        QVERIFY(facts.isSimulated);
        QCOMPARE(*facts.environment, std::string("exercise"));
        QVERIFY(facts.criticality == Criticality::Normal);
        QVERIFY(facts.tags && facts.tags->empty());
    }
    QCOMPARE(tenant.facts(ana)->target.type, std::string("human"));
    QVERIFY(!tenant.facts(bob)->exists);
}

void TestTenantFromLog::aKeyHasItsMakerItsOwnerAndItsLastUse()
{
    Fixture fixture;
    fixture.log.add(anEvent("iam:CreateAccessKey", noon, {{newKey, "created"}, {bob, "granted"}}));
    Event use = anEvent("secretsmanager:GetSecretValue", noon + 5min);
    use.actor = bob;
    use.via = newKey;
    fixture.log.add(use);
    Tenant tenant = fixture.tenant();
    const TargetFacts facts = *tenant.facts(newKey);
    QVERIFY(facts.createdAt == noon);
    QVERIFY(facts.createdBy == ana);
    QCOMPARE(*facts.owner, bob.id);
    QVERIFY(facts.lastUsedAt == noon + 5min);
    QCOMPARE(facts.lastUsedService, std::string("secretsmanager"));
    QCOMPARE(facts.lastUsedRegion, std::string("eu-central-1"));
    QCOMPARE(facts.state.at("status").asString(), std::string("active"));
    QCOMPARE(tenant.facts(bob)->state.at("keys").asArray().size(), std::size_t{1});
}

void TestTenantFromLog::whatTheLogDeletesDoesNotExist()
{
    Fixture fixture;
    fixture.log.add(anEvent("iam:CreateAccessKey", noon, {{newKey, "created"}, {bob, "granted"}}));
    fixture.log.add(anEvent("iam:DeleteAccessKey", noon + 1h, {{newKey, "deleted"}, {bob, "updated"}}));
    Tenant tenant = fixture.tenant();
    QVERIFY(!tenant.facts(newKey)->exists);
    QVERIFY(tenant.facts(bob)->exists);
    QVERIFY(tenant.facts(bob)->state.at("keys").asArray().empty());
}

void TestTenantFromLog::aNameUsedAgainIsANewThing()
{
    Fixture fixture;
    fixture.log.add(anEvent("iam:AttachUserPolicy", noon, {{policy, "attached"}, {bob, "granted"}}));
    fixture.log.add(anEvent("iam:DeleteUser", noon + 1h, {{bob, "deleted"}}));
    fixture.log.add(anEvent("iam:CreateUser", noon + 2h, {{bob, "created"}}));
    Tenant tenant = fixture.tenant();
    QVERIFY(tenant.facts(bob)->exists);
    QVERIFY(tenant.facts(bob)->createdAt == noon + 2h);
    QVERIFY(stateOf(tenant, bob, "policies").asArray().empty());
}

void TestTenantFromLog::attachedPoliciesAreHeldUntilTheyAreDetached()
{
    Fixture fixture;
    const EntityRef inlined{EntityKind::Policy, "arn:user/bob/policy/x", "", "x"};
    fixture.log.add(anEvent("iam:AttachUserPolicy", noon, {{policy, "attached"}, {bob, "granted"}}));
    fixture.log.add(anEvent("iam:PutUserPolicy", noon, {{inlined, "attached"}, {bob, "granted"}}));
    fixture.log.add(anEvent("iam:DeleteUserPolicy", noon + 1h, {{inlined, "deleted"}, {bob, "updated"}}));
    Tenant tenant = fixture.tenant();
    const Value held = stateOf(tenant, bob, "policies");
    QCOMPARE(held.asArray().size(), std::size_t{1});
    QCOMPARE(held.asArray().at(0).asString(), policy.id);
    fixture.log.add(anEvent("iam:DetachUserPolicy", noon + 2h, {{policy, "detached"}, {bob, "updated"}}));
    QVERIFY(fixture.log.flush(tenant));
    QVERIFY(stateOf(tenant, bob, "policies").asArray().empty());
    QVERIFY(tenant.facts(policy)->exists);
}

void TestTenantFromLog::membershipsBecomeGrants()
{
    Fixture fixture;
    const EntityRef group{EntityKind::Group, "arn:group/admins", "", "admins"};
    fixture.log.add(anEvent("iam:AddUserToGroup", noon, {{bob, "granted"}, {group, "attached"}}));
    Tenant tenant = fixture.tenant();
    QCOMPARE(stateOf(tenant, bob, "grants").asArray().at(0).asString(), group.id);
    QVERIFY(stateOf(tenant, bob, "policies").asArray().empty());
}

void TestTenantFromLog::aKeySetInactiveIsInactive()
{
    Fixture fixture;
    fixture.log.add(anEvent("s3:ListBuckets", noon));
    fixture.log.add(anEvent("iam:UpdateAccessKey", noon + 1h, {{newKey, "deactivated"}, {bob, "updated"}}));
    Tenant tenant = fixture.tenant();
    QCOMPARE(stateOf(tenant, newKey, "status").asString(), std::string("inactive"));
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("active"));
}

void TestTenantFromLog::sessionsKnowTheirRoleTheirEndAndTheKeyBehindThem()
{
    Fixture fixture;
    const EntityRef session{EntityKind::Credential, "ASIA1", "session", "ASIA1"};
    Event use = anEvent("ec2:DescribeInstances", noon); // in the same second as the call that opened it
    use.actor = role;
    use.via = session;
    fixture.log.add(use);
    fixture.log.add(anEvent("sts:AssumeRole", noon, {{role, "assumed"}, {session, "created"}}));
    fixture.clock.time = noon + 30min;
    Tenant tenant = fixture.tenant();
    const TargetFacts facts = *tenant.facts(session);
    QCOMPARE(facts.state.at("expires").asString(), (noon + 1h).toString());
    QVERIFY(facts.createdBy == ana);
    QCOMPARE(*facts.owner, role.id);
    QCOMPARE(tenant.linked(role, Tenant::Link::SessionsOf)->size(), std::size_t{1});
    QCOMPARE(tenant.linked(anaKey, Tenant::Link::MadeWith)->size(), std::size_t{1});
}

void TestTenantFromLog::failedCallsMakeNothing()
{
    Fixture fixture;
    Event denied = anEvent("iam:CreateAccessKey", noon, {{newKey, "created"}, {bob, "granted"}});
    denied.outcome = EventOutcome::Failure;
    denied.error = "AccessDenied";
    fixture.log.add(denied);
    Event missing = anEvent("iam:GetRole", noon, {{role, "read"}});
    missing.outcome = EventOutcome::Failure;
    missing.error = "NoSuchEntityException";
    fixture.log.add(missing);
    Tenant tenant = fixture.tenant();
    QVERIFY(!tenant.facts(newKey)->exists);
    QVERIFY(!tenant.facts(role)->exists);
    QVERIFY(tenant.facts(bob)->exists); // named, and refused for another reason than being missing
    QVERIFY(tenant.facts(anaKey)->lastUsedAt == noon);
}

void TestTenantFromLog::usesBecomeDependentsButOwnersDoNot()
{
    Fixture fixture;
    const EntityRef secret{EntityKind::Secret, "arn:secret/s", "", "s"};
    fixture.log.add(anEvent("secretsmanager:GetSecretValue", noon, {{secret, "read"}}));
    Event later = anEvent("secretsmanager:GetSecretValue", noon + 2h, {{secret, "read"}});
    later.actor = bob;
    fixture.log.add(later);
    Tenant tenant = fixture.tenant();
    QVERIFY(tenant.facts(secret)->dependents->empty());
    QVERIFY(tenant.setIncidentStart(secret, noon + 1h));
    QVERIFY(tenant.setIncidentStart(anaKey, noon + 1h));
    QCOMPARE(tenant.facts(secret)->dependents->size(), std::size_t{1});
    QVERIFY(tenant.facts(secret)->dependents->at(0) == ana);
    QVERIFY(tenant.facts(anaKey)->dependents->empty());
}

void TestTenantFromLog::anInstanceBehindARoleSessionDependsOnTheRole()
{
    Fixture fixture;
    Event event = anEvent("s3:ListBuckets", noon);
    event.actor = role;
    event.via = EntityRef{EntityKind::Credential, "ASIA1", "session", "ASIA1"};
    event.targets = {{{EntityKind::Credential, "arn:sts/r/i-0c41d2e9f0a1b2c3d", "session", ""}, "used"}};
    fixture.log.add(event);
    Tenant tenant = fixture.tenant();
    QVERIFY(tenant.setIncidentStart(role, noon + 1h));
    const auto dependents = *tenant.facts(role)->dependents;
    QCOMPARE(dependents.size(), std::size_t{1});
    QCOMPARE(dependents[0].id, std::string("i-0c41d2e9f0a1b2c3d"));
    QVERIFY(dependents[0].kind == EntityKind::Workload);
}

void TestTenantFromLog::laterEventsAreAddedAndTheAgentsChangesStay()
{
    Fixture fixture;
    fixture.log.add(anEvent("s3:ListBuckets", noon));
    Tenant tenant = fixture.tenant();
    QVERIFY(tenant.setState(anaKey, "status", "inactive", "cordon:1"));
    fixture.log.add(anEvent("ec2:DescribeInstances", noon + 1h));
    QVERIFY(fixture.log.flush(tenant));
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("inactive"));
    QVERIFY(tenant.facts(anaKey)->lastUsedAt == noon + 1h);
    fixture.log.add(anEvent("iam:UpdateAccessKey", noon + 2h, {{anaKey, "activated"}, {ana, "updated"}}));
    QVERIFY(fixture.log.flush(tenant));
    QCOMPARE(tenant.state(anaKey, "status")->hand, std::string("log"));
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("active"));
}

void TestTenantFromLog::theSameLogAgainTouchesNothing()
{
    Fixture fixture;
    const EntityRef secret{EntityKind::Secret, "arn:secret/s", "", "s"};
    const auto fill = [&secret](TenantFromLog& log) {
        log.add(anEvent("secretsmanager:GetSecretValue", noon, {{secret, "read"}}));
        // Off, on and off again in one second: the same value twice.
        log.add(anEvent("iam:UpdateAccessKey", noon, {{anaKey, "deactivated"}, {ana, "updated"}}));
        log.add(anEvent("iam:UpdateAccessKey", noon, {{anaKey, "activated"}, {ana, "updated"}}));
        log.add(anEvent("iam:UpdateAccessKey", noon, {{anaKey, "deactivated"}, {ana, "updated"}}));
        log.add(anEvent("iam:UpdateAccessKey", noon + 1h, {{anaKey, "activated"}, {ana, "updated"}}));
    };
    fill(fixture.log);
    Tenant tenant = fixture.tenant();
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("active"));
    QVERIFY(tenant.setState(anaKey, "status", "inactive", "cordon:1"));

    TenantFromLog again;
    fill(again);
    QVERIFY(again.flush(tenant));
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("inactive"));
    QCOMPARE(tenant.state(anaKey, "status")->hand, std::string("cordon:1"));
    auto times = tenant.database().prepare("SELECT times FROM dependent");
    QVERIFY(*times->step());
    QCOMPARE(times->integer(0), std::int64_t{1});

    again.add(anEvent("iam:UpdateAccessKey", noon + 2h, {{anaKey, "activated"}, {ana, "updated"}}));
    QVERIFY(again.flush(tenant));
    QCOMPARE(stateOf(tenant, anaKey, "status").asString(), std::string("active"));
}

void TestTenantFromLog::aChangedTrustPolicyCanGoBack()
{
    Fixture fixture;
    fixture.log.add(anEvent("iam:UpdateAssumeRolePolicy", noon, {{role, "updated"}}));
    Tenant tenant = fixture.tenant();
    QVERIFY(stateOf(tenant, role, "trust").asString().find("as changed at 2026-11-21") == 0);
    QCOMPARE(tenant.state(role, "trust", 1)->value.asString(), std::string("as before the log began"));
}

void TestTenantFromLog::namesItselfAfterTheTenantThatMostEventsName()
{
    TenantFromLog log;
    QCOMPARE(log.description()["name"].asString(), std::string("from-log"));
    log.add(anEvent("s3:ListBuckets", noon));
    log.add(anEvent("s3:ListBuckets", noon));
    Event other = anEvent("s3:ListBuckets", noon);
    other.tenant = "444455556666";
    log.add(other);
    QCOMPARE(log.description()["name"].asString(), std::string("111122223333"));
}

void TestTenantFromLog::hostileIdsAreBounded()
{
    Fixture fixture;
    Event event = anEvent("s3:GetObject", noon);
    event.targets = {{{EntityKind::Resource, std::string(TenantFromLog::longestId + 1, 'x'), "", ""}, "read"},
                     {{EntityKind::Resource, "'); DROP TABLE entity; --", "", ""}, "read"}};
    fixture.log.add(event);
    Tenant tenant = fixture.tenant();
    QCOMPARE(fixture.log.thingCount(), std::size_t{3});
    QVERIFY(tenant.facts({EntityKind::Resource, "'); DROP TABLE entity; --", {}, {}})->exists);
}

QTEST_GUILESS_MAIN(TestTenantFromLog)
#include "tst_tenant_from_log.moc"
