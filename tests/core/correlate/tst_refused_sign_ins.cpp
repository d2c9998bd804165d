#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

EntityRef person(int number)
{
    const std::string name = "user" + std::to_string(number) + "@corp.example";
    return {EntityKind::Account, name, "human", name};
}

/// One try at each of the accounts, from one address.
std::vector<Event> spray(int accounts, const std::string& address)
{
    std::vector<Event> tries;
    for (int i = 0; i < accounts; ++i)
        tries.push_back(EventBuilder(100 + i, "user.session.start", std::chrono::seconds(i)).by(person(i)).from(address).turnedAway());
    return tries;
}

/// What somebody did with a session, once in.
Event deed(std::int64_t id, const EntityRef& who, const std::string& address, std::chrono::seconds when)
{
    return EventBuilder(id, "system.api_token.create", when)
        .by(who)
        .with(session("s" + std::to_string(id)))
        .on(key("token" + std::to_string(id)), "created")
        .on(who, "granted")
        .from(address);
}

IncidentBuilder built(const std::vector<std::vector<Event>>& alerts)
{
    IncidentBuilder builder;
    for (const std::vector<Event>& events : alerts) {
        for (const Event& event : events)
            builder.observe(event);
        const bool isTry = isRefusedSignIn(events.back());
        builder.add(alertOn(events.front().id.value, events, Severity::High, isTry ? "credential-access" : "persistence",
                            isTry ? "T1110.003" : "T1098.001"));
    }
    return builder;
}

bool hasReason(const IncidentMember& member, const std::string& code)
{
    return std::any_of(member.why.begin(), member.why.end(), [&](const Text& why) { return why.code == code; });
}

} // namespace

/// An account in whose name a sign-in was refused was tried; it did nothing and nothing was done with it.
class TestRefusedSignIns : public QObject
{
    Q_OBJECT
private slots:
    void whoWasTriedIsNoIntruder();
    void whoGotInIs();
    void triesTieNobodyToWhatOthersDo();
    void triesAtOneAccountAreTiedToWhatItDoesNext();
    void nobodyStandsBehindATry();
    void aDeniedCallIsMisuseStill();
    void tellsFromWhereWhomSomebodyTriedToBe();
    void anAlertMayHoldTriesAndTheSignInThatWorked();
};

void TestRefusedSignIns::whoWasTriedIsNoIntruder()
{
    const auto incidents = built({spray(20, "203.0.113.66")}).incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    const Incident& incident = incidents.front();
    for (int i = 0; i < 20; ++i) {
        const IncidentMember* member = incident.member(person(i));
        QVERIFY(member);
        QVERIFY(!member->isMisused);
        QVERIFY(member->role == EntityRole::Other);
        QVERIFY(hasReason(*member, "member.sign_in_refused"));
        QVERIFY(!hasReason(*member, "member.acted"));
    }
    QCOMPARE(incident.title.code, std::string("incident.title.nobody"));
}

void TestRefusedSignIns::whoGotInIs()
{
    const auto incidents = built({spray(20, "203.0.113.66"), {deed(1, person(7), "203.0.113.66", 10min)}}).incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    const Incident& incident = incidents.front();
    for (int i = 0; i < 20; ++i)
        QCOMPARE(incident.member(person(i))->isMisused, i == 7);
    QVERIFY(incident.member(person(7))->role == EntityRole::Attacker);
    QCOMPARE(incident.title.args.at("name"), person(7).name);
}

/// Whoever tries everybody must not make everybody's next alert one incident.
void TestRefusedSignIns::triesTieNobodyToWhatOthersDo()
{
    std::vector<std::vector<Event>> alerts{spray(20, "203.0.113.66")};
    for (int i = 0; i < 5; ++i)
        alerts.push_back({deed(i + 1, person(i), "192.0.2." + std::to_string(i), 10min + std::chrono::minutes(i))});
    QCOMPARE(built(alerts).incidents().size(), std::size_t{6});
}

void TestRefusedSignIns::triesAtOneAccountAreTiedToWhatItDoesNext()
{
    std::vector<Event> tries;
    for (int i = 0; i < 9; ++i)
        tries.push_back(EventBuilder(100 + i, "user.session.start", std::chrono::seconds(i)).by(person(1)).from("203.0.113.66").turnedAway());
    QCOMPARE(built({tries, {deed(1, person(1), "198.51.100.9", 5min)}}).incidents().size(), std::size_t{1});
}

/// Whoever made an account did not try to sign in as it.
void TestRefusedSignIns::nobodyStandsBehindATry()
{
    IncidentBuilder builder;
    builder.observe(EventBuilder(50, "user.lifecycle.create", -1h).by(person(9)).on(person(0), "created").from("192.0.2.9"));
    for (const std::vector<Event>& events : {spray(1, "203.0.113.66"), std::vector<Event>{deed(1, person(9), "192.0.2.9", 10min)}}) {
        for (const Event& event : events)
            builder.observe(event);
        builder.add(alertOn(events.front().id.value, events, Severity::High, "persistence", "T1098.001"));
    }
    QCOMPARE(builder.incidents().size(), std::size_t{2});
}

void TestRefusedSignIns::aDeniedCallIsMisuseStill()
{
    const Event denied = EventBuilder(1, "iam:CreateUser", 0s).by(user("svc")).with(key("AKIA1")).on(user("new"), "created").refused("AccessDenied");
    const Incident incident = built({{denied}}).incidents().front();
    QVERIFY(incident.member(user("svc"))->isMisused);
    QVERIFY(incident.member(key("AKIA1"))->isMisused);
    // What was aimed at in vain is nobody's victim.
    const IncidentMember* aimed = incident.member(user("new"));
    QVERIFY(aimed->role == EntityRole::Other);
    QVERIFY(hasReason(*aimed, "member.tried_on"));
    QVERIFY(!aimed->isMadeByIncident);
}

void TestRefusedSignIns::tellsFromWhereWhomSomebodyTriedToBe()
{
    const Incident incident = built({spray(3, "203.0.113.66")}).incidents().front();
    QCOMPARE(incident.links.size(), std::size_t{3});
    for (const IncidentLink& link : incident.links) {
        QCOMPARE(link.reason.code, std::string("link.sign_in_refused"));
        QCOMPARE(link.from.id, std::string("203.0.113.66"));
    }
}

void TestRefusedSignIns::anAlertMayHoldTriesAndTheSignInThatWorked()
{
    std::vector<Event> events = spray(3, "203.0.113.66");
    events.push_back(EventBuilder(200, "user.session.start", 1min).by(person(1)).with(session("s1")).from("203.0.113.66"));
    const Incident incident = built({events}).incidents().front();
    QVERIFY(incident.member(person(1))->isMisused);
    QVERIFY(incident.member(session("s1"))->isMisused);
    QVERIFY(!incident.member(person(0))->isMisused);
    QVERIFY(!incident.member(person(2))->isMisused);
    QCOMPARE(incident.title.args.at("name"), person(1).name);
}

QTEST_GUILESS_MAIN(TestRefusedSignIns)
#include "tst_refused_sign_ins.moc"
