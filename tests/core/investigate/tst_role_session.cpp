#include "core/investigate/inquiry.h"
#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;
using namespace std::chrono_literals;

namespace {

const EntityRef ops = user("ops");
const EntityRef svc = user("svc");
const EntityRef opsKey = key("AKIAOPS");
const EntityRef svcKey = key("AKIASVC");
const EntityRef deploy = role("deploy");
const EntityRef stolen = session("ASIADEPLOY");
const EntityRef s1{EntityKind::Credential, "arn:aws:sts::111122223333:assumed-role/deploy/s1", "session", "s1"};
const EntityRef admin{EntityKind::Policy, "arn:aws:iam::aws:policy/AdministratorAccess", "", "AdministratorAccess"};
const EntityRef admins{EntityKind::Group, "arn:aws:iam::111122223333:group/admins", "", "admins"};

/// Done by the role's session: its name is among what the record names.
EventBuilder inSession(std::int64_t id, const std::string& action, std::chrono::seconds after)
{
    return EventBuilder(id, action, after).by(deploy).with(stolen).on(s1, "used").changingIdentity();
}

/// A session is opened ten minutes before the first alert, then makes a key and gives rights.
Inquest theCase()
{
    Inquest inquest({EventBuilder(1, "sts:AssumeRole", -600s)
                         .by(ops)
                         .with(opsKey)
                         .on(deploy, "assumed")
                         .on(stolen, "created")
                         .on(s1, "created"),
                     inSession(2, "iam:CreateAccessKey", 0s).on(svcKey, "created").on(svc, "granted"),
                     inSession(3, "iam:AttachUserPolicy", 300s).on(admin, "attached").on(svc, "granted"),
                     inSession(4, "iam:AddUserToGroup", 360s).on(svc, "granted").on(admins, "attached"),
                     EventBuilder(9, "s3:ListBuckets", 4h).by(user("bob")).with(key("AKIABOB"))},
                    {2, 3});
    inquest.suspect(deploy).suspect(stolen).suspect(svcKey, true);
    inquest.records[1] = R"({"responseElements":{"credentials":{"accessKeyId":"ASIADEPLOY",)"
                         R"("expiration":"Nov 21, 2026, 11:00:00 PM"},"assumedRoleUser":{"arn":")" +
                         s1.id + "\"}}}";
    return inquest;
}

} // namespace

class TestRoleSession : public QObject
{
    Q_OBJECT

private slots:
    void theSessionIsNoPartyToWhatWasDone();
    void anotherNameIsNoParty();
    void whatWasWorkedWithIsTheObjectWhereNothingElseIs();
    void whoeverWasGivenRightsIsTheSubject();
    void changesAndStoryNameWhoWasGivenWhat();
    void noSentenceHasAQuestionMarkForWhatItIsAbout();
    void rightsThatASessionGaveAreResidual();
    void theKeyThatOpenedTheSessionIsResidual();
    void theSessionEndsAsItsOpeningSays();
    void aSessionThatRanOutIsGoneAndItsOpenersKeyIsNot();
    void whoMadeALongLivedKeyBeforeIsNotAccused();
};

void TestRoleSession::theSessionIsNoPartyToWhatWasDone()
{
    const Event event = inSession(1, "iam:AttachUserPolicy", 0s).on(admin, "attached").on(svc, "granted");
    const investigate::Parties parties = investigate::partiesOf(event);
    QVERIFY(parties.subject && parties.subject->entity == svc);
    QVERIFY(parties.object && parties.object->entity == admin);
    const Event made = inSession(2, "iam:CreateUser", 0s).on(user("ghost"), "created");
    const investigate::Parties ofMade = investigate::partiesOf(made);
    QVERIFY(ofMade.subject && ofMade.subject->entity == user("ghost"));
    QVERIFY(!ofMade.object);
    const Event nothing = inSession(3, "iam:ListUsers", 0s);
    QVERIFY(!investigate::partiesOf(nothing).object && !investigate::partiesOf(nothing).subject);
}

void TestRoleSession::anotherNameIsNoParty()
{
    const Event event = EventBuilder(1, "Update user", 0s)
                            .on(user("known-as"), "same")
                            .on(svc, "updated")
                            .on(user("svc-by-id"), "also");
    const investigate::Parties parties = investigate::partiesOf(event);
    QVERIFY(parties.subject && parties.subject->entity == svc);
    QVERIFY(!parties.object);
}

void TestRoleSession::whatWasWorkedWithIsTheObjectWhereNothingElseIs()
{
    const EntityRef pod{EntityKind::Workload, "prod/web", "pod", "web"};
    const Event alone = EventBuilder(1, "pods/exec:create", 0s).on(pod, "used").on(s1, "used");
    QVERIFY(investigate::partiesOf(alone).object && investigate::partiesOf(alone).object->entity == pod);
    const Event beside = EventBuilder(2, "useradd", 0s).on(svc, "created").on(pod, "used");
    QVERIFY(!investigate::partiesOf(beside).object);
}

void TestRoleSession::whoeverWasGivenRightsIsTheSubject()
{
    const EntityRef binding{EntityKind::Policy, "clusterrolebindings/door", "", "door"};
    const EntityRef ghost{EntityKind::Account, "system:serviceaccount:kube-system:ghost", "service", "ghost"};
    const Event event = EventBuilder(1, "clusterrolebindings:create", 0s)
                            .on(binding, "created")
                            .on(role("cluster-admin"), "attached")
                            .on(ghost, "granted");
    const investigate::Parties parties = investigate::partiesOf(event);
    QVERIFY(parties.subject && parties.subject->entity == ghost);
    QVERIFY(parties.object && parties.object->entity == role("cluster-admin"));
}

void TestRoleSession::changesAndStoryNameWhoWasGivenWhat()
{
    const Brief brief = theCase().brief();
    const auto change = std::find_if(brief.identityChanges.begin(), brief.identityChanges.end(),
                                     [](const IdentityChange& one) { return one.event.value == 3; });
    QVERIFY(change != brief.identityChanges.end());
    QCOMPARE(change->text.code, std::string("change.attached_for"));
    QCOMPARE(change->text.args.at("what"), std::string("AdministratorAccess"));
    QCOMPARE(change->text.args.at("subject"), std::string("svc"));
    const auto given = std::find_if(brief.story.begin(), brief.story.end(),
                                    [](const Finding& one) { return one.text.code == "story.rights_given"; });
    QVERIFY(given != brief.story.end());
    QCOMPARE(given->text.args.at("what"), std::string("AdministratorAccess"));
    QCOMPARE(given->text.args.at("subject"), std::string("svc"));
}

void TestRoleSession::noSentenceHasAQuestionMarkForWhatItIsAbout()
{
    const EntityRef ghost{EntityKind::Account, "system:serviceaccount:kube-system:ghost", "service", "ghost"};
    const auto told = [](const EventBuilder& act, const std::string& code) {
        Inquest inquest({act}, {1});
        inquest.suspect(ops);
        for (const Finding& one : inquest.brief().story) {
            if (one.text.code == code)
                return one.text.args.at("what");
        }
        return std::string("no such sentence");
    };
    const EntityRef token{EntityKind::Credential, "JTI=1", "token", "JTI=1"};
    QCOMPARE(told(EventBuilder(1, "serviceaccounts/token:create", 0s).by(ops).on(token, "created").on(ghost, "granted"),
                  "story.session_minted"),
             std::string("ghost"));
    QCOMPARE(told(EventBuilder(1, "sts:GetSessionToken", 0s).by(ops).with(opsKey).on(session("ASIAOPS"), "created"),
                  "story.session_minted"),
             std::string("ops"));
    QCOMPARE(told(inSession(1, "cloudtrail:StopLogging", 0s).on(trail("main"), "stopped"), "story.logging_impaired"),
             std::string("main"));
}

void TestRoleSession::rightsThatASessionGaveAreResidual()
{
    Inquest inquest = theCase();
    QVERIFY(inquest.lists("grant svc AdministratorAccess"));
    QVERIFY(inquest.lists("grant svc admins"));
    inquest.log.push_back(EventBuilder(8, "iam:DetachUserPolicy", 3600s)
                              .by(user("bob"))
                              .on(admin, "detached")
                              .on(svc, "updated")
                              .changingIdentity());
    QVERIFY(!inquest.lists("grant svc AdministratorAccess"));
}

void TestRoleSession::theKeyThatOpenedTheSessionIsResidual()
{
    Inquest inquest = theCase();
    const auto lines = inquest.residual();
    const auto original = std::find(lines.begin(), lines.end(), "original_key AKIAOPS");
    QVERIFY(original != lines.end());
    QVERIFY(original < std::find(lines.begin(), lines.end(), "session_until ASIADEPLOY"));
    inquest.log.push_back(EventBuilder(8, "iam:UpdateAccessKey", 3600s).by(user("bob")).on(opsKey, "deactivated"));
    QVERIFY(!inquest.lists("original_key AKIAOPS"));
    // A session that was opened from a session leads on to the key.
    Inquest chain = theCase();
    chain.log.front().via = session("ASIAFIRST");
    chain.log.push_back(
        EventBuilder(7, "sts:AssumeRole", -1200s).by(ops).with(opsKey).on(session("ASIAFIRST"), "created"));
    QVERIFY(chain.lists("original_key AKIAOPS"));
    QVERIFY(chain.lists("session ASIAFIRST"));
}

void TestRoleSession::theSessionEndsAsItsOpeningSays()
{
    const Inquest inquest = theCase();
    for (const ResidualAccess& one : inquest.brief().residual) {
        if (one.entity != stolen)
            continue;
        QVERIFY(one.until == noon + 11h);
        QVERIFY(std::find(one.cites.begin(), one.cites.end(), EventId{1}) != one.cites.end());
        return;
    }
    QFAIL("the session is not listed");
}

void TestRoleSession::aSessionThatRanOutIsGoneAndItsOpenersKeyIsNot()
{
    Inquest inquest = theCase();
    inquest.log.push_back(EventBuilder(10, "s3:ListBuckets", 12h).by(user("bob")).with(key("AKIABOB")));
    const auto lines = inquest.residual();
    for (const std::string& line : lines)
        QVERIFY2(line.find("ASIADEPLOY") == std::string::npos, line.c_str());
    QVERIFY(inquest.lists("original_key AKIAOPS"));
}

void TestRoleSession::whoMadeALongLivedKeyBeforeIsNotAccused()
{
    // An administrator makes keys for others; that says nothing about the administrator's own key.
    Inquest inquest = theCase();
    inquest.log.push_back(EventBuilder(11, "iam:CreateAccessKey", -48h)
                              .by(user("bob"))
                              .with(key("AKIABOB"))
                              .on(opsKey, "created")
                              .on(ops, "granted"));
    QVERIFY(inquest.lists("original_key AKIAOPS"));
    QVERIFY(!inquest.lists("original_key AKIABOB"));
}

QTEST_GUILESS_MAIN(TestRoleSession)
#include "tst_role_session.moc"
