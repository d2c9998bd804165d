#include "core/investigate/inquiry.h"
#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef svc = user("svc");
const EntityRef bob = user("bob");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef svcKey = key("AKIASVC");
const EntityRef bobKey = key("AKIABOB");
const EntityRef deploy = role("deploy");
const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};
const EntityRef app{EntityKind::Policy, "arn:aws:iam::111122223333:policy/app", "", "app"};
const EntityRef snapshot{EntityKind::Resource, "snap-1", "", "snap-1"};
const EntityRef outsider{EntityKind::Account, "999988887777", "", "999988887777"};

EventBuilder byOps(std::int64_t id, const std::string& action, std::chrono::seconds after)
{
    return EventBuilder(id, action, after).by(ops).with(opsKey).changingIdentity();
}

EventBuilder byBob(std::int64_t id, const std::string& action, std::chrono::seconds after)
{
    return EventBuilder(id, action, after).by(bob).with(bobKey).changingIdentity();
}

/// A key is made for somebody and used; what else was done is given.
Inquest theCase(const std::vector<Event>& more = {}, const std::vector<std::int64_t>& alerted = {})
{
    std::vector<Event> log{byOps(1, "iam:CreateAccessKey", 0s).on(svcKey, "created").on(svc, "granted"),
                           EventBuilder(2, "s3:ListBuckets", 600s).by(svc).with(svcKey)};
    log.insert(log.end(), more.begin(), more.end());
    std::vector<std::int64_t> ids{1};
    ids.insert(ids.end(), alerted.begin(), alerted.end());
    return Inquest(log, ids).suspect(ops).suspect(opsKey).suspect(svcKey, true);
}

std::string withDocument(const std::string& name, const std::string& statements, const std::string& more = "")
{
    std::string text = R"({"Statement":[)" + statements + "]}";
    std::string quoted;
    for (const char c : text)
        quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
    return R"({"eventName":"X","requestParameters":{")" + name + "\":\"" + quoted + "\"" + more + "}}";
}

const std::string outside =
    R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::999988887777:root"},"Action":"sts:AssumeRole"})";
const std::string machines =
    R"({"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"})";
const std::string anything = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
const std::string reading = R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"*"})";

} // namespace

class TestResidualEnds : public QObject
{
    Q_OBJECT

private slots:
    void whereTimesTieItIsListed();
    void aGrantGivenAndTakenInOneSecondIsListed();
    void whatOneRecordTakesFromSomeAndGivesOthersIsToldApart();
    void trustThatKeepsTheDoorIsNotRestored();
    void trustWithoutTheDoorIsRestored();
    void trustThatCannotBeReadIsListed();
    void whatIsSharedNoLongerIsGone();
    void oneOfTwoOutsidersIsStillIn();
    void sessionsKnownByNameOnlyAreListedBesideKeys();
    void aSessionWithAKnownKeyIsListedOnce();
    void aSessionOfADeletedRoleIsGone();
    void aKeyOfADeletedUserIsGone();
    void whatWorkedAfterItsOwnerWasDeletedIsListed();
    void aRewrittenPolicyIsListed();
    void aPolicyVersionThatDoesNotCountIsNotListed();
    void aBindingGivesItsHolderTheRole();
    void whatWasBoundIsGoneWithItsBindingAndItsToken();
    void aRehearsalEndsNothing();
};

void TestResidualEnds::whereTimesTieItIsListed()
{
    const Event off = byBob(3, "iam:UpdateAccessKey", 900s).on(svcKey, "deactivated").on(svc, "updated");
    const Event on = byOps(4, "iam:UpdateAccessKey", 900s).on(svcKey, "activated").on(svc, "updated");
    QVERIFY(theCase({off, on}).lists("made_key AKIASVC"));
    QVERIFY(theCase({on, off}).lists("made_key AKIASVC"));
    Event later = off;
    later.time = later.time + 1s;
    QVERIFY(!theCase({on, later}).lists("made_key AKIASVC"));
}

void TestResidualEnds::aGrantGivenAndTakenInOneSecondIsListed()
{
    const Event given = byOps(3, "iam:AttachUserPolicy", 900s).on(admin, "attached").on(svc, "granted");
    Event taken = byBob(4, "iam:DetachUserPolicy", 900s).on(admin, "detached").on(svc, "updated");
    QVERIFY(theCase({given, taken}).lists("grant svc AdministratorAccess"));
    taken.time = taken.time + 1s;
    QVERIFY(!theCase({given, taken}).lists("grant svc AdministratorAccess"));
}

void TestResidualEnds::whatOneRecordTakesFromSomeAndGivesOthersIsToldApart()
{
    const EntityRef owner = role("owner");
    const EntityRef viewer = role("viewer");
    const Event given = byOps(3, "SetIamPolicy", 900s).on(owner, "attached").on(svc, "granted");
    const Event taken = byBob(4, "SetIamPolicy", 1800s).on(svc, "detached").on(owner, "detached");
    QVERIFY(theCase({given}).lists("grant svc owner"));
    QVERIFY(!theCase({given, taken}).lists("grant svc owner"));
    Event handedOn = taken;
    handedOn.targets.push_back({owner, "attached"});
    handedOn.targets.push_back({bob, "granted"});
    QVERIFY(!theCase({given, handedOn}).lists("grant svc owner"));
    // Two people lose two rights: which from whom is not told.
    Event several = taken;
    several.targets.push_back({bob, "detached"});
    several.targets.push_back({viewer, "detached"});
    QVERIFY(theCase({given, several}).lists("grant svc owner"));
    const investigate::Parties parties = investigate::partiesOf(taken);
    QVERIFY(parties.subject && parties.subject->entity == svc);
    QVERIFY(parties.object && parties.object->entity == owner);
}

void TestResidualEnds::trustThatKeepsTheDoorIsNotRestored()
{
    Inquest inquest = theCase({byOps(3, "iam:UpdateAssumeRolePolicy", 900s).on(deploy, "updated"),
                               byBob(4, "iam:UpdateAssumeRolePolicy", 1800s).on(deploy, "updated")},
                              {3});
    inquest.records[3] = withDocument("policyDocument", outside);
    inquest.records[4] = withDocument("policyDocument", outside + "," + machines);
    QVERIFY(inquest.lists("trust_changed deploy"));
    // An inline policy of the role says nothing about who may assume it.
    inquest.log.push_back(byBob(5, "iam:PutRolePolicy", 2000s).on(app, "attached").on(deploy, "granted"));
    inquest.records[5] = withDocument("policyDocument", reading, R"(,"roleName":"deploy","policyName":"app")");
    QVERIFY(inquest.lists("trust_changed deploy"));
}

void TestResidualEnds::trustWithoutTheDoorIsRestored()
{
    Inquest inquest = theCase({byBob(6, "iam:CreateRole", -24h).on(deploy, "created"),
                               byOps(3, "iam:UpdateAssumeRolePolicy", 900s).on(deploy, "updated"),
                               byBob(4, "iam:UpdateAssumeRolePolicy", 1800s).on(deploy, "updated")},
                              {3});
    inquest.records[6] = withDocument("assumeRolePolicyDocument", machines);
    inquest.records[3] = withDocument("policyDocument", machines + "," + outside);
    inquest.records[4] = withDocument("policyDocument", machines);
    QVERIFY(!inquest.lists("trust_changed deploy"));
    inquest.log.back().outcome = EventOutcome::Failure;
    QVERIFY(inquest.lists("trust_changed deploy"));
}

void TestResidualEnds::trustThatCannotBeReadIsListed()
{
    Inquest inquest = theCase({byOps(3, "iam:UpdateAssumeRolePolicy", 900s).on(deploy, "updated"),
                               byBob(4, "iam:UpdateAssumeRolePolicy", 1800s).on(deploy, "updated")},
                              {3});
    QVERIFY(inquest.lists("trust_changed deploy"));
}

void TestResidualEnds::whatIsSharedNoLongerIsGone()
{
    const Event shared = byOps(3, "ec2:ModifySnapshotAttribute", 900s).on(snapshot, "shared").on(outsider, "granted");
    const Event removed =
        byBob(4, "ec2:ModifySnapshotAttribute", 1800s).on(snapshot, "updated").on(outsider, "detached");
    QVERIFY(theCase({shared}).lists("shared snap-1"));
    QVERIFY(!theCase({shared, removed}).lists("shared snap-1"));
    Event again = shared;
    again.id = {5};
    again.time = removed.time;
    QVERIFY(theCase({shared, removed, again}).lists("shared snap-1"));
}

void TestResidualEnds::oneOfTwoOutsidersIsStillIn()
{
    const EntityRef other{EntityKind::Account, "444455556666", "", "444455556666"};
    const Event shared = byOps(3, "ec2:ModifySnapshotAttribute", 900s)
                             .on(snapshot, "shared")
                             .on(outsider, "granted")
                             .on(other, "granted");
    const Event removed = byBob(4, "ec2:ModifySnapshotAttribute", 1800s).on(snapshot, "updated").on(other, "detached");
    QVERIFY(theCase({shared, removed}).lists("shared snap-1"));
}

void TestResidualEnds::sessionsKnownByNameOnlyAreListedBesideKeys()
{
    const EntityRef named = session("arn:aws:sts::111122223333:assumed-role/audit/s2");
    const Event withKey = byOps(3, "sts:AssumeRole", 900s)
                              .on(deploy, "assumed")
                              .on(session("ASIADEPLOY"), "created")
                              .on(session("arn:aws:sts::111122223333:assumed-role/deploy/s1"), "created");
    const Event byName = byOps(4, "sts:AssumeRole", 960s).on(role("audit"), "assumed").on(named, "created");
    const Inquest inquest = theCase({withKey, byName});
    QVERIFY(inquest.lists("session ASIADEPLOY"));
    QVERIFY(inquest.lists("session " + named.id));
}

void TestResidualEnds::aSessionWithAKnownKeyIsListedOnce()
{
    const EntityRef named = session("arn:aws:sts::111122223333:assumed-role/deploy/s1");
    const Event opened = byOps(3, "sts:AssumeRole", 900s)
                             .on(deploy, "assumed")
                             .on(session("ASIADEPLOY"), "created")
                             .on(named, "created");
    const Inquest inquest = theCase({opened});
    QVERIFY(inquest.lists("session ASIADEPLOY"));
    QVERIFY(!inquest.lists("session " + named.id));
}

void TestResidualEnds::aSessionOfADeletedRoleIsGone()
{
    const Event opened = byOps(3, "sts:AssumeRole", 900s).on(deploy, "assumed").on(session("ASIADEPLOY"), "created");
    const Event deleted = byBob(4, "iam:DeleteRole", 1800s).on(deploy, "deleted");
    QVERIFY(!theCase({opened, deleted}).lists("session ASIADEPLOY"));
    // A role that has its name again is another one; a session opened of that one is not gone.
    const Event anew = byBob(5, "iam:CreateRole", 1900s).on(deploy, "created");
    QVERIFY(!theCase({opened, deleted, anew}).lists("session ASIADEPLOY"));
    Event afterwards = opened;
    afterwards.time = noon + 2000s;
    QVERIFY(theCase({deleted, anew, afterwards}).lists("session ASIADEPLOY"));
}

void TestResidualEnds::aKeyOfADeletedUserIsGone()
{
    const Event deleted = byBob(3, "iam:DeleteUser", 1800s).on(svc, "deleted");
    QVERIFY(!theCase({deleted}).lists("made_key AKIASVC"));
    QVERIFY(theCase({deleted}).lists("original_key AKIAOPS"));
    Event refused = deleted;
    refused.outcome = EventOutcome::Failure;
    QVERIFY(theCase({refused}).lists("made_key AKIASVC"));
}

void TestResidualEnds::whatWorkedAfterItsOwnerWasDeletedIsListed()
{
    const Event deleted = byBob(3, "iam:DeleteUser", 1800s).on(svc, "deleted");
    const Event used = EventBuilder(4, "s3:ListBuckets", 3600s).by(svc).with(svcKey);
    QVERIFY(theCase({deleted, used}).lists("made_key AKIASVC"));
}

void TestResidualEnds::aRewrittenPolicyIsListed()
{
    Inquest inquest = theCase({byOps(3, "iam:CreatePolicyVersion", 900s).on(app, "updated")}, {3});
    inquest.records[3] = withDocument("policyDocument", anything,
                                      R"(,"policyArn":"arn:aws:iam::111122223333:policy/app","setAsDefault":true)");
    QVERIFY(inquest.lists("policy_changed app"));
    inquest.log.push_back(byBob(4, "iam:CreatePolicyVersion", 1800s).on(app, "updated"));
    inquest.records[4] = withDocument("policyDocument", reading,
                                      R"(,"policyArn":"arn:aws:iam::111122223333:policy/app","setAsDefault":true)");
    QVERIFY(!inquest.lists("policy_changed app"));
}

void TestResidualEnds::aPolicyVersionThatDoesNotCountIsNotListed()
{
    Inquest inquest = theCase({byOps(3, "iam:CreatePolicyVersion", 900s).on(app, "updated")}, {3});
    inquest.records[3] =
        withDocument("policyDocument", anything, R"(,"policyArn":"arn:aws:iam::111122223333:policy/app")");
    QVERIFY(!inquest.lists("policy_changed app"));
    inquest.log.push_back(byOps(4, "iam:SetDefaultPolicyVersion", 1000s).on(app, "updated"));
    inquest.records[4] = R"({"eventName":"SetDefaultPolicyVersion","requestParameters":)"
                         R"({"policyArn":"arn:aws:iam::111122223333:policy/app","versionId":"v2"}})";
    QVERIFY(inquest.lists("policy_changed app"));
    inquest.log.push_back(byBob(5, "iam:SetDefaultPolicyVersion", 1800s).on(app, "updated"));
    inquest.records[5] = R"({"eventName":"SetDefaultPolicyVersion","requestParameters":)"
                         R"({"policyArn":"arn:aws:iam::111122223333:policy/app","versionId":"v1"}})";
    QVERIFY(!inquest.lists("policy_changed app"));
}

namespace {

const EntityRef ghost{EntityKind::Account, "system:serviceaccount:kube-system:ghost", "service", "ghost"};
const EntityRef binding{EntityKind::Policy, "clusterrolebindings/door", "", "door"};
const EntityRef clusterAdmin{EntityKind::Role, "clusterroles/cluster-admin", "", "cluster-admin"};
const EntityRef token{EntityKind::Credential, "JTI=1", "token", "JTI=1"};
const EntityRef dev{EntityKind::Account, "dev@corp.example", "human", "dev@corp.example"};

/// An account of a cluster is made, bound to a role and given a token.
Inquest theCluster(const std::vector<Event>& more = {})
{
    std::vector<Event> log{
        EventBuilder(1, "serviceaccounts:create", 0s).by(dev).on(ghost, "created").changingIdentity(),
        EventBuilder(2, "clusterrolebindings:create", 60s)
            .by(dev)
            .on(binding, "created")
            .on(clusterAdmin, "attached")
            .on(ghost, "granted")
            .changingIdentity(),
        EventBuilder(3, "serviceaccounts/token:create", 120s)
            .by(dev)
            .on(token, "created")
            .on(ghost, "granted")
            .changingIdentity()};
    log.insert(log.end(), more.begin(), more.end());
    for (Event& event : log)
        event.source = "kubernetes.audit";
    Inquest inquest = Inquest(log, {1, 2, 3}).suspect(dev);
    inquest.records[3] =
        R"({"responseObject":{"status":{"expirationTimestamp":"2026-12-20T10:02:00Z"}},"annotations":{"id":"JTI=1"}})";
    return inquest;
}

} // namespace

void TestResidualEnds::aBindingGivesItsHolderTheRole()
{
    const Inquest inquest = theCluster();
    QVERIFY(inquest.lists("grant ghost cluster-admin"));
    QVERIFY(inquest.lists("account_made ghost"));
    QVERIFY(inquest.lists("session_until JTI=1"));
}

void TestResidualEnds::whatWasBoundIsGoneWithItsBindingAndItsToken()
{
    const Event unbound =
        EventBuilder(4, "clusterrolebindings:delete", 1800s).by(bob).on(binding, "deleted").changingIdentity();
    const Event gone = EventBuilder(5, "serviceaccounts:delete", 1860s).by(bob).on(ghost, "deleted").changingIdentity();
    QVERIFY(!theCluster({unbound}).lists("grant ghost cluster-admin"));
    QVERIFY(theCluster({unbound}).lists("session_until JTI=1"));
    QVERIFY(theCluster({unbound, gone}).residual().empty());
}

void TestResidualEnds::aRehearsalEndsNothing()
{
    const Event deleted =
        EventBuilder(4, "serviceaccounts:delete", 1800s).by(bob).on(ghost, "deleted").changingIdentity();
    const auto records = [&](const std::string& record) {
        Inquest inquest = theCluster({deleted});
        inquest.records[4] = record;
        return inquest;
    };
    const std::string rehearsed =
        R"({"verb":"delete","requestURI":"/api/v1/namespaces/a/serviceaccounts/ghost?dryRun=All"})";
    QVERIFY(records(rehearsed).lists("account_made ghost"));
    QVERIFY(records(R"({"verb":"delete","requestURI":"/x","requestObject":{"kind":"DeleteOptions","dryRun":["All"]}})")
                .lists("account_made ghost"));
    // What the request itself holds counts, not what stands behind its path.
    QVERIFY(!records(R"({"verb":"delete","requestURI":"/x?dryRun=All","requestObject":{"kind":"DeleteOptions"}})")
                 .lists("account_made ghost"));
    for (const char* uri : {"/x", "/dryRun=All", "/x?fieldManager=dryRun=All", "/x?dryRun=None"})
        QVERIFY2(!records(std::string(R"({"verb":"delete","requestURI":")") + uri + "\"}").lists("account_made ghost"),
                 uri);
    Inquest made = theCluster();
    made.records[1] =
        R"({"verb":"create","requestURI":"/api/v1/namespaces/a/serviceaccounts?fieldManager=x&dryRun=All"})";
    QVERIFY(!made.lists("account_made ghost"));
    // Opening a shell is never rehearsed, whatever the request says; neither is a token.
    made.records[1] = R"({"verb":"create","requestURI":"/x?dryRun=All","objectRef":{"subresource":"token"}})";
    QVERIFY(made.lists("account_made ghost"));
}

QTEST_GUILESS_MAIN(TestResidualEnds)
#include "tst_residual_ends.moc"
