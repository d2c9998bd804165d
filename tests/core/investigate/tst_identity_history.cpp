#include "core/investigate/investigator.h"
#include "tests/support/attack_builder.h"
#include "tests/support/event_list_lookup.h"

#include <QtTest>

#include <algorithm>
#include <map>

using namespace cordon;
using namespace cordon::investigate;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef svc = user("svc");
const EntityRef bob = user("bob");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};

EntityRef inlinePolicy(const EntityRef& owner, const std::string& name)
{
    return {EntityKind::Policy, owner.id + "/policy/" + name, "", name};
}

/// A key made at noon with a stolen one raises the only alert; what else happened, the tests say.
struct World
{
    std::vector<Event> log;
    std::map<std::int64_t, std::string> records;
    std::chrono::seconds lasts = 0s;

    World()
    {
        log.push_back(EventBuilder(1, "iam:CreateAccessKey", 0s)
                          .by(ops)
                          .with(opsKey)
                          .on(key("AKIANEW"), "created")
                          .on(svc, "granted")
                          .changingIdentity());
    }
    /// A change with the stolen key, or by somebody else.
    EventBuilder change(int id, const std::string& action, std::chrono::seconds at, const EntityRef& by = ops)
    {
        EventBuilder builder(id, action, at);
        builder.by(by).changingIdentity();
        if (by == ops)
            builder.with(opsKey);
        return builder;
    }
    void add(EventBuilder builder, const std::string& parameters = {})
    {
        if (!parameters.empty())
            records[builder.event.id.value] = "{\"requestParameters\":" + parameters + "}";
        log.push_back(std::move(builder));
    }
    [[nodiscard]] Brief brief() const
    {
        Incident incident;
        incident.id = {1};
        incident.firstSeen = noon;
        incident.lastSeen = noon + lasts;
        incident.alerts = {{1}};
        for (const EntityRef& entity : {ops, opsKey, svc}) {
            IncidentMember member;
            member.entity = entity;
            member.role = entity == svc ? EntityRole::Victim : EntityRole::Attacker;
            member.isMisused = entity != svc;
            incident.members.push_back(member);
        }
        const std::vector<Alert> alerts{alertOn(1, {log.front()}, Severity::Medium, "persistence", "T1098.001")};
        const EventListLookup lookup(log);
        const auto read = [this](const Event& event) -> Result<std::string> {
            const auto record = records.find(event.id.value);
            return record == records.end() ? Result<std::string>("{}") : Result<std::string>(record->second);
        };
        return Investigator({}, read).brief(incident, alerts, lookup).value();
    }
};

const Finding* finding(const Brief& brief, const std::string& code)
{
    const auto place =
        std::find_if(brief.story.begin(), brief.story.end(), [&](const Finding& one) { return one.text.code == code; });
    return place == brief.story.end() ? nullptr : &*place;
}

const IdentityChange* changeBy(const Brief& brief, std::int64_t event)
{
    const auto place = std::find_if(brief.identityChanges.begin(), brief.identityChanges.end(),
                                    [&](const IdentityChange& one) { return one.event.value == event; });
    return place == brief.identityChanges.end() ? nullptr : &*place;
}

std::string valuesOf(const Brief& brief, std::int64_t event)
{
    const IdentityChange* change = changeBy(brief, event);
    if (!change)
        return "not listed";
    std::string text;
    for (const ChangedValue& value : change->values)
        text += value.name + ": " + (value.isBeforeKnown ? value.before : "?") + " -> " + value.after + "; ";
    return text;
}

const std::string owner = "{\"userName\":\"svc\"";

std::string managed(const EntityRef& policy)
{
    return owner + ",\"policyArn\":\"" + policy.id + "\"}";
}

std::string inlined(const std::string& name, const std::string& document)
{
    std::string quoted;
    for (const char c : document)
        quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
    return owner + ",\"policyName\":\"" + name + "\"" +
           (document.empty() ? "" : ",\"policyDocument\":\"" + quoted + "\"") + "}";
}

} // namespace

/// Which changes are found and told, inside the incident and around it, and what they set to what.
class TestIdentityHistory : public QObject
{
    Q_OBJECT

private slots:
    void changesAfterTheLastAlertBelongIn()
    {
        World world;
        world.add(world.change(2, "iam:PutUserPolicy", 300s, bob)
                      .on(inlinePolicy(ops, "door"), "attached")
                      .on(ops, "granted"));
        world.add(EventBuilder(3, "s3:ListBuckets", 24h * 3).by(bob));
        const Brief brief = world.brief();
        const IdentityChange* door = changeBy(brief, 2);
        QVERIFY(door);
        QVERIFY(!door->isInsideIncident);
        const Finding* after = finding(brief, "story.identity_changes_after");
        QVERIFY(after);
        QCOMPARE(after->text.args.at("after"), std::string("1"));
        QCOMPARE(after->text.args.at("to"), std::string("2026-11-24 12:00"));
        QVERIFY(after->cites == std::vector<EventId>{{2}});
        QVERIFY(finding(brief, "change.attached_for")->cites == std::vector<EventId>{{2}});
        const Finding* inside = finding(brief, "story.identity_changes_only_inside");
        QVERIFY(inside); // what came afterwards is not "before"
        QCOMPARE(inside->text.args.at("n"), std::string("1"));
    }

    void ofTheChangesAfterwardsTheIntrudersIsTold()
    {
        World world;
        world.add(world.change(2, "iam:UpdateUser", 100s).on(svc, "updated"));
        world.add(world.change(3, "iam:CreateAccessKey", 200s).on(key("AKIATWO"), "created").on(svc, "granted"));
        world.add(world.change(4, "iam:AttachUserPolicy", 300s, bob).on(admin, "attached").on(svc, "granted"));
        const Brief brief = world.brief();
        QCOMPARE(finding(brief, "story.identity_changes_after")->text.args.at("after"), std::string("3"));
        QVERIFY(brief.story.back().text.code == "change.created_for");
        QVERIFY(brief.story.back().cites == std::vector<EventId>{{3}});
    }

    void theLookAfterwardsEndsAfterThirtyDays()
    {
        World world;
        world.add(world.change(2, "iam:DeleteUser", 24h * 29, bob).on(svc, "deleted"));
        world.add(world.change(3, "iam:CreateUser", 24h * 31, bob).on(svc, "created"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 2));
        QVERIFY(!changeBy(brief, 3));
        QCOMPARE(finding(brief, "story.identity_changes_after")->text.args.at("to"), std::string("2026-12-21 12:00"));
    }

    void aFloodInTheIncidentHidesNothingAroundIt()
    {
        World world;
        world.lasts = 1h;
        world.add(world.change(2, "iam:CreateAccessKey", -24h * 5, bob).on(key("AKIABACK"), "created").on(ops, "granted"));
        world.add(world.change(3, "iam:AttachUserPolicy", 10s).on(admin, "attached").on(svc, "granted"));
        for (int i = 0; i < 600; ++i)
            world.add(world.change(100 + i, "iam:UpdateUser", 60s + i * 1s).on(svc, "updated"));
        for (int i = 0; i < 10; ++i)
            world.add(world.change(900 + i, "iam:UpdateUser", 2h + i * 1s).on(svc, "updated"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 2));
        QVERIFY(changeBy(brief, 3)); // of the incident's own the gravest stay
        QVERIFY(changeBy(brief, 900));
        QCOMPARE(brief.identityChanges.size(), std::size_t{500});
        const Finding* inside = finding(brief, "story.identity_changes_inside");
        QVERIFY(inside);
        QCOMPARE(inside->text.args.at("n"), std::string("602"));
        QCOMPARE(inside->text.args.at("before"), std::string("1"));
        QVERIFY(!finding(brief, "story.identity_changes_only_inside"));
        const Finding* cut = finding(brief, "story.identity_changes_cut");
        QVERIFY(cut);
        QCOMPARE(cut->text.args.at("listed"), std::string("500"));
        QCOMPARE(cut->text.args.at("found"), std::string("613"));
        QVERIFY(!cut->cites.empty());
    }

    void aFloodBeforeTheIncidentHidesNothingInIt()
    {
        World world;
        for (int i = 0; i < 700; ++i)
            world.add(world.change(100 + i, "iam:AttachUserPolicy", -24h - i * 60s, bob)
                          .on(inlinePolicy(svc, std::to_string(i)), "attached")
                          .on(svc, "granted"));
        const Brief brief = world.brief();
        QVERIFY(changeBy(brief, 1));
        QVERIFY(changeBy(brief, 100));
        QVERIFY(!changeBy(brief, 799));
        QCOMPARE(finding(brief, "story.identity_changes_inside")->text.args.at("before"), std::string("700"));
    }

    void aListThatIsWholeDoesNotSayThatItIsCut()
    {
        QVERIFY(!finding(World().brief(), "story.identity_changes_cut"));
        QVERIFY(!finding(World().brief(), "story.identity_changes_after"));
    }

    void anInlinePolicyIsFollowedFromCallToCall()
    {
        World world;
        world.lasts = 1h;
        const auto put = [&](int id, const std::string& document) {
            world.add(world.change(id, "iam:PutUserPolicy", id * 1s)
                          .on(inlinePolicy(svc, "p"), "attached")
                          .on(svc, "granted"),
                      inlined("p", document));
        };
        put(10, "{\"A\":1}");
        put(11, "{\"A\":2}");
        world.add(world.change(12, "iam:DeleteUserPolicy", 12s).on(inlinePolicy(svc, "p"), "deleted").on(svc, "updated"),
                  inlined("p", ""));
        put(13, "{\"B\":2}");
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), std::string("policyDocument: ? -> {\"A\":1}; policyName: ? -> p; "));
        QCOMPARE(valuesOf(brief, 11), std::string("policyDocument: {\"A\":1} -> {\"A\":2}; "));
        QCOMPARE(valuesOf(brief, 12), std::string("policyDocument: {\"A\":2} -> ; policyName: p -> ; "));
        QCOMPARE(valuesOf(brief, 13), std::string("policyDocument:  -> {\"B\":2}; policyName:  -> p; "));
        for (const int id : {10, 11, 12, 13})
            QCOMPARE(changeBy(brief, id)->event.value, std::int64_t{id});
    }

    void aPolicyThatWasTakenAwayIsGone()
    {
        World world;
        world.lasts = 1h;
        const auto attach = [&](int id) {
            world.add(world.change(id, "iam:AttachUserPolicy", id * 1s).on(admin, "attached").on(svc, "granted"),
                      managed(admin));
        };
        const auto detach = [&](int id) {
            world.add(world.change(id, "iam:DetachUserPolicy", id * 1s).on(admin, "detached").on(svc, "updated"),
                      managed(admin));
        };
        detach(10);
        attach(11);
        attach(12);
        detach(13);
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), "policyArn: " + admin.id + " -> ; ");
        QCOMPARE(valuesOf(brief, 11), "policyArn:  -> " + admin.id + "; ");
        QCOMPARE(valuesOf(brief, 12), std::string());
        QCOMPARE(valuesOf(brief, 13), "policyArn: " + admin.id + " -> ; ");
    }

    void theTrustOfANewRoleIsKnownWhenItChanges()
    {
        World world;
        world.lasts = 1h;
        world.add(world.change(10, "iam:CreateRole", 10s).on(role("helper"), "created"),
                  "{\"roleName\":\"helper\",\"assumeRolePolicyDocument\":\"{\\\"trust\\\":\\\"old\\\"}\"}");
        world.add(world.change(11, "iam:UpdateAssumeRolePolicy", 11s).on(role("helper"), "updated"),
                  "{\"roleName\":\"helper\",\"policyDocument\":\"{\\\"trust\\\":\\\"new\\\"}\"}");
        world.add(world.change(12, "iam:DeleteRole", 12s).on(role("helper"), "deleted"), "{\"roleName\":\"helper\"}");
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), std::string("assumeRolePolicyDocument:  -> {\"trust\":\"old\"}; "));
        QCOMPARE(valuesOf(brief, 11), std::string("assumeRolePolicyDocument: {\"trust\":\"old\"} -> {\"trust\":\"new\"}; "));
        QCOMPARE(valuesOf(brief, 12), std::string("assumeRolePolicyDocument: {\"trust\":\"new\"} -> ; "));
    }

    void whatSomebodyElseChangedInBetweenIsNotBelieved()
    {
        World world;
        world.lasts = 1h;
        const auto trust = [&](int id, const EntityRef& by, const std::string& word) {
            world.add(world.change(id, "iam:UpdateAssumeRolePolicy", id * 1s, by).on(role("deploy"), "updated"),
                      "{\"roleName\":\"deploy\",\"policyDocument\":\"{\\\"trust\\\":\\\"" + word + "\\\"}\"}");
        };
        trust(10, ops, "one");
        trust(11, bob, "two"); // nobody of the incident, on nothing of it: not in the list
        trust(12, ops, "three");
        const Brief brief = world.brief();
        QVERIFY(!changeBy(brief, 11));
        QCOMPARE(valuesOf(brief, 12), std::string("assumeRolePolicyDocument: ? -> {\"trust\":\"three\"}; "));
    }

    void theDangerousStatementIsShownHoweverMuchStandsBeforeIt()
    {
        std::string padding;
        for (int i = 0; i < 8; ++i)
            padding += "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b" + std::to_string(i) +
                       "/*\"},";
        const std::string harmless = padding.substr(0, padding.size() - 1);
        const std::string wide = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";
        const auto document = [](const std::string& statements) {
            return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
        };
        World world;
        world.lasts = 1h;
        const auto put = [&](int id, const std::string& name, const std::string& text) {
            world.add(world.change(id, "iam:PutUserPolicy", id * 1s)
                          .on(inlinePolicy(svc, name), "attached")
                          .on(svc, "granted"),
                      inlined(name, text));
        };
        put(10, "q", document(harmless));
        put(11, "q", document(padding + wide));
        put(12, "q", document(harmless));
        put(13, "r", document(padding + wide));
        const Brief brief = world.brief();
        const std::string sorted = "{\"Action\":\"*\",\"Effect\":\"Allow\",\"Resource\":\"*\"}";
        QCOMPARE(valuesOf(brief, 11), "policyDocument.Statement:  -> " + sorted + "; ");
        QCOMPARE(valuesOf(brief, 12), "policyDocument.Statement: " + sorted + " -> ; ");
        const std::string first = valuesOf(brief, 13);
        QVERIFY2(first.starts_with("policyDocument: ? -> " + sorted), first.c_str());
    }

    void ofLongTextsThePartThatDiffersIsShown()
    {
        World world;
        world.lasts = 1h;
        const std::string alike(600, 'x');
        for (const int id : {10, 11})
            world.add(world.change(id, "iam:UpdateRole", id * 1s).on(role("deploy"), "updated"),
                      "{\"roleName\":\"deploy\",\"description\":\"" + alike + std::to_string(id) + "\"}");
        const std::string shown = valuesOf(world.brief(), 11);
        QVERIFY2(shown.ends_with("x11; ") && shown.find("x10 -> ") != std::string::npos, shown.c_str());
    }

    void callsThatFailedTeachNothing()
    {
        World world;
        world.lasts = 1h;
        world.add(world.change(10, "iam:UpdateAccessKey", 10s)
                      .on(key("AKIANEW"), "deactivated")
                      .on(svc, "updated")
                      .refused("AccessDenied"),
                  owner + ",\"accessKeyId\":\"AKIANEW\",\"status\":\"Inactive\"}");
        world.add(world.change(11, "iam:UpdateAccessKey", 11s).on(key("AKIANEW"), "activated").on(svc, "updated"),
                  owner + ",\"accessKeyId\":\"AKIANEW\",\"status\":\"Active\"}");
        world.add(world.change(12, "iam:DetachUserPolicy", 12s)
                      .on(admin, "detached")
                      .on(svc, "updated")
                      .refused("AccessDenied"),
                  managed(admin));
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), std::string("status: ? -> Inactive; "));
        QCOMPARE(valuesOf(brief, 11), std::string("status: ? -> Active; "));
        QCOMPARE(valuesOf(brief, 12), std::string());
    }

    void aVersionThatIsNotInForceReplacesNothing()
    {
        const EntityRef app{EntityKind::Policy, "arn:aws:iam::111122223333:policy/app", "", "app"};
        World world;
        world.lasts = 1h;
        const auto version = [&](int id, const std::string& document, bool isDefault) {
            world.add(world.change(id, id == 10 ? "iam:CreatePolicy" : "iam:CreatePolicyVersion", id * 1s)
                          .on(app, id == 10 ? "created" : "updated"),
                      "{\"policyArn\":\"" + app.id + "\",\"policyDocument\":\"" + document + "\"" +
                          (id == 10 ? "" : std::string(",\"setAsDefault\":") + (isDefault ? "true" : "false")) + "}");
        };
        version(10, "one", true);
        version(11, "two", true);
        version(12, "three", false);
        version(13, "four", true);
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), std::string("policyDocument:  -> one; "));
        QCOMPARE(valuesOf(brief, 11), std::string("policyDocument: one -> two; setAsDefault: ? -> true; "));
        QCOMPARE(valuesOf(brief, 12), std::string("policyDocument: ? -> three; setAsDefault: ? -> false; "));
        QCOMPARE(valuesOf(brief, 13), std::string("policyDocument: ? -> four; setAsDefault: ? -> true; "));
    }
};

QTEST_GUILESS_MAIN(TestIdentityHistory)
#include "tst_identity_history.moc"
