#include "core/tenant/tenant.h"

#include "core/value/yaml.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace cordon;
using namespace cordon::tenant;
using namespace std::chrono_literals;

class TestTenant : public QObject
{
    Q_OBJECT

private slots:
    void answersEverythingThatTheDescriptionSays();
    void aThingNobodyNamedDoesNotExistButAnAddressDoes();
    void whatIsMadeLaterIsNotThereYet();
    void aDeactivatedKeyStopsWorkingOnceThatHasPropagated();
    void aRevocationByIssueTimeStopsOldSessionsAndNoKey();
    void aSuspendedOwnerAndABlockedAddressStopUses();
    void usesBeforeTheIncidentCountOnceItsStartIsTold();
    void somebodyElsesChangesAreWrittenDown();
    void aBrokenDescriptionIsRefusedWithItsLine_data();
    void aBrokenDescriptionIsRefusedWithItsLine();
    void aTenantIsMadeOnceAndOpenedAgain();
    void whatACrashLeftUnfinishedIsMadeAfresh();
};

namespace {

class MovingClock : public Clock
{
public:
    Timestamp time = *Timestamp::parse("2026-11-21T12:00:00Z");
    [[nodiscard]] Timestamp now() const override { return time; }
};

const EntityRef service{EntityKind::Account, "arn:user/svc", {}, {}};
const EntityRef key{EntityKind::Credential, "AKIA1", "access_key", {}};
const EntityRef session{EntityKind::Credential, "ASIA1", "session", {}};
const EntityRef role{EntityKind::Role, "arn:role/r", {}, {}};
const EntityRef pipeline{EntityKind::Workload, "p1", {}, {}};

const char* const description =
    "tenant: cordon/v1\n"
    "name: '111122223333'\n"
    "environment: exercise\n"
    "propagation: 2s\n"
    "entities:\n"
    "  - {kind: account, id: 'arn:user/svc', type: service, name: svc, criticality: high, tags: [ci], state: "
    "{policies: [p]}}\n"
    "  - {kind: credential, id: AKIA1, type: access_key, owner: {kind: account, id: 'arn:user/svc'}, tags: [],\n"
    "     created_at: '2026-04-23T00:00:00Z', created_by: {kind: account, id: 'arn:user/svc'},\n"
    "     last_used: {at: '2026-11-21T11:00:00Z', service: s3, region: eu-central-1, address: 198.51.100.21}}\n"
    "  - {kind: role, id: 'arn:role/r', name: r}\n"
    "  - {kind: credential, id: ASIA1, type: session, parent: {kind: role, id: 'arn:role/r'},\n"
    "     made_with: {kind: credential, id: AKIA1}, created_at: '2026-11-21T11:30:00Z', expires_at: "
    "'2026-11-21T12:30:00Z'}\n"
    "  - {kind: workload, id: p1, type: container, name: pipeline/one}\n"
    "dependents:\n"
    "  - {of: {kind: credential, id: AKIA1}, by: {kind: workload, id: p1}}\n";

Tenant make(const QTemporaryDir& folder, const Clock& clock, const char* text = description)
{
    const auto value = yaml::parse(text);
    if (!value)
        qFatal("%s", value.error().detail.c_str());
    auto made = Tenant::create(folder.filePath("tenant.db").toStdString(), *value, clock);
    if (!made)
        qFatal("%s", made.error().detail.c_str());
    return std::move(*made);
}

} // namespace

void TestTenant::answersEverythingThatTheDescriptionSays()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    QCOMPARE(tenant.name(), std::string("111122223333"));
    QVERIFY(tenant.propagation() == 2s);
    const TargetFacts facts = *tenant.facts(key);
    QVERIFY(facts.exists && facts.isSimulated);
    QVERIFY(facts.asked == clock.time);
    QCOMPARE(*facts.environment, std::string("exercise"));
    QVERIFY(facts.criticality == Criticality::Normal);
    QCOMPARE(*facts.owner, std::string("arn:user/svc"));
    QVERIFY(facts.tags->empty());
    QCOMPARE(facts.ownerTags->at(0), std::string("ci"));
    QCOMPARE(facts.dependents->size(), std::size_t{1});
    QCOMPARE(facts.dependents->at(0).name, std::string("pipeline/one"));
    QCOMPARE(facts.state.at("status").asString(), std::string("active"));
    QVERIFY(facts.state.at("siblings").asArray().empty());
    QCOMPARE(facts.createdAt->toString(), std::string("2026-04-23T00:00:00.000000Z"));
    QCOMPARE(facts.createdBy->id, std::string("arn:user/svc"));
    QCOMPARE(facts.lastUsedService, std::string("s3"));
    QCOMPARE(facts.lastUsedRegion, std::string("eu-central-1"));
    QCOMPARE(facts.lastUsedAt->toString(), std::string("2026-11-21T11:00:00.000000Z"));
    QCOMPARE(*tenant.facts(session)->owner, role.id); // a role's session belongs to the role
    const TargetFacts owner = *tenant.facts(service);
    QVERIFY(owner.criticality == Criticality::High);
    QCOMPARE(owner.state.at("keys").asArray().size(), std::size_t{1});
    QCOMPARE(owner.state.at("policies").asArray().at(0).asString(), std::string("p"));
}

void TestTenant::aThingNobodyNamedDoesNotExistButAnAddressDoes()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    const TargetFacts nothing = *tenant.facts({EntityKind::Account, "arn:user/nobody", {}, {}});
    QVERIFY(!nothing.exists);
    QVERIFY(nothing.tags && nothing.tags->empty());
    const TargetFacts address = *tenant.facts({EntityKind::Address, "203.0.113.44", {}, {}});
    QVERIFY(address.exists);
    QCOMPARE(address.state.at("blocked").asBool(true), false);
}

void TestTenant::whatIsMadeLaterIsNotThereYet()
{
    const QTemporaryDir folder;
    MovingClock clock;
    clock.time = *Timestamp::parse("2026-11-21T11:29:59Z");
    Tenant tenant = make(folder, clock);
    QVERIFY(!tenant.facts(session)->exists);
    clock.time = clock.time + 1s;
    QVERIFY(tenant.facts(session)->exists);
}

void TestTenant::aDeactivatedKeyStopsWorkingOnceThatHasPropagated()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    QVERIFY(tenant.use(key, "s3:ListBuckets", "eu-central-1", "198.51.100.21"));
    QVERIFY(tenant.facts(key)->lastUsedAt == clock.time);
    QVERIFY(tenant.setState(key, "status", "inactive", "test"));
    QCOMPARE(tenant.facts(key)->state.at("status").asString(), std::string("inactive"));
    clock.time = clock.time + 1999ms;
    QVERIFY(tenant.use(key, "s3:ListBuckets", "eu-central-1", "198.51.100.21"));
    clock.time = clock.time + 1ms;
    QVERIFY(tenant.use(key, "s3:ListBuckets", "eu-central-1", "198.51.100.21").error().code == ErrorCode::Denied);
}

void TestTenant::aRevocationByIssueTimeStopsOldSessionsAndNoKey()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    QVERIFY(tenant.use(session, "s3:ListBuckets", "", "198.51.100.21"));
    QVERIFY(tenant.setState(role, "sessions_not_before", clock.time.toString(), "test"));
    QVERIFY(tenant.setState(service, "sessions_not_before", clock.time.toString(), "test"));
    clock.time = clock.time + 2s;
    QVERIFY(tenant.use(session, "s3:ListBuckets", "", "198.51.100.21").error().code == ErrorCode::Denied);
    QVERIFY(tenant.use(key, "s3:ListBuckets", "", "198.51.100.21"));
}

void TestTenant::aSuspendedOwnerAndABlockedAddressStopUses()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    QVERIFY(tenant.setState({EntityKind::Address, "203.0.113.44", {}, {}}, "blocked", true, "test"));
    clock.time = clock.time + 2s;
    QVERIFY(!tenant.use(key, "s3:ListBuckets", "", "203.0.113.44"));
    QVERIFY(tenant.use(key, "s3:ListBuckets", "", "198.51.100.21"));
    QVERIFY(tenant.setState(service, "status", "suspended", "test"));
    clock.time = clock.time + 2s;
    QVERIFY(!tenant.use(key, "s3:ListBuckets", "", "198.51.100.21"));
    clock.time = clock.time + 1h;
    QVERIFY(tenant.use(session, "s3:ListBuckets", "", "198.51.100.21").error().detail.find("Expired") !=
            std::string::npos);
}

void TestTenant::usesBeforeTheIncidentCountOnceItsStartIsTold()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    const EntityRef early{EntityKind::Account, "arn:user/early", {}, {}};
    const EntityRef late{EntityKind::Account, "arn:user/late", {}, {}};
    const Timestamp start = *Timestamp::parse("2026-11-21T11:00:00Z");
    QVERIFY(tenant.addSeenUse(role, early, 3, start - 1s, start + 1h));
    QVERIFY(tenant.addSeenUse(role, late, 3, start, start + 1h));
    QVERIFY(tenant.facts(role)->dependents->empty());
    QVERIFY(tenant.setIncidentStart(role, start));
    const auto dependents = *tenant.facts(role)->dependents;
    QCOMPARE(dependents.size(), std::size_t{1});
    QVERIFY(dependents[0] == early);
}

void TestTenant::somebodyElsesChangesAreWrittenDown()
{
    const QTemporaryDir folder;
    MovingClock clock;
    Tenant tenant = make(folder, clock);
    QVERIFY(tenant.changeByOtherHand(key, "status", "inactive", "dev-a"));
    QCOMPARE(tenant.state(key, "status")->hand, std::string("dev-a"));
    QVERIFY(tenant.removeByOtherHand(key, "dev-a"));
    QVERIFY(!tenant.facts(key)->exists);
    QVERIFY(tenant.removeByOtherHand(key, "dev-a").error().code == ErrorCode::NotFound);
    auto rows = tenant.database().prepare("SELECT count(*) FROM other_hand WHERE hand = 'dev-a'");
    QVERIFY(*rows->step());
    QCOMPARE(rows->integer(0), std::int64_t{2});
}

void TestTenant::aBrokenDescriptionIsRefusedWithItsLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("no version") << "name: x\nenvironment: exercise\n"
                                << "cordon/v1";
    QTest::newRow("not an exercise") << "tenant: cordon/v1\nenvironment: prod\n"
                                     << "exercise";
    QTest::newRow("unknown member")
        << "tenant: cordon/v1\nenvironment: exercise\nentities:\n  - {kind: account, id: a, colour: red}\n"
        << "line 4: unknown member 'colour'";
    QTest::newRow("unknown kind") << "tenant: cordon/v1\nenvironment: exercise\nentities:\n  - {kind: planet, id: a}\n"
                                  << "known kind";
    QTest::newRow("bad time")
        << "tenant: cordon/v1\nenvironment: exercise\nentities:\n  - {kind: account, id: a, created_at: noon}\n"
        << "created_at";
    QTest::newRow("bad criticality")
        << "tenant: cordon/v1\nenvironment: exercise\nentities:\n  - {kind: account, id: a, criticality: huge}\n"
        << "criticality";
    QTest::newRow("bad delay") << "tenant: cordon/v1\nenvironment: exercise\npropagation: soon\n"
                               << "propagation";
}

void TestTenant::aBrokenDescriptionIsRefusedWithItsLine()
{
    QFETCH(QString, text);
    QFETCH(QString, reason);
    const QTemporaryDir folder;
    MovingClock clock;
    const auto made = Tenant::create(folder.filePath("t.db").toStdString(), *yaml::parse(text.toStdString()), clock);
    QVERIFY(!made);
    QVERIFY(made.error().code == ErrorCode::Invalid);
    QVERIFY2(made.error().detail.find(reason.toStdString()) != std::string::npos, made.error().detail.c_str());
}

void TestTenant::aTenantIsMadeOnceAndOpenedAgain()
{
    const QTemporaryDir folder;
    MovingClock clock;
    {
        Tenant tenant = make(folder, clock);
        QVERIFY(tenant.setState(key, "status", "inactive", "test"));
    }
    const std::string file = folder.filePath("tenant.db").toStdString();
    QVERIFY(Tenant::create(file, Value::Object{}, clock).error().code == ErrorCode::Conflict);
    auto again = Tenant::open(file, clock);
    QVERIFY(again);
    QVERIFY(!std::filesystem::exists(file + ".new")); // what it was made under
    QCOMPARE(again->name(), std::string("111122223333"));
    QVERIFY(again->propagation() == 2s);
    QCOMPARE(again->facts(key)->state.at("status").asString(), std::string("inactive"));
}

void TestTenant::whatACrashLeftUnfinishedIsMadeAfresh()
{
    const QTemporaryDir folder;
    MovingClock clock;
    const std::string file = folder.filePath("tenant.db").toStdString();
    {
        auto left = store::Database::open(file + ".new", store::Database::Mode::Create);
        QVERIFY(left && left->execute("CREATE TABLE setting (half TEXT)"));
    }
    const Tenant tenant = make(folder, clock);
    QCOMPARE(tenant.name(), std::string("111122223333"));
    // A description that is refused leaves no tenant behind.
    const std::string other = folder.filePath("other.db").toStdString();
    QVERIFY(!Tenant::create(other, Value::Object{{"tenant", "cordon/v0"}}, clock));
    QVERIFY(!std::filesystem::exists(other));
}

QTEST_GUILESS_MAIN(TestTenant)
#include "tst_tenant.moc"
