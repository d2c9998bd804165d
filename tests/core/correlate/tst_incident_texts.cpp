#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

EntityRef policy(const std::string& name)
{
    return {EntityKind::Policy, "arn:aws:iam::aws:policy/" + name, "", name};
}

Event newKey(std::int64_t id, const std::string& by, const std::string& forWhom, std::chrono::seconds when)
{
    return EventBuilder(id, "iam:CreateAccessKey", when)
        .by(user(by))
        .with(key("AKIA" + by))
        .on(key("AKIANEW" + std::to_string(id)), "created")
        .on(user(forWhom), "granted");
}

Event attached(std::int64_t id, const std::string& what, const std::string& to, std::chrono::seconds when)
{
    return EventBuilder(id, "iam:AttachUserPolicy", when).by(user("ops")).with(key("AKIAops")).on(policy(what), "attached").on(user(to), "granted");
}

Alert keyAlert(std::int64_t id, const std::vector<Event>& events)
{
    return alertOn(id, events, Severity::Medium, "persistence", "T1098.001");
}

/// `from>to` of the links with that code.
std::set<std::string> tied(const Incident& incident, const std::string& code)
{
    std::set<std::string> ties;
    for (const IncidentLink& link : incident.links) {
        if (link.reason.code == code)
            ties.insert(link.from.name + ">" + link.to.name);
    }
    return ties;
}

using Ties = std::set<std::string>;

} // namespace

/// What an incident says of who did what to whom is what its records say.
class TestIncidentTexts : public QObject
{
    Q_OBJECT
private slots:
    void theTitleNamesWhoMadeTheKeyThatWasUsed();
    void theTitleNamesTheDoerOfItsAct();
    void ofSeveralDoersTheTitleNamesOneOfThem();
    void eachKeyIsTiedToItsOwnHolder();
    void whatIsNotToldIsNotTied();
};

/// The account whose key it is did more than who made it.
void TestIncidentTexts::theTitleNamesWhoMadeTheKeyThatWasUsed()
{
    IncidentBuilder builder;
    builder.add(keyAlert(1, {newKey(1, "dev", "svc", 0s)}));
    for (int i = 2; i < 6; ++i) {
        const Event use = EventBuilder(i, "cloudtrail:StopLogging", std::chrono::minutes(i)).by(user("svc")).with(key("AKIANEW1")).on(trail("main"), "stopped");
        builder.add(alertOn(i, {use}, Severity::Medium, "defense-evasion", "T1562.008"));
    }
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents.front().title.code, std::string("incident.title.key_created_used"));
    QCOMPARE(incidents.front().title.args.at("name"), std::string("dev"));
    QCOMPARE(incidents.front().title.args.at("key"), std::string("AKIANEW1"));
}

void TestIncidentTexts::theTitleNamesTheDoerOfItsAct()
{
    IncidentBuilder builder;
    const EntityRef hlp = user("hlp");
    for (int i = 1; i < 6; ++i) {
        const Event made = EventBuilder(i, "iam:CreateLoginProfile", std::chrono::minutes(i)).by(user("ops")).with(key("AKIAops")).on(hlp, "granted");
        builder.add(alertOn(i, {made}, Severity::Medium, "persistence", "T1098"));
    }
    const Event stop = EventBuilder(9, "cloudtrail:StopLogging", 9min).by(hlp).with(session("ASIAhlp")).on(trail("main"), "stopped");
    builder.add(alertOn(9, {stop}, Severity::High, "defense-evasion", "T1562.008"));
    const auto incidents = builder.incidents();
    QCOMPARE(incidents.size(), std::size_t{1});
    QCOMPARE(incidents.front().title.code, std::string("incident.title.logging_impaired"));
    QCOMPARE(incidents.front().title.args.at("name"), std::string("hlp"));
}

void TestIncidentTexts::ofSeveralDoersTheTitleNamesOneOfThem()
{
    IncidentBuilder builder;
    const Event one = EventBuilder(1, "cloudtrail:StopLogging", 1min).by(user("ann")).on(trail("main"), "stopped");
    const Event two = EventBuilder(2, "cloudtrail:StopLogging", 2min).by(user("ben")).on(trail("main"), "stopped");
    builder.add(alertOn(1, {one, two}, Severity::High, "defense-evasion", "T1562.008"));
    const Event more = EventBuilder(3, "cloudtrail:DeleteTrail", 3min).by(user("ben")).on(trail("main"), "deleted");
    builder.add(alertOn(3, {more}, Severity::Low, "defense-evasion", "T1562.008"));
    const Event other = EventBuilder(4, "iam:CreateUser", 4min).by(user("ben")).on(trail("main"), "updated");
    builder.add(alertOn(4, {other}, Severity::Low, "persistence", "T1136"));
    QCOMPARE(builder.incidents().front().title.code, std::string("incident.title.logging_impaired"));
    const std::string name = builder.incidents().front().title.args.at("name");
    QVERIFY(name == "ann" || name == "ben");
}

void TestIncidentTexts::eachKeyIsTiedToItsOwnHolder()
{
    IncidentBuilder builder;
    builder.add(keyAlert(1, {newKey(1, "ops", "ann", 0s), newKey(2, "ops", "ben", 1s), newKey(3, "ops", "cyd", 2s)}));
    const Incident incident = builder.incidents().front();
    QCOMPARE(tied(incident, "link.acts_for"), (Ties{"AKIANEW1>ann", "AKIANEW2>ben", "AKIANEW3>cyd"}));
    for (const IncidentLink& link : incident.links) {
        if (link.reason.code == "link.acts_for")
            QCOMPARE(link.events.size(), std::size_t{1});
    }
    // Several keys of one account are all its keys.
    IncidentBuilder one;
    one.add(keyAlert(1, {newKey(1, "ops", "ann", 0s), newKey(2, "ops", "ann", 1s)}));
    QCOMPARE(tied(one.incidents().front(), "link.acts_for"), (Ties{"AKIANEW1>ann", "AKIANEW2>ann"}));
    // One policy that several got was given to all of them.
    IncidentBuilder shared;
    shared.add(keyAlert(1, {attached(1, "Admin", "ann", 0s), attached(2, "Admin", "ben", 1s)}));
    QCOMPARE(tied(shared.incidents().front(), "link.grants"), (Ties{"Admin>ann", "Admin>ben"}));
}

/// Of three keys for two people an alert does not tell whose the third is.
void TestIncidentTexts::whatIsNotToldIsNotTied()
{
    IncidentBuilder builder;
    builder.add(keyAlert(1, {newKey(1, "ops", "ann", 0s), newKey(2, "ops", "ann", 1s), newKey(3, "ops", "ben", 2s)}));
    QCOMPARE(tied(builder.incidents().front(), "link.acts_for"), Ties{});
    IncidentBuilder policies;
    policies.add(keyAlert(1, {attached(1, "Admin", "ann", 0s), attached(2, "Read", "ben", 1s), attached(3, "Admin", "ben", 2s)}));
    QCOMPARE(tied(policies.incidents().front(), "link.grants"), Ties{});
}

QTEST_GUILESS_MAIN(TestIncidentTexts)
#include "tst_incident_texts.moc"
