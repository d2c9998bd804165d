#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef deploy = role("deploy");
const EntityRef opened = session("ASIADEPLOY");
const EntityRef svc = user("svc");

std::vector<Finding> findings(const Brief& brief, const std::string& code)
{
    std::vector<Finding> found;
    std::copy_if(brief.story.begin(), brief.story.end(), std::back_inserter(found), [&](const Finding& one) { return one.text.code == code; });
    return found;
}

Event newKey(std::int64_t id, const EntityRef& who, const EntityRef& with, std::chrono::seconds when)
{
    return EventBuilder(id, "iam:CreateAccessKey", when).by(who).with(with).on(key("AKIANEW" + std::to_string(id)), "created").on(svc, "granted").changingIdentity();
}

} // namespace

/// Who did what: the story names who stands behind a session, tells attempts from acts, and lays to the incident only what
/// was done since it had something of somebody.
class TestStoryDoers : public QObject
{
    Q_OBJECT
private slots:
    void whoOpenedTheSessionIsTold();
    void whatIsTriedInVainIsNoFurtherAct();
    void refusedSignInsAreOneSentence();
    void aPasswordIsNotCalledAfterItsAccount();
    void aPasswordThatIsChangedIsGivenAndNoRight();
    void aKeyOfAThingIsForTheThingAndNotForItsMaker();
    void whatSomebodyDidBeforeTheyWereGivenRightsIsNoAct();
};

void TestStoryDoers::whoOpenedTheSessionIsTold()
{
    Inquest inquest({EventBuilder(1, "sts:AssumeRole", -1h).by(ops).with(opsKey).on(deploy, "assumed").on(opened, "created"), newKey(2, deploy, opened, 0s)}, {2});
    inquest.suspect(deploy).suspect(opened);
    IncidentMember behind;
    behind.entity = ops;
    behind.events = {{1}};
    behind.why = {{"member.stood_behind", {{"made", "ASIADEPLOY"}}}};
    inquest.incident.members.push_back(behind);
    behind.entity = opsKey; // stands behind it by the same event
    inquest.incident.members.push_back(behind);
    const auto told = findings(inquest.brief(), "story.session_opened");
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().text.args.at("actor"), std::string("ops"));
    QCOMPARE(told.front().text.args.at("via"), std::string("AKIAOPS"));
    QCOMPARE(told.front().text.args.at("session"), std::string("ASIADEPLOY"));
    QCOMPARE(told.front().text.args.at("what"), std::string("deploy"));
    QVERIFY(told.front().cites == std::vector<EventId>{{1}});
    // Who made the key long ago opened no session.
    Inquest other({EventBuilder(1, "iam:CreateAccessKey", -1h).by(ops).with(opsKey).on(key("AKIAOLD"), "created").on(svc, "granted"), newKey(2, svc, key("AKIAOLD"), 0s)}, {2});
    other.suspect(svc).suspect(key("AKIAOLD"));
    behind.why = {{"member.stood_behind", {{"made", "AKIAOLD"}}}};
    other.incident.members.push_back(behind);
    QVERIFY(findings(other.brief(), "story.session_opened").empty());
}

void TestStoryDoers::aPasswordThatIsChangedIsGivenAndNoRight()
{
    const EntityRef password{EntityKind::Credential, "svc/password", "password", "svc"};
    Inquest inquest({EventBuilder(1, "iam:UpdateLoginProfile", 0s).by(ops).with(opsKey).on(password, "updated").on(svc, "granted").changingIdentity()}, {1});
    inquest.suspect(ops);
    QVERIFY(findings(inquest.brief(), "story.rights_given").empty());
    const auto told = findings(inquest.brief(), "story.password_set");
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().text.args.at("subject"), std::string("svc"));
}

void TestStoryDoers::aKeyOfAThingIsForTheThingAndNotForItsMaker()
{
    for (const char* relation : {"updated", "granted"}) {
        const EntityRef app{EntityKind::Application, "app-1", "", "Reports"};
        Inquest inquest({EventBuilder(1, "directory:AddKey", 0s).by(ops).on(key("k-1"), "created").on(app, relation).changingIdentity()}, {1});
        inquest.suspect(ops);
        const auto told = findings(inquest.brief(), "story.key_made");
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told.front().text.args.at("subject"), std::string("Reports"));
    }
}

void TestStoryDoers::whatIsTriedInVainIsNoFurtherAct()
{
    const std::vector<std::string> calls{"a:One", "a:Two", "a:Three", "a:Four", "a:Five", "a:Six", "a:Seven", "a:Eight"};
    std::vector<Event> events;
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 10; ++i) {
        EventBuilder event(i + 1, i < 8 ? calls[static_cast<std::size_t>(i)] : "a:Denied" + std::to_string(i), i * 1s);
        event.by(ops).with(opsKey);
        events.push_back(i < 8 ? event : event.refused("AccessDenied"));
        ids.push_back(i + 1);
    }
    Inquest inquest(events, ids);
    inquest.suspect(ops).suspect(opsKey);
    const Brief brief = inquest.brief();
    const auto tried = findings(brief, "story.more_tried");
    QCOMPARE(tried.size(), std::size_t{1});
    QCOMPARE(tried.front().text.args.at("n"), std::string("2"));
    QCOMPARE(findings(brief, "story.more").front().text.args.at("n"), std::string("2"));
}

void TestStoryDoers::refusedSignInsAreOneSentence()
{
    std::vector<Event> events;
    for (int i = 0; i < 12; ++i)
        events.push_back(EventBuilder(i + 1, "user.session.start", i * 1s).by(user("u" + std::to_string(i % 6))).from("203.0.113.66").turnedAway());
    Inquest inquest(events, {});
    inquest.alerts.push_back(alertOn(1, events, Severity::High, "credential-access", "T1110.003"));
    inquest.incident.alerts = {{1}};
    inquest.incident.firstSeen = events.front().time;
    inquest.incident.lastSeen = events.back().time;
    const Brief brief = inquest.brief();
    QCOMPARE(brief.story.front().text.code, std::string("story.begins_refused"));
    const auto told = findings(brief, "story.sign_in_refused");
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().text.args.at("n"), std::string("12"));
    QCOMPARE(told.front().text.args.at("subject"), std::string("u0, u1, u2 … (6)"));
    QCOMPARE(told.front().text.args.at("address"), std::string("203.0.113.66"));
    QVERIFY(brief.residual.empty());
}

void TestStoryDoers::aPasswordIsNotCalledAfterItsAccount()
{
    const EntityRef password{EntityKind::Credential, svc.id + "/password", "password", "svc"};
    Inquest inquest({newKey(1, ops, opsKey, 0s), EventBuilder(2, "iam:DeleteLoginProfile", 10min).by(user("bob")).on(svc, "updated").on(password, "deleted").changingIdentity()}, {1});
    inquest.suspect(ops).suspect(opsKey).suspect(svc);
    const auto told = findings(inquest.brief(), "change.password_deleted");
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told.front().text.args.at("subject"), std::string("svc"));
}

void TestStoryDoers::whatSomebodyDidBeforeTheyWereGivenRightsIsNoAct()
{
    const EntityRef tim = user("tim");
    const EntityRef own = key("AKIATIM");
    const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};
    Inquest inquest({newKey(1, ops, opsKey, 0s), newKey(2, tim, own, 10min),
                     EventBuilder(3, "iam:AttachUserPolicy", 20min).by(ops).with(opsKey).on(admin, "attached").on(tim, "granted").changingIdentity(),
                     newKey(4, tim, own, 30min)},
                    {1, 3, 4});
    inquest.suspect(ops).suspect(opsKey).suspect(tim).suspect(own);
    const auto lines = inquest.residual();
    const auto names = [&lines](const std::string& key) {
        return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(key) != std::string::npos; });
    };
    QVERIFY(names("AKIANEW1"));
    QVERIFY(!names("AKIANEW2"));
    QVERIFY(names("AKIANEW4"));
}

QTEST_GUILESS_MAIN(TestStoryDoers)
#include "tst_story_doers.moc"
