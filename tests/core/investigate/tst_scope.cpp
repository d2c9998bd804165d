#include "core/investigate/scope.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::investigate;
using namespace cordon::test;
using namespace std::chrono_literals;

class TestScope : public QObject
{
    Q_OBJECT

private slots:
    void lastUsedVerifies_data();
    void lastUsedVerifies();
    void existenceAloneVerifiesNothing();
    void whatIsNotMisusedIsNeverVerified();
    void anAddressIsNeverVerified();
    void theProvidersRecordOfTheMakingVerifies_data();
    void theProvidersRecordOfTheMakingVerifies();
    void aSimulatedAnswerIsMarkedSo();
    void askingAgainReplacesTheAnswerAndKeepsOtherReasons();
    void membersThatWereNotAskedAboutKeepTheirs();
    void anUnrelatedProductsFindingVerifiesWhatTheLogShows_data();
    void anUnrelatedProductsFindingVerifiesWhatTheLogShows();
    void aFindingsOwnSpanDoesNotStretchTheTolerance_data();
    void aFindingsOwnSpanDoesNotStretchTheTolerance();
    void aMachineIsVerifiedByWhoHandedTheSessionOutAndNotByItsName();
};

namespace {

const EntityRef stolen = key("AKIASTOLEN");

Incident incidentWith(const IncidentMember& member)
{
    Incident incident;
    incident.id = {1};
    incident.members.push_back(member);
    return incident;
}

IncidentMember misused(const EntityRef& entity)
{
    IncidentMember member;
    member.entity = entity;
    member.isMisused = true;
    member.why = {{"member.acted", {}}};
    return member;
}

TargetFacts factsAbout(const EntityRef& entity)
{
    TargetFacts facts;
    facts.target = entity;
    facts.exists = true;
    return facts;
}

Event use(std::chrono::seconds when)
{
    Event event = EventBuilder(1, "iam:CreateAccessKey", when).by(user("svc")).with(stolen);
    event.region = "us-east-1";
    return event;
}

bool hasReason(const IncidentMember& member, const std::string& code)
{
    return std::any_of(member.why.begin(), member.why.end(), [&](const Text& why) { return why.code == code; });
}

} // namespace

/// A session's name in a log is what anybody may have called it: it verifies no machine.
void TestScope::aMachineIsVerifiedByWhoHandedTheSessionOutAndNotByItsName()
{
    const EntityRef machine{EntityKind::Workload, "i-0123456789abcdef0", "instance", "i-0123456789abcdef0"};
    for (const char* told : {"", "i-0fedcba9876543210", "i-0123456789abcdef0"}) {
        Incident incident = incidentWith(misused(stolen));
        incident.members.push_back(misused(machine));
        TargetFacts session = factsAbout(stolen);
        session.lastUsedAt = use(0s).time;
        if (*told)
            session.state["delivered_to"] = told;
        verifyScope(incident, {{stolen, session}, {machine, factsAbout(machine)}}, {use(0s)}, {});
        QVERIFY(incident.members[0].isVerified);
        QCOMPARE(incident.members[1].isVerified, machine.id == told);
    }
    // Nor does a session that nobody confirmed.
    Incident incident = incidentWith(misused(stolen));
    incident.members.push_back(misused(machine));
    TargetFacts session = factsAbout(stolen);
    session.state["delivered_to"] = machine.id;
    verifyScope(incident, {{stolen, session}, {machine, factsAbout(machine)}}, {use(0s)}, {});
    QVERIFY(!incident.members[1].isVerified);
}

void TestScope::lastUsedVerifies_data()
{
    QTest::addColumn<int>("secondsAfter");
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("region");
    QTest::addColumn<bool>("expected");
    QTest::newRow("same moment, same service") << 0 << "iam"
                                               << "" << true;
    QTest::newRow("letter case of the service") << 0 << "IAM"
                                                << "" << true;
    QTest::newRow("only the region agrees") << 0 << "s3"
                                            << "us-east-1" << false;
    QTest::newRow("neither service nor region agrees") << 0 << "s3"
                                                       << "eu-west-3" << false;
    QTest::newRow("the provider tells only the time") << 0 << ""
                                                      << "" << true;
    QTest::newRow("ten minutes later") << 600 << "iam"
                                       << "" << true;
    QTest::newRow("ten minutes and a second later") << 601 << "iam"
                                                    << "" << false;
    QTest::newRow("ten minutes earlier") << -600 << "iam"
                                         << "" << true;
    QTest::newRow("ten minutes and a second earlier") << -601 << "iam"
                                                      << "" << false;
}

void TestScope::lastUsedVerifies()
{
    QFETCH(int, secondsAfter);
    QFETCH(QString, service);
    QFETCH(QString, region);
    QFETCH(bool, expected);
    Incident incident = incidentWith(misused(stolen));
    TargetFacts facts = factsAbout(stolen);
    facts.lastUsedAt = noon + std::chrono::seconds(secondsAfter);
    facts.lastUsedService = service.toStdString();
    facts.lastUsedRegion = region.toStdString();
    verifyScope(incident, {{stolen, facts}}, {use(-3600s), use(0s)});
    QCOMPARE(incident.members[0].isVerified, expected);
    QCOMPARE(hasReason(incident.members[0], "scope.last_used_matches"), expected);
    QCOMPARE(hasReason(incident.members[0], "scope.not_confirmed"), !expected);
    QVERIFY(!incident.members[0].isVerifiedBySimulation);
}

void TestScope::existenceAloneVerifiesNothing()
{
    Incident incident = incidentWith(misused(stolen));
    verifyScope(incident, {{stolen, factsAbout(stolen)}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);
    TargetFacts gone = factsAbout(stolen);
    gone.exists = false;
    gone.lastUsedAt = noon;
    verifyScope(incident, {{stolen, gone}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);
    QVERIFY(hasReason(incident.members[0], "scope.not_there"));
}

void TestScope::whatIsNotMisusedIsNeverVerified()
{
    IncidentMember innocent = misused(stolen);
    innocent.isMisused = false;
    Incident incident = incidentWith(innocent);
    TargetFacts facts = factsAbout(stolen);
    facts.lastUsedAt = noon;
    verifyScope(incident, {{stolen, facts}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);

    // Marked misused, but no event shows it: a forged mark verifies nothing.
    incident = incidentWith(misused(key("AKIAOTHER")));
    facts.target = key("AKIAOTHER");
    verifyScope(incident, {{facts.target, facts}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);
}

void TestScope::anAddressIsNeverVerified()
{
    const EntityRef address{EntityKind::Address, "203.0.113.44", "ip", ""};
    Incident incident = incidentWith(misused(address));
    TargetFacts facts = factsAbout(address);
    facts.lastUsedAt = noon;
    facts.createdAt = noon;
    verifyScope(incident, {{address, facts}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);
}

void TestScope::theProvidersRecordOfTheMakingVerifies_data()
{
    QTest::addColumn<int>("secondsAfter");
    QTest::addColumn<QString>("maker");
    QTest::addColumn<bool>("isRefused");
    QTest::addColumn<QString>("misused");
    QTest::addColumn<bool>("expected");
    QTest::newRow("same moment") << 0 << "" << false << "maker" << true;
    QTest::newRow("five minutes") << 300 << "" << false << "maker" << true;
    QTest::newRow("five minutes and a second") << 301 << "" << false << "maker" << false;
    QTest::newRow("same maker") << 0 << "svc" << false << "maker" << true;
    QTest::newRow("another maker") << 0 << "dev-c" << false << "maker" << false;
    QTest::newRow("the call was refused") << 0 << "" << true << "maker" << false;
    QTest::newRow("made with a misused key") << 0 << "" << false << "key" << true;
    QTest::newRow("itself misused") << 0 << "" << false << "made" << true;
    QTest::newRow("by somebody who misuses nothing") << 0 << "" << false << "" << false; // who makes it as they always did
}

void TestScope::theProvidersRecordOfTheMakingVerifies()
{
    QFETCH(int, secondsAfter);
    QFETCH(QString, maker);
    QFETCH(bool, isRefused);
    QFETCH(QString, misused);
    QFETCH(bool, expected);
    const EntityRef made = key("AKIAMADE");
    IncidentMember member;
    member.entity = made;
    member.isMadeByIncident = true;
    member.isMisused = misused == "made";
    Incident incident = incidentWith(member);
    if (misused == "maker" || misused == "key")
        incident.members.push_back(::misused(misused == "maker" ? user("svc") : stolen));
    EventBuilder making(1, "iam:CreateAccessKey", 0s);
    making.by(user("svc")).with(stolen).on(made, "created");
    if (isRefused)
        making.refused("AccessDenied");
    TargetFacts facts = factsAbout(made);
    facts.createdAt = noon + std::chrono::seconds(secondsAfter);
    if (!maker.isEmpty())
        facts.createdBy = user(maker.toStdString());
    verifyScope(incident, {{made, facts}}, {making});
    QCOMPARE(incident.members[0].isVerified, expected);
    QCOMPARE(hasReason(incident.members[0], "scope.created_matches"), expected);
}

void TestScope::aSimulatedAnswerIsMarkedSo()
{
    Incident incident = incidentWith(misused(stolen));
    TargetFacts facts = factsAbout(stolen);
    facts.lastUsedAt = noon;
    facts.isSimulated = true;
    verifyScope(incident, {{stolen, facts}}, {use(0s)});
    QVERIFY(incident.members[0].isVerified);
    QVERIFY(incident.members[0].isVerifiedBySimulation);
    QVERIFY(hasReason(incident.members[0], "scope.simulated"));
}

void TestScope::askingAgainReplacesTheAnswerAndKeepsOtherReasons()
{
    Incident incident = incidentWith(misused(stolen));
    TargetFacts facts = factsAbout(stolen);
    facts.lastUsedAt = noon;
    verifyScope(incident, {{stolen, facts}}, {use(0s)});
    verifyScope(incident, {{stolen, facts}}, {use(0s)});
    QCOMPARE(incident.members[0].why.size(), std::size_t{2});
    facts.lastUsedAt = noon + 24h;
    verifyScope(incident, {{stolen, facts}}, {use(0s)});
    QVERIFY(!incident.members[0].isVerified);
    QVERIFY(hasReason(incident.members[0], "member.acted"));
    QVERIFY(!hasReason(incident.members[0], "scope.last_used_matches"));
}

void TestScope::membersThatWereNotAskedAboutKeepTheirs()
{
    IncidentMember member = misused(stolen);
    member.isVerified = true;
    Incident incident = incidentWith(member);
    verifyScope(incident, {}, {use(0s)});
    QVERIFY(incident.members[0].isVerified);
}

void TestScope::anUnrelatedProductsFindingVerifiesWhatTheLogShows_data()
{
    QTest::addColumn<int>("secondsAfter"); ///< the log's event
    QTest::addColumn<bool>("namesIt");
    QTest::addColumn<bool>("isInLog");
    QTest::addColumn<bool>("exists");
    QTest::addColumn<bool>("expected");
    QTest::newRow("the same time") << 0 << true << true << true << true;
    QTest::newRow("ten minutes before it begins") << -600 << true << true << true << true;
    QTest::newRow("a second earlier still") << -601 << true << true << true << false;
    QTest::newRow("ten minutes after it ended") << 660 << true << true << true << true;
    QTest::newRow("a second later still") << 661 << true << true << true << false;
    QTest::newRow("it names somebody else") << 0 << false << true << true << false;
    QTest::newRow("no log shows it: the finding alone") << 0 << true << false << true << false;
    QTest::newRow("the provider does not know it") << 0 << true << true << false << false;
}

void TestScope::anUnrelatedProductsFindingVerifiesWhatTheLogShows()
{
    QFETCH(int, secondsAfter);
    QFETCH(bool, namesIt);
    QFETCH(bool, isInLog);
    QFETCH(bool, exists);
    QFETCH(bool, expected);
    Incident incident = incidentWith(misused(stolen));
    TargetFacts facts = factsAbout(stolen);
    facts.exists = exists;
    const IndependentFinding finding{"Watch", {namesIt ? stolen : key("AKIAOTHER")}, noon, noon + 60s};
    std::vector<Event> events;
    if (isInLog)
        events.push_back(use(std::chrono::seconds(secondsAfter)));
    verifyScope(incident, {{stolen, facts}}, events, {finding});
    QCOMPARE(incident.members[0].isVerified, expected);
    QCOMPARE(hasReason(incident.members[0], "scope.finding_agrees"), expected);
}

void TestScope::aFindingsOwnSpanDoesNotStretchTheTolerance_data()
{
    QTest::addColumn<int>("before"); ///< seconds from the finding's begin to the act
    QTest::addColumn<int>("after");  ///< seconds from the act to the finding's end
    QTest::addColumn<bool>("expected");
    const int day = 24 * 60 * 60;
    QTest::newRow("at the begin of a day") << 600 << day - 600 << true;
    QTest::newRow("at the end of a day") << day - 600 << 600 << true;
    QTest::newRow("between") << 601 << day - 601 << false;
    QTest::newRow("at the end of more than a day") << day + 1 << 0 << false;
    QTest::newRow("at the begin of more than a day") << 0 << day + 1 << false;
    QTest::newRow("decades") << 1700000000 << 0 << false;
    QTest::newRow("it ends before it begins") << -60 << -60 << false;
}

void TestScope::aFindingsOwnSpanDoesNotStretchTheTolerance()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(bool, expected);
    Incident incident = incidentWith(misused(stolen));
    const IndependentFinding finding{
        "Watch", {stolen}, noon - std::chrono::seconds(before), noon + std::chrono::seconds(after)};
    TargetFacts facts = factsAbout(stolen);
    facts.exists = true;
    verifyScope(incident, {{stolen, facts}}, {use(0s)}, {finding});
    QCOMPARE(incident.members[0].isVerified, expected);
}

QTEST_GUILESS_MAIN(TestScope)
#include "tst_scope.moc"
