#include "tests/core/investigate/key_theft.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

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

/// What changes set to what, from one call to the next.
class TestValueHistory : public QObject
{
    Q_OBJECT

private slots:
    void anInlinePolicyIsFollowedFromCallToCall()
    {
        KeyTheft world;
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
        const Finding* told = finding(brief, "story.identity_changes_only_inside");
        QVERIFY(told && (told->cites == std::vector<EventId>{{1}, {10}, {11}, {12}, {13}}));
    }

    void aPolicyThatWasTakenAwayIsGone()
    {
        KeyTheft world;
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
        KeyTheft world;
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
        KeyTheft world;
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
        KeyTheft world;
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
        KeyTheft world;
        world.lasts = 1h;
        const std::string alike(600, 'x');
        for (const int id : {10, 11})
            world.add(world.change(id, "iam:UpdateRole", id * 1s).on(role("deploy"), "updated"),
                      "{\"roleName\":\"deploy\",\"description\":\"" + alike + std::to_string(id) + "\"}");
        const std::string shown = valuesOf(world.brief(), 11);
        QVERIFY2(shown.ends_with("x11; ") && shown.find("x10 -> ") != std::string::npos, shown.c_str());
    }

    void aNewNameStandsBesideTheOld()
    {
        KeyTheft world;
        world.lasts = 1h;
        world.add(world.change(10, "iam:UpdateUser", 10s).on(svc, "updated").on(user("svc-legacy"), "also"),
                  "{\"userName\":\"svc\",\"newUserName\":\"svc-legacy\"}");
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 10), std::string("newUserName: svc -> svc-legacy; "));
        QCOMPARE(changeBy(brief, 10)->text.code, std::string("change.updated"));
        QCOMPARE(changeBy(brief, 10)->text.args.at("what"), std::string("svc"));
    }

    void callsThatFailedTeachNothing()
    {
        KeyTheft world;
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

    void aPolicyOfAThingIsFollowedAndForgottenWhenItIsDeleted()
    {
        const EntityRef bucket{EntityKind::Resource, "arn:aws:s3:::data", "", "data"};
        const auto policy = [](const std::string& action) {
            return "{\"bucketName\":\"data\",\"bucketPolicy\":{\"Statement\":[{\"Action\":\"" + action +
                   "\",\"Effect\":\"Allow\"}]}}";
        };
        KeyTheft world;
        world.lasts = 1h;
        world.add(world.change(10, "s3:PutBucketPolicy", 10s).on(bucket, "updated"), policy("one"));
        world.add(world.change(11, "s3:PutBucketPolicy", 11s).on(bucket, "updated"), policy("two"));
        world.add(world.change(12, "s3:DeleteBucketPolicy", 12s).on(bucket, "updated"), "{\"bucketName\":\"data\"}");
        world.add(world.change(13, "s3:PutBucketPolicy", 13s).on(bucket, "updated"), policy("three"));
        const Brief brief = world.brief();
        QCOMPARE(valuesOf(brief, 11),
                 std::string("bucketPolicy.Statement: {\"Action\":\"one\",\"Effect\":\"Allow\"} -> "
                             "{\"Action\":\"two\",\"Effect\":\"Allow\"}; "));
        QVERIFY(valuesOf(brief, 13).starts_with("bucketPolicy: ? -> "));
    }

    void aVersionThatIsNotInForceReplacesNothing()
    {
        const EntityRef app{EntityKind::Policy, "arn:aws:iam::111122223333:policy/app", "", "app"};
        KeyTheft world;
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

QTEST_GUILESS_MAIN(TestValueHistory)
#include "tst_value_history.moc"
