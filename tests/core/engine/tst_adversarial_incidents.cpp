#include "core/correlate/incident_builder.h"
#include "core/investigate/scope.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>
#include <random>
#include <set>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef intruder = user("intruder");
const EntityRef innocent = user("alice");
const EntityRef innocentKey = key("AKIAALICE");
const std::string shared = "203.0.113.44";

/// The attack: a key made, a trail stopped, a secret read, from the address that all share.
struct Attack
{
    std::vector<Event> events;
    std::vector<Alert> alerts;
};

Attack attackAt(std::chrono::seconds start)
{
    Attack attack;
    attack.events = {EventBuilder(1, "iam:CreateAccessKey", start)
                         .by(intruder)
                         .with(key("AKIAOLD"))
                         .on(key("AKIANEW"), "created")
                         .from(shared),
                     EventBuilder(2, "cloudtrail:StopLogging", start + 300s)
                         .by(intruder)
                         .with(key("AKIANEW"))
                         .on(trail("main"), "stopped")
                         .from(shared),
                     EventBuilder(3, "secretsmanager:GetSecretValue", start + 3000s)
                         .by(intruder)
                         .with(key("AKIANEW"))
                         .on(secret("db"), "read")
                         .from(shared)};
    for (const Event& event : attack.events)
        attack.alerts.push_back(alertOn(event.id.value, {event}, Severity::High, "persistence", "T1098"));
    return attack;
}

/// All alerts in order of time, as a case takes them.
void deliver(IncidentBuilder& builder, const std::vector<Event>& events, std::vector<Alert> alerts)
{
    for (const Event& event : events)
        builder.observe(event);
    std::stable_sort(alerts.begin(), alerts.end(), [](const Alert& a, const Alert& b) { return a.last < b.last; });
    for (const Alert& alert : alerts)
        builder.add(alert);
    builder.settle();
}

bool isOneIncident(const IncidentBuilder& builder)
{
    return builder.incidentOf({1}) == builder.incidentOf({2}) && builder.incidentOf({2}) == builder.incidentOf({3});
}

/// What the provider says of the innocent: there, and used at another time than any that was forged.
std::map<EntityRef, TargetFacts> honestFacts()
{
    std::map<EntityRef, TargetFacts> all;
    for (const EntityRef& entity : {innocent, innocentKey}) {
        TargetFacts facts;
        facts.target = entity;
        facts.exists = true;
        facts.lastUsedAt = noon - 3h;
        facts.lastUsedService = "s3";
        facts.createdAt = noon - std::chrono::hours(9600);
        all.emplace(entity, facts);
    }
    return all;
}

} // namespace

/// Somebody who floods alerts, forges log text or shares an address with many.
class TestAdversarialIncidents : public QObject
{
    Q_OBJECT

private slots:
    void aFloodNeitherDissolvesTheIncidentNorVerifiesOthers();
    void whatAFloodNamesIsBoundedAndTheIntruderStays();
    void anAddressSharedWithAThousandUsersJoinsNobody();
    void forgedTextNamesNobody();
    void p9ForgedRecordsVerifyNobody();
    void p9AnotherNameVerifiesNobody();
};

void TestAdversarialIncidents::aFloodNeitherDissolvesTheIncidentNorVerifiesOthers()
{
    Attack attack = attackAt(0s);
    // The intruder raises alerts by the thousand that point at others, with addresses and targets of theirs.
    for (int i = 0; i < 4000; ++i) {
        const Event noise = EventBuilder(100 + i, "iam:GetUser", std::chrono::seconds(i))
                                .by(intruder)
                                .with(key("AKIAOLD"))
                                .on(user("person-" + std::to_string(i % 300)), "read")
                                .from("198.51.100." + std::to_string(i % 200));
        attack.alerts.push_back(alertOn(100 + i, {noise}, Severity::Medium, "discovery", "T1087"));
    }
    // Meanwhile those people have small alerts of their own.
    for (int i = 0; i < 300; ++i) {
        const EntityRef person = user("person-" + std::to_string(i));
        const Event own = EventBuilder(9000 + i, "s3:GetObject", std::chrono::seconds(i * 11))
                              .by(person)
                              .with(key("AKIAP" + std::to_string(i)))
                              .from("198.51.100." + std::to_string(i % 200));
        attack.alerts.push_back(alertOn(9000 + i, {own}, Severity::Medium, "collection", "T1530"));
    }
    IncidentBuilder builder;
    deliver(builder, attack.events, attack.alerts);
    QVERIFY(isOneIncident(builder));
    Incident incident = builder.incident(*builder.incidentOf({1})).value();
    QVERIFY(incident.member(intruder)->isMisused);
    QVERIFY(incident.severity >= Severity::High);
    // One who shares a rare address with the intruder may stand in the incident; nobody confirms that they did it.
    std::map<EntityRef, TargetFacts> facts;
    for (const IncidentMember& member : incident.members) {
        TargetFacts& told = facts[member.entity];
        told.target = member.entity;
        told.exists = true;
        told.lastUsedAt = noon - 3h;
    }
    investigate::verifyScope(incident, facts, attack.events);
    for (const IncidentMember& member : incident.members)
        QVERIFY2(!member.isVerified || !member.entity.name.starts_with("person-"), member.entity.id.c_str());
    std::size_t people = 0;
    for (int i = 0; i < 300; ++i)
        people += builder.incidentOf({9000 + i}) != builder.incidentOf({1}) ? 1 : 0;
    QVERIFY(people > 0);
}

void TestAdversarialIncidents::whatAFloodNamesIsBoundedAndTheIntruderStays()
{
    Attack attack = attackAt(9000s); // after the flood: what comes last is not what is cut
    constexpr int flood = 6000;
    for (int i = 0; i < flood; ++i) {
        const Event noise = EventBuilder(1000 + i, "cloudtrail:StopLogging", std::chrono::seconds(i))
                                .by(intruder)
                                .with(key("AKIAOLD"))
                                .on(trail("t-" + std::to_string(i)), "stopped")
                                .from("198.51." + std::to_string(i / 250) + "." + std::to_string(i % 250));
        attack.alerts.push_back(alertOn(1000 + i, {noise}, Severity::High, "defense-evasion", "T1562"));
    }
    IncidentBuilder builder;
    deliver(builder, attack.events, attack.alerts);
    QVERIFY(isOneIncident(builder));
    const Incident incident = builder.incident(*builder.incidentOf({1})).value();
    QCOMPARE(incident.alerts.size(), static_cast<std::size_t>(flood) + 3); // of alerts there is no limit
    QVERIFY(incident.members.size() < 3000 && incident.links.size() <= 4000);
    for (const EntityRef& entity : {intruder, key("AKIAOLD"), key("AKIANEW")})
        QVERIFY2(incident.member(entity) && incident.member(entity)->isMisused, entity.id.c_str());
    std::set<EntityRef> members;
    for (const IncidentMember& member : incident.members)
        members.insert(member.entity);
    for (const IncidentLink& link : incident.links)
        QVERIFY(members.contains(link.from) && members.contains(link.to));
}

void TestAdversarialIncidents::anAddressSharedWithAThousandUsersJoinsNobody()
{
    Attack attack = attackAt(1800s);
    for (int i = 0; i < 1000; ++i) {
        const EntityRef person = user("person-" + std::to_string(i));
        const Event own = EventBuilder(100 + i, "s3:GetObject", std::chrono::seconds(i * 4))
                              .by(person)
                              .with(key("AKIAP" + std::to_string(i)))
                              .from(shared);
        attack.events.push_back(own);
        attack.alerts.push_back(alertOn(100 + i, {own}, Severity::Medium, "collection", "T1530"));
    }
    IncidentBuilder builder;
    deliver(builder, attack.events, attack.alerts);
    QVERIFY(isOneIncident(builder));
    const Incident incident = builder.incident(*builder.incidentOf({1})).value();
    for (const IncidentMember& member : incident.members)
        QVERIFY2(!member.entity.name.starts_with("person-"), member.entity.id.c_str());
}

void TestAdversarialIncidents::forgedTextNamesNobody()
{
    Attack attack = attackAt(0s);
    const Event innocents = EventBuilder(50, "s3:GetObject", 400s).by(innocent).with(innocentKey).from("198.51.100.9");
    attack.alerts.push_back(alertOn(50, {innocents}, Severity::Medium, "collection", "T1530"));
    // Names, agents and titles say what an intruder likes: ids alone count.
    for (const std::string& text :
         {innocent.id, innocentKey.id, std::string("i-0123456789abcdef0"), std::string("../") + innocent.id}) {
        EntityRef made = user("x" + std::to_string(attack.alerts.size()));
        made.name = text;
        const Event forged = EventBuilder(60 + static_cast<std::int64_t>(attack.alerts.size()), "iam:CreateUser", 500s)
                                 .by(intruder)
                                 .with(key("AKIANEW"))
                                 .on(made, "created")
                                 .from(shared)
                                 .through(text);
        attack.alerts.push_back(alertOn(forged.id.value, {forged}, Severity::High, "persistence", "T1136"));
        attack.alerts.back().rule.title = text;
    }
    IncidentBuilder builder;
    deliver(builder, attack.events, attack.alerts);
    QVERIFY(isOneIncident(builder));
    QVERIFY(builder.incidentOf({50}) != builder.incidentOf({1}));
    const Incident incident = builder.incident(*builder.incidentOf({1})).value();
    QVERIFY(!incident.member(innocent) && !incident.member(innocentKey));
}

// P9
void TestAdversarialIncidents::p9ForgedRecordsVerifyNobody()
{
    for (unsigned seed = 1; seed <= 100; ++seed) {
        std::mt19937 random(seed);
        Attack attack = attackAt(0s);
        // One log is the intruder's: it says of the innocent whatever, as often as it likes.
        std::vector<Event> forged;
        const int count = 1 + static_cast<int>(random() % 40);
        for (int i = 0; i < count; ++i) {
            EventBuilder event(100 + i, random() % 2 ? "iam:CreateAccessKey" : "s3:DeleteBucket",
                               std::chrono::seconds(random() % 3000));
            event.by(innocent).with(random() % 3 ? innocentKey : key("AKIANEW")).from(shared);
            if (random() % 2)
                event.on(key("AKIAFORGED" + std::to_string(i)), "created").on(innocent, "granted");
            forged.push_back(event);
            attack.alerts.push_back(alertOn(100 + i, {forged.back()}, Severity::Critical, "impact", "T1485"));
        }
        IncidentBuilder builder;
        std::vector<Event> events = attack.events;
        events.insert(events.end(), forged.begin(), forged.end());
        deliver(builder, events, attack.alerts);
        for (Incident incident : builder.incidents()) {
            investigate::verifyScope(incident, honestFacts(), events);
            for (const EntityRef& entity : {innocent, innocentKey}) {
                const IncidentMember* member = incident.member(entity);
                QVERIFY2(!member || !member->isVerified, ("seed " + std::to_string(seed)).c_str());
            }
        }
    }
}

// P9
void TestAdversarialIncidents::p9AnotherNameVerifiesNobody()
{
    // Records that call the intruder by the innocent's name, and a name that a rule takes for the innocent's.
    const EntityRef hostAccount{EntityKind::Account, "corp\\alice", "", "alice"};
    const EntityRef lookalike{EntityKind::Account, "alice@corp.example", "", "alice"};
    auto rules = std::make_shared<NameRules>();
    QVERIFY(rules->add({"host", EntityKind::Account, "{user}@{domain}.{rest}", "{domain}\\{user}"}));
    Attack attack = attackAt(0s);
    attack.events.push_back(EventBuilder(50, "Sign-in activity", 10s).by(intruder).on(innocent, "same").from(shared));
    attack.events.push_back(EventBuilder(51, "iam:CreateAccessKey", 20s).by(lookalike).with(key("AKIANEW")).from(shared));
    for (std::size_t i = 3; i < attack.events.size(); ++i)
        attack.alerts.push_back(alertOn(attack.events[i].id.value, {attack.events[i]}, Severity::Critical, "impact", "T1485"));
    const Event own = EventBuilder(52, "4688", 600s).by(hostAccount).from("");
    const Event daily = EventBuilder(53, "s3:GetObject", 900s).by(innocent).with(innocentKey).from("198.51.100.9");
    for (const Event& event : {own, daily}) {
        attack.events.push_back(event);
        attack.alerts.push_back(alertOn(event.id.value, {event}, Severity::Low, "discovery", "T1087"));
    }
    IncidentBuilder builder(rules);
    deliver(builder, attack.events, attack.alerts);
    QVERIFY(isOneIncident(builder));
    std::map<EntityRef, TargetFacts> facts = honestFacts();
    TargetFacts host;
    host.target = hostAccount;
    host.exists = true;
    facts.emplace(hostAccount, host);
    for (Incident incident : builder.incidents()) {
        investigate::verifyScope(incident, facts, attack.events);
        for (const EntityRef& entity : {innocent, innocentKey, hostAccount}) {
            const IncidentMember* member = incident.member(entity);
            QVERIFY2(!member || (!member->isVerified && !member->isMisused), entity.id.c_str());
        }
    }
}

QTEST_GUILESS_MAIN(TestAdversarialIncidents)
#include "tst_adversarial_incidents.moc"
