#include "core/correlate/incident_builder.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

#include <algorithm>

using namespace cordon;
using namespace cordon::correlate;
using namespace cordon::test;
using namespace std::chrono_literals;

/// An intruder who borrows names or hands out rights draws nobody else's work into the incident.
class TestIncidentInnocents : public QObject
{
    Q_OBJECT

private slots:
    void aSessionNameThatTwoPeopleChoseTiesNeither_data();
    void aSessionNameThatTwoPeopleChoseTiesNeither();
    void whoeverIsGivenRightsAndGoesOnAsBeforeStaysApart_data();
    void whoeverIsGivenRightsAndGoesOnAsBeforeStaysApart();
};

void TestIncidentInnocents::aSessionNameThatTwoPeopleChoseTiesNeither_data()
{
    QTest::addColumn<bool>("isOther"); // whether another person opens the second session of the name
    QTest::addColumn<bool>("isChained");
    QTest::addColumn<bool>("isLate"); // whether the openings are read after the deeds
    for (const bool isChained : {false, true}) {
        for (const bool isLate : {false, true}) {
            const std::string how = std::string(isChained ? " through roles" : "") + (isLate ? ", read late" : "");
            QTest::newRow(("two people" + how).c_str()) << true << isChained << isLate;
            QTest::newRow(("one person" + how).c_str()) << false << isChained << isLate;
        }
    }
}

void TestIncidentInnocents::aSessionNameThatTwoPeopleChoseTiesNeither()
{
    QFETCH(bool, isOther);
    QFETCH(bool, isChained);
    QFETCH(bool, isLate);
    const EntityRef named = session("arn:aws:sts::111122223333:assumed-role/deploy/ci");
    const auto open = [&](std::int64_t id, const EntityRef& who, const std::string& keyId) {
        EventBuilder event(id, "sts:AssumeRole", id * 60s);
        const EntityRef chained = session("ASIA" + who.name);
        return Event((isChained ? event.by(role("base")).with(chained) : event.by(who).with(key("AKIA" + who.name)))
                         .on(role("deploy"), "assumed")
                         .on(session(keyId), "created")
                         .on(named, "created"));
    };
    const auto act = [&](std::int64_t id, const std::string& action, const std::string& keyId) {
        return Event(EventBuilder(id, action, id * 60s)
                         .by(role("deploy"))
                         .with(session(keyId))
                         .on(named, "used")
                         .from(keyId == "ASIAONE" ? "192.0.2.1" : "203.0.113.9"));
    };
    const EntityRef second = isOther ? user("mallory") : user("jane");
    std::vector<Event> openings{open(1, user("jane"), "ASIAONE"), open(2, second, "ASIATWO")};
    for (const EntityRef& who : {user("jane"), second}) {
        if (isChained)
            openings.push_back(EventBuilder(who == second ? 4 : 3, "sts:AssumeRole", 10s)
                                   .by(who)
                                   .with(key("AKIA" + who.name))
                                   .on(role("base"), "assumed")
                                   .on(session("ASIA" + who.name), "created"));
    }
    const std::vector<Event> deeds{act(10, "iam:CreateAccessKey", "ASIAONE"), act(20, "s3:DeleteBucket", "ASIATWO"),
                                   act(21, "cloudtrail:StopLogging", "ASIATWO")};
    IncidentBuilder builder;
    const auto readOpenings = [&] {
        for (const Event& opening : openings)
            builder.observe(opening);
    };
    if (!isLate)
        readOpenings();
    for (const Event& deed : deeds) {
        builder.observe(deed);
        builder.add(alertOn(deed.id.value, {deed}, Severity::High, "impact", "T1485"));
    }
    if (isLate)
        readOpenings();
    builder.add(alertOn(99, {EventBuilder(99, "iam:ListUsers", 24h * 30).by(user("nobody-else"))}, Severity::Low,
                        "discovery", "T1087"));
    std::vector<Incident> incidents = builder.incidents();
    const auto isOf = [&](const std::string& keyId) {
        return std::find_if(incidents.begin(), incidents.end(),
                            [&](const Incident& incident) { return incident.member(session(keyId)) != nullptr; });
    };
    QCOMPARE(incidents.size(), isOther ? std::size_t{3} : std::size_t{2}); // with that of nobody else
    const auto theirs = isOf("ASIATWO");
    QVERIFY(theirs != incidents.end());
    QCOMPARE(theirs->alerts.size(), isOther ? std::size_t{2} : std::size_t{3});
    QVERIFY(theirs->member(session("ASIATWO"))->isMisused);
    QCOMPARE(theirs->member(named) && theirs->member(named)->isMisused, !isOther);
    QCOMPARE(isOf("ASIAONE") == theirs, !isOther);
    QCOMPARE(theirs->member(openings.front().via.value()) != nullptr, !isOther);
}

void TestIncidentInnocents::whoeverIsGivenRightsAndGoesOnAsBeforeStaysApart_data()
{
    QTest::addColumn<QString>("address"); // from where the one who was given rights acts then
    QTest::addColumn<bool>("isLate");     // whether what came before is read last
    QTest::addColumn<bool>("isOne");
    for (const bool isLate : {false, true}) {
        const std::string how = isLate ? ", read late" : "";
        QTest::newRow(("from where they always are" + how).c_str()) << "192.0.2.10" << isLate << false;
        QTest::newRow(("from where the giver is" + how).c_str()) << "198.51.100.7" << isLate << true;
        QTest::newRow(("from a place that is new to them" + how).c_str()) << "203.0.113.5" << isLate << true;
    }
}

void TestIncidentInnocents::whoeverIsGivenRightsAndGoesOnAsBeforeStaysApart()
{
    QFETCH(QString, address);
    QFETCH(bool, isLate);
    QFETCH(bool, isOne);
    const EntityRef tim = user("tim");
    const EntityRef giver = user("ops");
    const EntityRef policy{EntityKind::Policy, "arn:aws:iam::111122223333:policy/full", "", "full"};
    const auto makeKey = [&](std::int64_t id, std::chrono::seconds when, const std::string& from) {
        return Event(EventBuilder(id, "iam:CreateAccessKey", when)
                         .by(tim)
                         .with(key("AKIATIM"))
                         .on(key("AKIABOT" + std::to_string(id)), "created")
                         .on(user("bot-" + std::to_string(id)), "granted")
                         .from(from));
    };
    std::vector<Event> before;
    for (int day = 0; day < 3; ++day)
        before.push_back(makeKey(1 + day, day * 24h, "192.0.2.10"));
    const Event given = EventBuilder(10, "iam:AttachUserPolicy", 72h)
                            .by(giver)
                            .with(key("AKIAOPS"))
                            .on(policy, "attached")
                            .on(tim, "granted")
                            .from("198.51.100.7");
    const Event after = makeKey(20, 72h + 2min, address.toStdString());
    std::vector<Event> events = before;
    events.insert(isLate ? events.begin() : events.end(), {given, after});
    IncidentBuilder builder;
    for (const Event& event : events) {
        builder.observe(event);
        builder.add(alertOn(event.id.value, {event}, Severity::Medium, "persistence", "T1098"));
    }
    (void)builder.add(alertOn(99, {EventBuilder(99, "iam:ListUsers", 24h * 60).by(user("nobody-else"))}, Severity::Low,
                              "discovery", "T1087"));
    const std::vector<Incident> incidents = builder.incidents();
    const auto ofGiver = std::find_if(incidents.begin(), incidents.end(), [&](const Incident& incident) {
        const IncidentMember* member = incident.member(giver);
        return member && member->isMisused;
    });
    QVERIFY(ofGiver != incidents.end());
    QVERIFY(ofGiver->member(tim)); // it was given rights, whatever it did
    QCOMPARE(ofGiver->member(tim)->isMisused, isOne);
    QCOMPARE(ofGiver->alerts.size(), isOne ? std::size_t{2} : std::size_t{1}); // what came before is theirs in any case
}

QTEST_APPLESS_MAIN(TestIncidentInnocents)
#include "tst_incident_innocents.moc"
