#include "app/bench/correlation_world.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <set>

using namespace cordon;
using namespace cordon::bench;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

/// An attack in the making: what happens, and what a rule says of it.
class Script
{
public:
    Script(RecordedAttacks& all, std::string id)
        : m_all(all)
        , m_attack{std::move(id), {}, {}}
    {}
    ~Script() { m_all.attacks.push_back(std::move(m_attack)); }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

    /// @param rule  title of the rule that hits; "" for none
    void add(EventBuilder builder, const std::string& rule = {}, const std::string& tactic = "persistence")
    {
        Event event = builder;
        event.id = EventId{static_cast<std::int64_t>(m_attack.events.size()) + 1};
        event.cite.offset = static_cast<std::uint64_t>(event.id.value);
        m_attack.events.push_back(event);
        if (rule.empty())
            return;
        RuleInfo& info = m_all.rules[rule];
        info.id = info.title = rule;
        info.level = Severity::Medium;
        info.tactics = {tactic};
        m_attack.hits.push_back({rule, {event}});
    }

private:
    RecordedAttacks& m_all;
    RecordedAttack m_attack;
};

EntityRef host(const std::string& name)
{
    return {EntityKind::Host, name, "server", name};
}

EntityRef instance(const std::string& id)
{
    return {EntityKind::Workload, id, "instance", id};
}

/// Ways in which attacks hang together, each without any of the others.
RecordedAttacks madeUpAttacks()
{
    RecordedAttacks all;
    {
        Script one(all, "a key made and used");
        one.add(
            EventBuilder(1, "iam:CreateAccessKey", 0s).by(user("eve")).with(key("AKIA1")).on(key("AKIA2"), "created"),
            "key made");
        one.add(EventBuilder(1, "secretsmanager:GetSecretValue", 300s)
                    .with(key("AKIA2"))
                    .on(secret("db"), "read")
                    .from("203.0.113.9"),
                "secret read", "credential-access");
        one.add(EventBuilder(1, "cloudtrail:StopLogging", 900s)
                    .with(key("AKIA2"))
                    .on(trail("main"), "stopped")
                    .from("203.0.113.10"),
                "trail stopped", "defense-evasion");
    }
    {
        Script one(all, "a chain of sessions");
        one.add(EventBuilder(1, "sts:AssumeRole", 0s)
                    .by(user("mallory"))
                    .with(key("AKIA3"))
                    .on(role("ops"), "assumed")
                    .on(session("ASIA4"), "created"));
        one.add(EventBuilder(1, "s3:PutBucketPolicy", 60s).by(role("ops")).with(session("ASIA4")).from("203.0.113.20"),
                "policy changed");
        one.add(EventBuilder(1, "sts:AssumeRole", 120s)
                    .by(role("ops"))
                    .with(session("ASIA4"))
                    .on(role("admin"), "assumed")
                    .on(session("ASIA5"), "created"));
        one.add(EventBuilder(1, "iam:CreateUser", 180s)
                    .by(role("admin"))
                    .with(session("ASIA5"))
                    .on(user("ghost"), "created")
                    .from("203.0.113.21"),
                "user made");
        one.add(EventBuilder(1, "iam:AttachUserPolicy", 240s).by(user("ghost")).from("203.0.113.22"),
                "policy attached");
    }
    {
        Script one(all, "an instance taken over");
        one.add(EventBuilder(1, "ssm:SendCommand", 0s)
                    .by(user("oscar"))
                    .with(key("AKIA6"))
                    .on(instance("i-0123456789abcdef0"), "used"),
                "command sent", "execution");
        one.add(EventBuilder(1, "sts:GetCallerIdentity", 60s)
                    .by(role("web"))
                    .with(session("ASIA7"))
                    .on(session("arn:aws:sts::111122223333:assumed-role/web/i-0123456789abcdef0"), "used")
                    .from("203.0.113.30"),
                "instance key used", "credential-access");
    }
    {
        Script one(all, "two hosts");
        one.add(EventBuilder(1, "process", 0s)
                    .by({EntityKind::Account, "corp\\trudy", "", "trudy"})
                    .on(host("pc1.corp"), "used")
                    .from(""),
                "odd process", "execution");
        one.add(EventBuilder(1, "logon", 20s)
                    .by({EntityKind::Account, "corp\\trudy", "", "trudy"})
                    .on(host("srv2.corp"), "used")
                    .from(""));
        EventBuilder task(1, "task", 40s);
        one.add(task.on(host("srv2.corp"), "used").from(""), "task made");
        EventBuilder file(1, "file", 70s);
        one.add(file.on(host("srv2.corp"), "used").from(""), "odd file", "execution");
    }
    return all;
}

void deliver(const World& world, const std::vector<World::Arrival>& arrivals, correlate::IncidentBuilder& builder)
{
    for (const World::Arrival& arrival : arrivals) {
        if (arrival.isAlert)
            builder.add(world.alert(arrival.number));
        else
            builder.observe(world.event(arrival.number));
    }
    builder.settle();
}

/// Alerts of each incident, with risk and title, whatever the numbers.
std::multiset<std::string> incidentsOf(const correlate::IncidentBuilder& builder)
{
    std::multiset<std::string> all;
    for (const Incident& incident : builder.incidents()) {
        std::string text = incident.title.code + std::to_string(incident.risk);
        for (const AlertId alert : incident.alerts)
            text += ' ' + toString(alert);
        for (const IncidentLink& link : incident.links)
            text += '\n' + link.from.key() + '>' + link.to.key() + link.reason.code + std::to_string(link.weight);
        all.insert(text);
    }
    return all;
}

} // namespace

/// Incidents beside the attacks of made-up worlds: the measures of `tools/bench correlate`, on attacks of our own.
class TestCorrelationWorlds : public QObject
{
    Q_OBJECT

private slots:
    void theScoreTellsSplitMixedAndRight();
    void everyAttackIsOneIncidentAmongEverydayWork();
    void aShuffledWorldGivesTheSameIncidents();
};

void TestCorrelationWorlds::theScoreTellsSplitMixedAndRight()
{
    const std::vector<Placed> right{{1, 10, true}, {1, 10, true}, {2, 20, true}, {2, 20, true}, {9, 30, false}};
    QCOMPARE(adjustedRandIndex(right), 1.0);
    QCOMPARE(scoreOf(right).incidentsPerAttack, 1.0);
    const std::vector<Placed> split{{1, 10, true}, {1, 11, true}, {2, 20, true}, {2, 20, true}};
    QVERIFY(adjustedRandIndex(split) < 1.0);
    QCOMPARE(scoreOf(split).incidentsPerAttack, 1.5);
    const std::vector<Placed> mixed{{1, 10, true}, {1, 10, true}, {2, 10, true}, {2, 10, true}, {9, 10, false}};
    QCOMPARE(scoreOf(mixed).mixedShare, 1.0);
    QCOMPARE(scoreOf(mixed).noisyShare, 1.0);
    QVERIFY(adjustedRandIndex(mixed) < 0.1);
}

void TestCorrelationWorlds::everyAttackIsOneIncidentAmongEverydayWork()
{
    const RecordedAttacks attacks = madeUpAttacks();
    double rand = 0;
    constexpr int seeds = 5;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const World world(attacks, {seed, 12'000, 30});
        correlate::IncidentBuilder builder;
        deliver(world, world.inOrder(), builder);
        const PartitionScore score = scoreOf(world.placedBy(builder));
        QCOMPARE(score.attacks, std::int64_t{30});
        QVERIFY2(score.incidentsPerAttack <= 1.1, qPrintable(QString::number(score.incidentsPerAttack)));
        QVERIFY2(score.mixedShare <= 0.05, qPrintable(QString::number(score.mixedShare)));
        rand += score.adjustedRand;
    }
    QVERIFY2(rand / seeds >= 0.95, qPrintable(QString::number(rand / seeds)));
}

void TestCorrelationWorlds::aShuffledWorldGivesTheSameIncidents()
{
    const RecordedAttacks attacks = madeUpAttacks();
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const World world(attacks, {seed, 3'000, 20});
        correlate::IncidentBuilder ordered;
        deliver(world, world.inOrder(), ordered);
        correlate::IncidentBuilder shuffled;
        deliver(world, world.shuffled(), shuffled);
        QVERIFY2(incidentsOf(ordered) == incidentsOf(shuffled), ("seed " + std::to_string(seed)).c_str());
    }
}

QTEST_GUILESS_MAIN(TestCorrelationWorlds)
#include "tst_correlation_worlds.moc"
