#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

using Kind = IncidentBuilder::Change::Kind;

class TestIncidentBuilder : public QObject
{
    Q_OBJECT

private slots:
    void aLoneAlertOpensAnIncident();
    void aKeyMadeAndThenUsedIsOneIncident();
    void theKeyThatTheIncidentMadeIsMarkedSo();
    void aSessionIsTiedToWhoMintedIt();
    void twoSessionsOfOneMakerMeetWithoutAnAlertOnTheMaker();
    void whoeverGaveRightsMeetsWhatActedWithThem();
    void twoWhoGotRightsFromOneHandStayApart();
    void bothKeysOfARoleSessionAreToldApart();
    void aMachineIsInTheHandsOfWhoMisusesItsSessionAndNotOfWhoBorrowsItsName();
    void aRoleThatManyUseDoesNotJoinThem();
    void twoParallelAttacksStayApart();
    void alertsFarApartInTimeStayApart();
    void aRareAddressJoinsAndASharedOneDoesNot();
    void anAddressNeverJoinsTwoTenants();
    void whatBelongsToTheProviderJoinsNothing();
    void aLateAlertMergesAndTheLowerIdStays();
    void anyDeliveryOrderGivesTheSameIncidents();
    void aMakerThatIsLearntLateBringsTogether();
    void anAlertThatChangesLetsGoWhatItHeld();
    void everyLinkHasAReasonAndEvents();
    void lookingAroundIsNoMisuse();
    void riskIsTheSumOfItsParts();
    void attemptsCountLessThanSuccesses();
    void aTitleAboutAnActOfNobodyNamesNobody();
    void hostileNamesStayBounded();
    void tacticsComeInTheOrderOfAnAttack();
    void anAlertThatGrewIsCountedOnce();
    void aFloodOfAlertsIsOneIncident();
    void aMissingIncidentIsNotFound();
};

namespace {

/// A user makes itself a key, which is then used from elsewhere to stop the trail.
std::vector<Event> keyAttack(std::int64_t firstId, const std::string& name, const std::string& account,
                             const std::string& address, std::chrono::seconds start)
{
    const EntityRef victim = user(name, account);
    const EntityRef oldKey = key("AKIAOLD" + name);
    const EntityRef newKey = key("AKIANEW" + name);
    return {EventBuilder(firstId, "iam:CreateAccessKey", start)
                .by(victim)
                .with(oldKey)
                .on(newKey, "created")
                .on(victim, "granted")
                .from(address),
            EventBuilder(firstId + 1, "cloudtrail:StopLogging", start + 300s)
                .by(victim)
                .with(newKey)
                .on(trail("trail-" + name), "stopped")
                .from(address),
            EventBuilder(firstId + 2, "secretsmanager:GetSecretValue", start + 600s)
                .by(victim)
                .with(newKey)
                .on(secret("secret-" + name), "read")
                .from(address)};
}

std::vector<Alert> alertsFor(const std::vector<Event>& events)
{
    std::vector<Alert> alerts;
    for (const Event& event : events) {
        const bool isKey = event.action == "iam:CreateAccessKey";
        const bool isTrail = event.action == "cloudtrail:StopLogging";
        alerts.push_back(alertOn(event.id.value, {event}, isTrail ? Severity::High : Severity::Medium,
                                 isKey     ? "persistence"
                                 : isTrail ? "defense-evasion"
                                           : "credential-access",
                                 isKey     ? "T1098.001"
                                 : isTrail ? "T1562.008"
                                           : "T1555.006"));
    }
    return alerts;
}

bool hasReason(const IncidentMember& member, const std::string& code)
{
    return std::any_of(member.why.begin(), member.why.end(), [&](const Text& why) { return why.code == code; });
}

bool hasLink(const Incident& incident, const std::string& code)
{
    return std::any_of(incident.links.begin(), incident.links.end(),
                       [&](const IncidentLink& link) { return link.reason.code == code; });
}

/// Everything of the incidents that a reader sees but their numbers, for comparing whole results.
std::string portrait(const IncidentBuilder& builder)
{
    std::multiset<std::string> all;
    std::string text;
    const auto addText = [&text](const Text& one) {
        text += one.code;
        for (const auto& [name, value] : one.args)
            text += ' ' + name + '=' + value;
        text += '\n';
    };
    for (const Incident& incident : builder.incidents()) {
        text = std::to_string(incident.risk) + '\n';
        addText(incident.title);
        for (const AlertId alert : incident.alerts)
            text += toString(alert) + ' ';
        for (const IncidentMember& member : incident.members) {
            text += member.entity.key() + std::string(toString(member.role)) + (member.isMisused ? " misused" : "") +
                    (member.isMadeByIncident ? " made" : "") + '\n';
            for (const EventId event : member.events)
                text += std::to_string(event.value) + ' ';
            for (const Text& why : member.why)
                addText(why);
        }
        for (const IncidentLink& link : incident.links) {
            text += link.from.key() + '>' + link.to.key() + std::to_string(link.weight) + ' ';
            for (const EventId event : link.events)
                text += std::to_string(event.value) + ' ';
            addText(link.reason);
        }
        for (const RiskPart& part : incident.riskParts) {
            text += std::to_string(part.points) + ' ';
            addText(part.reason);
        }
        all.insert(text);
    }
    std::string whole;
    for (const std::string& one : all)
        whole += one;
    return whole;
}

} // namespace

void TestIncidentBuilder::aLoneAlertOpensAnIncident()
{
    IncidentBuilder builder;
    const auto alerts = alertsFor(keyAttack(1, "svc", "111122223333", "203.0.113.44", 0s));
    const auto change = builder.add(alerts[0]);
    QCOMPARE(change.kind, Kind::Opened);
    QCOMPARE(change.id.value, 1);
    QVERIFY(builder.incidentOf({1}) == change.id);
    QCOMPARE(builder.incidents().front().alerts.size(), std::size_t{1});
}

void TestIncidentBuilder::aKeyMadeAndThenUsedIsOneIncident()
{
    IncidentBuilder builder;
    const auto alerts = alertsFor(keyAttack(1, "svc", "111122223333", "203.0.113.44", 0s));
    builder.add(alerts[0]);
    const auto change = builder.add(alerts[1]);
    QCOMPARE(change.kind, Kind::Grown);
    builder.add(alerts[2]);
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    const Incident& incident = incidents.front();
    QVERIFY(hasLink(incident, "link.created_then_used"));
    QCOMPARE(incident.title.code, std::string("incident.title.key_created_used"));
    QCOMPARE(incident.title.args.at("name"), std::string("svc"));
    QCOMPARE(incident.title.args.at("key"), std::string("AKIANEWsvc"));
    QVERIFY(incident.severity >= Severity::High);
    QCOMPARE(incident.firstSeen, noon);
    QCOMPARE(incident.lastSeen, noon + 600s);
}

void TestIncidentBuilder::theKeyThatTheIncidentMadeIsMarkedSo()
{
    IncidentBuilder builder;
    for (const Alert& alert : alertsFor(keyAttack(1, "svc", "111122223333", "203.0.113.44", 0s)))
        builder.add(alert);
    const Incident incident = builder.incidents().front();
    const IncidentMember* made = incident.member(key("AKIANEWsvc"));
    QVERIFY(made);
    QVERIFY(made->isMadeByIncident);
    QVERIFY(made->isMisused);
    QVERIFY(made->role == EntityRole::Attacker);
    QVERIFY(hasReason(*made, "member.created_here"));
    const IncidentMember* original = incident.member(key("AKIAOLDsvc"));
    QVERIFY(original && original->isMisused && !original->isMadeByIncident);
    const IncidentMember* read = incident.member(secret("secret-svc"));
    QVERIFY(read && !read->isMisused);
    QVERIFY(read->role == EntityRole::Resource);
    const IncidentMember* address = incident.member({EntityKind::Address, "203.0.113.44", "", ""});
    QVERIFY(address && !address->isMisused);
    QVERIFY(address->role == EntityRole::Other);
}

void TestIncidentBuilder::aSessionIsTiedToWhoMintedIt()
{
    IncidentBuilder builder;
    const EntityRef maker = user("dev-c");
    const Event assume = EventBuilder(1, "sts:AssumeRole", 0s)
                             .by(maker)
                             .with(key("AKIADEV"))
                             .on(role("admin"), "assumed")
                             .on(session("ASIA1"), "created");
    const Event stop = EventBuilder(2, "cloudtrail:StopLogging", 60s)
                           .by(role("admin"))
                           .with(session("ASIA1"))
                           .on(trail("t"), "stopped")
                           .from("198.51.100.9");
    const Event secretRead =
        EventBuilder(3, "secretsmanager:GetSecretValue", 120s).by(maker).with(key("AKIADEV")).on(secret("s"), "read");
    builder.observe(assume);
    builder.observe(stop);
    builder.add(alertOn(1, {stop}, Severity::High, "defense-evasion", "T1562.008"));
    builder.observe(secretRead);
    const auto change = builder.add(alertOn(2, {secretRead}, Severity::High, "credential-access", "T1555.006"));
    QCOMPARE(change.kind, Kind::Grown);
    const Incident incident = builder.incidents().front();
    QVERIFY(hasLink(incident, "link.acted_through"));
    const auto through = std::find_if(incident.links.begin(), incident.links.end(), [](const IncidentLink& link) {
        return link.reason.code == "link.acted_through";
    });
    QVERIFY(std::find(through->events.begin(), through->events.end(), EventId{1}) != through->events.end());
}

void TestIncidentBuilder::twoSessionsOfOneMakerMeetWithoutAnAlertOnTheMaker()
{
    IncidentBuilder builder;
    const EntityRef maker = user("dev-c");
    for (int i = 1; i <= 2; ++i) {
        const std::string number = std::to_string(i);
        builder.observe(EventBuilder(i, "sts:AssumeRole", i * 10s)
                            .by(maker)
                            .with(key("AKIADEV"))
                            .on(role("role-" + number), "assumed")
                            .on(session("ASIA" + number), "created"));
    }
    for (int i = 1; i <= 2; ++i) {
        const std::string number = std::to_string(i);
        const Event act = EventBuilder(10 + i, "ec2:GetPasswordData", 60s * i)
                              .by(role("role-" + number))
                              .with(session("ASIA" + number))
                              .from("198.51.100." + number);
        builder.observe(act);
        builder.add(alertOn(i, {act}, Severity::Medium, "credential-access", "T1555.006"));
    }
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    const IncidentMember* behind = incidents.front().member(maker);
    QVERIFY(behind);
    QVERIFY(hasReason(*behind, "member.stood_behind"));
    QVERIFY(!behind->isMisused);
}

namespace {

/// `giver` attaches a policy to the role a minute before the role acts; the session's maker is not in the log.
Event grant(std::int64_t id, const std::string& giver, const std::string& roleName)
{
    return EventBuilder(id, "iam:AttachRolePolicy", -60s)
        .by(user(giver))
        .on({EntityKind::Policy, "arn:aws:iam::111122223333:policy/p", "", "p"}, "attached")
        .on(role(roleName), "granted")
        .from("");
}

Alert actOf(std::int64_t id, const std::string& roleName)
{
    const Event act = EventBuilder(id, "ec2:RunInstances", 0s + id * 1s)
                          .by(role(roleName))
                          .with(session("ASIA" + roleName))
                          .from("198.51.100." + std::to_string(id));
    return alertOn(id, {act}, Severity::Medium, "impact", "T1496");
}

} // namespace

void TestIncidentBuilder::whoeverGaveRightsMeetsWhatActedWithThem()
{
    IncidentBuilder builder;
    builder.observe(grant(1, "dev-c", "miner"));
    const Event own = EventBuilder(2, "cloudtrail:StopLogging", -30s).by(user("dev-c")).on(trail("t"), "stopped");
    builder.add(alertOn(1, {own}, Severity::High, "defense-evasion", "T1562.008"));
    QCOMPARE(builder.add(actOf(3, "miner")).kind, Kind::Grown);
    QVERIFY(hasLink(builder.incidents().front(), "link.rights_given"));
}

void TestIncidentBuilder::twoWhoGotRightsFromOneHandStayApart()
{
    IncidentBuilder builder;
    builder.observe(grant(1, "admin", "a"));
    builder.observe(grant(2, "admin", "b"));
    builder.add(actOf(3, "a"));
    builder.add(actOf(4, "b"));
    QCOMPARE(builder.incidents().size(), std::size_t{2});
}

void TestIncidentBuilder::bothKeysOfARoleSessionAreToldApart()
{
    const EntityRef named = session("arn:aws:sts::111122223333:assumed-role/web/i-0abc");
    const auto act = [&named](std::int64_t id, const std::string& keyId, const std::string& address) {
        return Event(EventBuilder(id, "s3:ListBuckets", id * 10s)
                         .by(role("web"))
                         .with(session(keyId))
                         .on(named, "used")
                         .from(address));
    };
    IncidentBuilder builder;
    builder.add(alertOn(1, {act(1, "ASIAINSTANCE", "192.0.2.1")}, Severity::Low, "discovery", "T1580"));
    builder.add(alertOn(2, {act(2, "ASIASTOLEN", "203.0.113.9")}, Severity::High, "credential-access", "T1552.005"));
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QVERIFY(!incidents.front().member(session("ASIAINSTANCE"))->isMisused);
    QVERIFY(incidents.front().member(session("ASIASTOLEN"))->isMisused);
    QVERIFY(incidents.front().member(named)->role == EntityRole::Attacker);
}

void TestIncidentBuilder::aMachineIsInTheHandsOfWhoMisusesItsSessionAndNotOfWhoBorrowsItsName()
{
    const EntityRef machine{EntityKind::Workload, "i-0123456789abcdef0", "instance", "i-0123456789abcdef0"};
    const EntityRef named = session("arn:aws:sts::111122223333:assumed-role/web/i-0123456789abcdef0");
    for (const bool isBorrowed : {false, true}) {
        IncidentBuilder builder;
        if (isBorrowed) // somebody opens a session and calls it after the machine
            builder.observe(EventBuilder(9, "sts:AssumeRole", 1s).by(user("mallory")).on(role("web"), "assumed").on(named, "created"));
        const Event act = EventBuilder(1, "secretsmanager:GetSecretValue", 60s).by(role("web")).with(named).from("203.0.113.9");
        builder.observe(act);
        builder.add(alertOn(1, {act}, Severity::High, "credential-access", "T1555.006"));
        const auto incidents = builder.incidents();
        const IncidentMember* found = incidents.front().member(machine);
        QVERIFY(isBorrowed || found);
        QCOMPARE(found && found->isMisused, !isBorrowed);
    }
}

void TestIncidentBuilder::aRoleThatManyUseDoesNotJoinThem()
{
    IncidentBuilder builder;
    for (int i = 1; i <= 20; ++i) {
        const std::string number = std::to_string(i);
        builder.observe(EventBuilder(100 + i, "sts:AssumeRole", 0s)
                            .by(user("pipeline-" + number))
                            .on(role("ci"), "assumed")
                            .on(session("ASIA" + number), "created"));
    }
    for (int i = 1; i <= 20; ++i) {
        const std::string number = std::to_string(i);
        const Event act = EventBuilder(i, "iam:PutRolePolicy", 60s * i)
                              .by(role("ci"))
                              .with(session("ASIA" + number))
                              .from("198.51.100." + number)
                              .on(role("target-" + number), "granted");
        builder.observe(act);
        builder.add(alertOn(i, {act}, Severity::Medium, "persistence", "T1098"));
    }
    QCOMPARE(builder.incidents().size(), std::size_t{20});
}

void TestIncidentBuilder::twoParallelAttacksStayApart()
{
    IncidentBuilder builder;
    auto alerts = alertsFor(keyAttack(1, "svc-a", "111122223333", "203.0.113.44", 0s));
    const auto second = alertsFor(keyAttack(11, "svc-b", "111122223333", "198.51.100.7", 30s));
    alerts.insert(alerts.end(), second.begin(), second.end());
    std::sort(alerts.begin(), alerts.end(), [](const Alert& a, const Alert& b) { return a.last < b.last; });
    for (const Alert& alert : alerts)
        builder.add(alert);
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{2});
    QVERIFY(incidents[0].member(user("svc-a")) && !incidents[0].member(user("svc-b")));
    QVERIFY(incidents[1].member(user("svc-b")) && !incidents[1].member(user("svc-a")));
}

void TestIncidentBuilder::alertsFarApartInTimeStayApart()
{
    IncidentBuilder builder;
    const auto act = [](std::int64_t id, std::chrono::seconds when) {
        return Event(EventBuilder(id, "iam:ListUsers", when).by(user("svc")).with(key("AKIA" + std::to_string(id))));
    };
    builder.add(alertOn(1, {act(1, 0s)}, Severity::Medium, "discovery", "T1087"));
    builder.add(alertOn(2, {act(2, 10h)}, Severity::Medium, "discovery", "T1087"));
    QCOMPARE(builder.incidents().size(), std::size_t{1});
    builder.add(alertOn(3, {act(3, 240h)}, Severity::Medium, "discovery", "T1087"));
    QCOMPARE(builder.incidents().size(), std::size_t{2});
}

void TestIncidentBuilder::aRareAddressJoinsAndASharedOneDoesNot()
{
    const Event first = EventBuilder(1, "iam:ListUsers", 0s).by(user("a")).with(key("AKIAA"));
    const Event second = EventBuilder(2, "s3:PutBucketPolicy", 120s).by(user("b")).with(key("AKIAB"));
    const Alert one = alertOn(1, {first}, Severity::Medium, "discovery", "T1087");
    const Alert two = alertOn(2, {second}, Severity::Medium, "exfiltration", "T1537");
    IncidentBuilder rare;
    rare.add(one);
    rare.add(two);
    QCOMPARE(rare.incidents().size(), std::size_t{1});
    QVERIFY(hasLink(rare.incidents().front(), "link.shared_address"));

    IncidentBuilder shared;
    for (int i = 0; i < 1000; ++i)
        shared.observe(EventBuilder(100 + i, "s3:GetObject", -3600s + i * 1s).by(user("guest-" + std::to_string(i))));
    shared.add(one);
    shared.add(two);
    QCOMPARE(shared.incidents().size(), std::size_t{2});
}

void TestIncidentBuilder::anAddressNeverJoinsTwoTenants()
{
    IncidentBuilder builder;
    const Event first = EventBuilder(1, "iam:ListUsers", 0s).by(user("a", "111122223333"));
    const Event second = EventBuilder(2, "s3:PutBucketPolicy", 120s).by(user("b", "444455556666"));
    builder.add(alertOn(1, {first}, Severity::Medium, "discovery", "T1087"));
    builder.add(alertOn(2, {second}, Severity::Medium, "exfiltration", "T1537"));
    QCOMPARE(builder.incidents().size(), std::size_t{2});
}

void TestIncidentBuilder::whatBelongsToTheProviderJoinsNothing()
{
    IncidentBuilder builder;
    const EntityRef service{EntityKind::Account, "ec2.amazonaws.com", "service", "ec2.amazonaws.com"};
    const EntityRef policy{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", ""};
    const EntityRef account{EntityKind::Account, "111122223333", "", ""};
    for (int i = 1; i <= 4; ++i) {
        const Event act = EventBuilder(i, "x:Act" + std::to_string(i), i * 10s)
                              .by(service)
                              .on(policy, "attached")
                              .on(account, "shared")
                              .from("ec2.amazonaws.com");
        builder.add(alertOn(i, {act}, Severity::Medium, i % 2 ? "discovery" : "impact", "T1"));
    }
    QCOMPARE(builder.incidents().size(), std::size_t{4});
}

void TestIncidentBuilder::aLateAlertMergesAndTheLowerIdStays()
{
    IncidentBuilder builder;
    const EntityRef a = user("a");
    const Event first = EventBuilder(1, "iam:ListUsers", 0s).by(a).with(key("AKIAA")).from("198.51.100.1");
    const Event second = EventBuilder(2, "s3:PutBucketPolicy", 600s).by(role("r")).with(session("ASIA9"));
    const Event bridge = EventBuilder(3, "sts:GetSessionToken", 700s).by(a).with(session("ASIA9"));
    builder.add(alertOn(1, {first}, Severity::Medium, "discovery", "T1087"));
    QCOMPARE(builder.add(alertOn(2, {second}, Severity::Medium, "exfiltration", "T1537")).kind, Kind::Opened);
    const auto change = builder.add(alertOn(3, {bridge}, Severity::Medium, "persistence", "T1550"));
    QCOMPARE(change.kind, Kind::Merged);
    QCOMPARE(change.id.value, 1);
    QVERIFY(change.absorbed == std::vector<IncidentId>{{2}});
    QCOMPARE(builder.incidentOf({2}).value().value, 1);
    QVERIFY(!builder.incident({2}));
    const Event later = EventBuilder(4, "iam:ListRoles", 900s).by(user("z")).from("198.51.100.77");
    QCOMPARE(builder.add(alertOn(4, {later}, Severity::Medium, "discovery", "T1087")).id.value, 3);
}

void TestIncidentBuilder::anyDeliveryOrderGivesTheSameIncidents()
{
    std::vector<Event> events;
    std::vector<Alert> alerts;
    for (int i = 0; i < 8; ++i) {
        const std::string name = "svc-" + std::to_string(i);
        const auto attack = keyAttack(1 + i * 10, name, "111122223333", "203.0.113." + std::to_string(i / 2), i * 97s);
        events.insert(events.end(), attack.begin(), attack.end());
        const auto raised = alertsFor(attack);
        alerts.insert(alerts.end(), raised.begin(), raised.end());
    }
    std::string expected;
    for (unsigned seed = 0; seed < 25; ++seed) {
        std::mt19937 random(seed);
        std::vector<std::size_t> arrivals(events.size() + alerts.size());
        std::iota(arrivals.begin(), arrivals.end(), std::size_t{0});
        if (seed > 0)
            std::shuffle(arrivals.begin(), arrivals.end(), random);
        IncidentBuilder builder;
        for (const std::size_t arrival : arrivals) {
            if (arrival < events.size())
                builder.observe(events[arrival]);
            else
                builder.add(alerts[arrival - events.size()]);
        }
        builder.settle();
        const std::string found = portrait(builder);
        if (seed == 0)
            expected = found;
        QVERIFY2(found == expected, ("seed " + std::to_string(seed)).c_str());
    }
}

void TestIncidentBuilder::aMakerThatIsLearntLateBringsTogether()
{
    IncidentBuilder builder;
    const EntityRef maker = user("maker");
    const Event make = EventBuilder(1, "sts:GetSessionToken", 0s).by(maker).on(session("ASIA1"), "created").from("");
    const Event one = EventBuilder(2, "iam:CreateUser", 60s).by(maker).on(user("x"), "created").from("");
    const Event two = EventBuilder(3, "iam:CreateUser", 120s).with(session("ASIA1")).on(user("y"), "created").from("");
    builder.add(alertOn(1, {one}, Severity::Medium, "persistence", "T1136"));
    builder.add(alertOn(2, {two}, Severity::Medium, "persistence", "T1136"));
    QCOMPARE(builder.incidents().size(), std::size_t{2});
    (void)builder.takeChanges();
    builder.observe(make);
    builder.settle();
    QCOMPARE(builder.incidents().size(), std::size_t{1});
    const auto changes = builder.takeChanges();
    QVERIFY(changes.changed == std::set<IncidentId>{{1}});
    QVERIFY(changes.gone == std::set<IncidentId>{{2}});
}

/// A bridge that turns out to be none: the incident falls apart again.
void TestIncidentBuilder::anAlertThatChangesLetsGoWhatItHeld()
{
    IncidentBuilder builder;
    const Event a = EventBuilder(1, "iam:CreateUser", 0s).by(user("a")).from("");
    const Event b = EventBuilder(2, "iam:CreateUser", 300s).with(key("AKIAB")).from("");
    const Event bridge = EventBuilder(3, "iam:CreateUser", 200s).by(user("a")).with(key("AKIAB")).from("");
    const Event none = EventBuilder(3, "iam:CreateUser", 200s).by(user("c")).from("");
    builder.add(alertOn(1, {a}, Severity::Medium, "persistence", "T1136"));
    builder.add(alertOn(2, {b}, Severity::Medium, "persistence", "T1136"));
    builder.add(alertOn(3, {bridge}, Severity::Medium, "persistence", "T1136"));
    QCOMPARE(builder.incidents().size(), std::size_t{1});
    builder.add(alertOn(3, {none}, Severity::Medium, "persistence", "T1136"));
    QCOMPARE(builder.incidents().size(), std::size_t{3});
}

void TestIncidentBuilder::everyLinkHasAReasonAndEvents()
{
    IncidentBuilder builder;
    for (const Alert& alert : alertsFor(keyAttack(1, "svc", "111122223333", "203.0.113.44", 0s)))
        builder.add(alert);
    const Incident incident = builder.incidents().front();
    QVERIFY(!incident.links.empty());
    for (const IncidentLink& link : incident.links) {
        QVERIFY(!link.reason.code.empty());
        QVERIFY(!link.events.empty());
        QVERIFY(link.weight > 0 && link.weight <= 1);
        QVERIFY(incident.member(link.from) && incident.member(link.to));
    }
}

void TestIncidentBuilder::lookingAroundIsNoMisuse()
{
    IncidentBuilder builder;
    const Event look = EventBuilder(1, "iam:ListUsers", 0s).by(user("svc")).with(key("AKIA1"));
    builder.add(alertOn(1, {look}, Severity::Medium, "discovery", "T1087"));
    QVERIFY(!builder.incidents().front().member(user("svc"))->isMisused);
    Alert rare = alertOn(2, {look}, Severity::Medium, "discovery", "T1580");
    rare.rarity = 0.01;
    builder.add(rare);
    QVERIFY(builder.incidents().front().member(user("svc"))->isMisused);
    Alert minor = alertOn(3, {EventBuilder(3, "iam:CreateUser", 9s).by(user("x")).from("")}, Severity::Low,
                          "persistence", "T1136");
    builder.add(minor);
    QVERIFY(!builder.incidents().back().member(user("x"))->isMisused);
}

void TestIncidentBuilder::riskIsTheSumOfItsParts()
{
    IncidentBuilder builder;
    for (const Alert& alert : alertsFor(keyAttack(1, "svc", "111122223333", "203.0.113.44", 0s)))
        builder.add(alert);
    for (int i = 0; i < 12; ++i) {
        const Event act = EventBuilder(100 + i, "x:Act" + std::to_string(i), 700s + i * 1s).by(user("svc"));
        builder.add(alertOn(100 + i, {act}, Severity::Critical, "impact", "T1485"));
    }
    const Incident incident = builder.incidents().front();
    int sum = 0;
    for (const RiskPart& part : incident.riskParts)
        sum += part.points;
    QCOMPARE(incident.risk, sum);
    QCOMPARE(incident.risk, 100);
    QVERIFY(incident.severity == Severity::Critical);
}

void TestIncidentBuilder::attemptsCountLessThanSuccesses()
{
    const auto riskOf = [](bool isRefused) {
        EventBuilder stop(1, "cloudtrail:StopLogging", 0s);
        stop.by(user("svc")).on(trail("t"), "stopped");
        if (isRefused)
            stop.refused("AccessDenied");
        IncidentBuilder builder;
        builder.add(alertOn(1, {stop}, Severity::High, "defense-evasion", "T1562.008"));
        return builder.incidents().front();
    };
    QVERIFY(riskOf(true).risk < riskOf(false).risk);
    QCOMPARE(riskOf(true).title.code, std::string("incident.title.logging_impaired_tried"));
    QCOMPARE(riskOf(false).title.code, std::string("incident.title.logging_impaired"));
}

/// The story says of it that the record names nobody; so does the title.
void TestIncidentBuilder::aTitleAboutAnActOfNobodyNamesNobody()
{
    IncidentBuilder builder;
    const Event signIn = EventBuilder(1, "iam:CreateUser", 0s).by(user("svc")).on(user("made"), "created");
    const Event stop = EventBuilder(2, "cloudtrail:StopLogging", 5s).on(user("made"), "stopped");
    builder.add(alertOn(1, {signIn}, Severity::Medium, "persistence", "T1136"));
    builder.add(alertOn(2, {stop}, Severity::Critical, "defense-evasion", "T1562.008"));
    const Incident incident = builder.incidents().front();
    QCOMPARE(incident.alerts.size(), 2U);
    QCOMPARE(incident.title.code, std::string("incident.title.nobody"));
}

void TestIncidentBuilder::hostileNamesStayBounded()
{
    IncidentBuilder builder;
    EntityRef hostile = user("x");
    hostile.name = std::string(100'000, 'A') + "\xE2\x80\xAE{name}\n";
    const Event act = EventBuilder(1, "iam:CreateUser", 0s).by(hostile).with(key(std::string("\xFF\x00\x1B[2J", 6)));
    Alert alert = alertOn(1, {act}, Severity::High, "persistence", "T1136");
    alert.rule.title = std::string(10'000, 'B');
    builder.add(alert);
    const Incident incident = builder.incidents().front();
    for (const IncidentMember& member : incident.members) {
        for (const Text& why : member.why) {
            for (const auto& [name, value] : why.args)
                QVERIFY(value.size() < 200 && value.find('\x1B') == std::string::npos);
        }
    }
    QVERIFY(incident.title.args.at("name").size() < 200);
    // An id that no provider gives is nobody's identity.
    EntityRef huge{EntityKind::Account, std::string(5'000, 'z'), "human", ""};
    for (int i = 2; i <= 3; ++i)
        builder.add(alertOn(i, {EventBuilder(i, "a:b", i * 1s).by(huge).from("")}, Severity::High, "impact", "T1485"));
    QCOMPARE(builder.incidents().size(), std::size_t{3});
}

void TestIncidentBuilder::tacticsComeInTheOrderOfAnAttack()
{
    IncidentBuilder builder;
    const auto add = [&builder](std::int64_t id, const std::string& tactic, const std::string& technique) {
        const Event act = EventBuilder(id, "x:Act" + std::to_string(id), id * 10s).by(user("svc"));
        builder.add(alertOn(id, {act}, Severity::Medium, tactic, technique));
    };
    add(1, "impact", "T1485");
    add(2, "credential_access", "T1555");
    add(3, "initial-access", "T1078.004");
    add(4, "credential-access", "T1552");
    const Incident incident = builder.incidents().front();
    QCOMPARE(incident.tactics, (std::vector<std::string>{"initial-access", "credential-access", "impact"}));
    QCOMPARE(incident.techniques, (std::vector<std::string>{"T1078.004", "T1552", "T1555", "T1485"}));
}

void TestIncidentBuilder::anAlertThatGrewIsCountedOnce()
{
    IncidentBuilder builder;
    const Event first = EventBuilder(1, "iam:ListUsers", 0s).by(user("svc"));
    const Event second = EventBuilder(2, "iam:ListUsers", 60s).by(user("svc"));
    builder.add(alertOn(1, {first}, Severity::Medium, "discovery", "T1087"));
    QCOMPARE(builder.add(alertOn(1, {first, second}, Severity::Medium, "discovery", "T1087")).kind, Kind::Grown);
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents.front().alerts.size(), std::size_t{1});
    QCOMPARE(incidents.front().lastSeen, noon + 60s);
}

void TestIncidentBuilder::aFloodOfAlertsIsOneIncident()
{
    IncidentBuilder builder;
    const Event pattern = EventBuilder(1, "iam:ListUsers", 0s).by(user("loud")).with(key("AKIALOUD"));
    Alert alert = alertOn(1, {pattern}, Severity::Low, "discovery", "T1087");
    const auto quiet = alertsFor(keyAttack(200'001, "quiet", "111122223333", "192.0.2.1", 20s));
    for (int i = 0; i < 50'000; ++i) {
        alert.id = {i + 1};
        alert.events = {{i + 1}};
        alert.first = alert.last = noon + std::chrono::milliseconds(i);
        alert.entities.back().entity.id = "203.0.113." + std::to_string(i % 200);
        builder.add(alert);
    }
    for (Alert one : quiet) {
        builder.add(one);
    }
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{2});
    QCOMPARE(incidents[0].alerts.size(), std::size_t{50'000});
    QCOMPARE(incidents[1].alerts.size(), std::size_t{3});
    QVERIFY(incidents[1].risk > incidents[0].risk);
}

void TestIncidentBuilder::aMissingIncidentIsNotFound()
{
    const IncidentBuilder builder;
    const auto missing = builder.incident({7});
    QVERIFY(!missing);
    QVERIFY(missing.error().code == ErrorCode::NotFound);
    QVERIFY(!builder.incidentOf({7}));
}

QTEST_GUILESS_MAIN(TestIncidentBuilder)
#include "tst_incident_builder.moc"
