#include "tests/core/ingest/records.h"
#include "tests/support/inquest.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;

namespace {

/// The three ends that one act may have, as its source records them.
struct Way
{
    std::string given;
    std::string taken;  ///< by a responder, later
    std::string failed; ///< the same act, refused
};

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

/// JSON in which ' stands for " and ` for a quote inside a text.
std::string recordOf(const std::string& text)
{
    return replaced(ingest::json(text), "`", "\\\"");
}

// --- Entra, as diagnostic settings stream it

std::string entra(const std::string& hour, const std::string& who, const std::string& act, const std::string& targets,
                  const std::string& result = "success")
{
    return recordOf("{'time':'2026-11-20T" + hour + ":00:00Z','category':'AuditLogs','operationName':'" + act +
                    "','tenantId':'t1','properties':{'id':'D" + hour + "','activityDisplayName':'" + act +
                    "','activityDateTime':'2026-11-20T" + hour + ":00:00Z','result':'" + result +
                    "','initiatedBy':{'user':{'id':'" + who + "-id','userPrincipalName':'" + who +
                    "@corp.example'}},'targetResources':" + targets + "}}");
}

std::string changed(const std::string& name, const std::string& before, const std::string& after)
{
    const auto said = [](const std::string& text) { return text.empty() ? std::string("null") : "'" + text + "'"; };
    return "{'displayName':'" + name + "','oldValue':" + said(before) + ",'newValue':" + said(after) + "}";
}

std::string keysOf(const std::vector<std::string>& ids)
{
    std::string text;
    for (const std::string& id : ids)
        text += (text.empty() ? "" : ",") + std::string("`[KeyIdentifier=") + id + ",KeyType=Password,KeyUsage=Verify,DisplayName=x]`";
    return '[' + text + ']';
}

Way entraKey()
{
    const std::string act = "Update application – Certificates and secrets management ";
    const auto targets = [](const std::string& before, const std::string& after) {
        return "[{'type':'Application','id':'app-1','displayName':'Billing','modifiedProperties':[" +
               changed("KeyDescription", before, after) + "]}]";
    };
    const std::string own = keysOf({"key-own"});
    const std::string both = keysOf({"key-own", "key-new"});
    return {entra("10", "eve", act, targets(own, both)), entra("12", "bob", act, targets(both, own)),
            entra("10", "eve", act, targets(own, both), "failure")};
}

Way entraRight()
{
    const auto targets = [](bool isTaken) {
        const auto side = [isTaken](const std::string& name, const std::string& value) {
            return isTaken ? changed(name, value, "") : changed(name, "", value);
        };
        return "[{'type':'ServicePrincipal','id':'graph','displayName':'Microsoft Graph','modifiedProperties':[" +
               side("AppRole.Id", "`r1`") + "," + side("AppRole.Value", "`Mail.ReadWrite`") + "," +
               side("ServicePrincipal.ObjectID", "`sp-1`") + "," + side("ServicePrincipal.DisplayName", "`Billing`") +
               "]},{'type':'ServicePrincipal','id':'sp-1','displayName':''}]";
    };
    return {entra("10", "eve", "Add app role assignment to service principal", targets(false)),
            entra("12", "bob", "Remove app role assignment from service principal", targets(true)),
            entra("10", "eve", "Add app role assignment to service principal", targets(false), "failure")};
}

Way entraConsent()
{
    const std::string app = "[{'type':'ServicePrincipal','id':'sp-9','displayName':'Reader','modifiedProperties':[]}]";
    const std::string grant = "[{'type':'ServicePrincipal','id':'graph','displayName':'Microsoft Graph','modifiedProperties':[" +
                              changed("ServicePrincipal.ObjectID", "`sp-9`", "") + "]}]";
    return {entra("10", "eve", "Consent to application", app), entra("12", "bob", "Remove delegated permission grant", grant),
            entra("10", "eve", "Consent to application", app, "failure")};
}

Way entraRole()
{
    const auto targets = [](bool isTaken) {
        const auto side = [isTaken](const std::string& name, const std::string& value) {
            return isTaken ? changed(name, value, "") : changed(name, "", value);
        };
        return "[{'type':'User','id':'g1','userPrincipalName':'pal@corp.example','modifiedProperties':[" +
               side("Role.DisplayName", "`Global Administrator`") + "," + side("Role.TemplateId", "`62e9`") + "]}]";
    };
    return {entra("10", "eve", "Add member to role", targets(false)), entra("12", "bob", "Remove member from role", targets(true)),
            entra("10", "eve", "Add member to role", targets(false), "failure")};
}

// --- Microsoft 365

std::string mail(const std::string& hour, const std::string& who, const std::string& act,
                 const std::vector<std::pair<std::string, std::string>>& parameters, const std::string& result = "True")
{
    std::string list;
    for (const auto& [name, value] : parameters)
        list += (list.empty() ? "" : ",") + std::string("{'Name':'") + name + "','Value':'" + value + "'}";
    return recordOf("{'CreationTime':'2026-11-20T" + hour + ":00:00','Id':'m" + hour + "','Operation':'" + act +
                    "','Workload':'Exchange','RecordType':1,'UserType':0,'UserId':'" + who +
                    "@corp.example','ResultStatus':'" + result + "','ObjectId':'x','Parameters':[" + list + "]}");
}

Way mailboxRight()
{
    const std::vector<std::pair<std::string, std::string>> all{
        {"Identity", "ceo@corp.example"}, {"User", "pal@corp.example"}, {"AccessRights", "FullAccess"}};
    return {mail("10", "eve", "Add-MailboxPermission", all), mail("12", "bob", "Remove-MailboxPermission", all),
            mail("10", "eve", "Add-MailboxPermission", all, "False")};
}

Way forwarding()
{
    const std::vector<std::pair<std::string, std::string>> on{{"Identity", "ceo@corp.example"},
                                                              {"ForwardingSmtpAddress", "smtp:drop@evil.example"}};
    const std::vector<std::pair<std::string, std::string>> off{{"Identity", "ceo@corp.example"}, {"ForwardingSmtpAddress", ""}};
    return {mail("10", "eve", "Set-Mailbox", on), mail("12", "bob", "Set-Mailbox", off), mail("10", "eve", "Set-Mailbox", on, "False")};
}

Way mailRule()
{
    const std::vector<std::pair<std::string, std::string>> made{
        {"Mailbox", "ceo@corp.example"}, {"Name", "Feeds"}, {"RedirectTo", "drop@evil.example"}};
    return {mail("10", "eve", "New-InboxRule", made),
            mail("12", "bob", "Remove-InboxRule", {{"Mailbox", "ceo@corp.example"}, {"Identity", "ceo\\\\Feeds"}}),
            mail("10", "eve", "New-InboxRule", made, "False")};
}

Way transportRule()
{
    return {mail("10", "eve", "New-TransportRule", {{"Name", "x"}, {"BlindCopyTo", "drop@evil.example"}}),
            mail("12", "bob", "Disable-TransportRule", {{"Identity", "x"}}),
            mail("10", "eve", "New-TransportRule", {{"Name", "x"}, {"BlindCopyTo", "drop@evil.example"}}, "False")};
}

// --- Azure

Way azureRole()
{
    const auto record = [](const std::string& hour, const std::string& act, const std::string& body, const std::string& result) {
        return recordOf("{'operationName':'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/" + act + "','time':'2026-11-20T" + hour +
                        ":00:00Z','resultType':'" + result +
                        "','resourceId':'/subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/a','caller':'eve@corp.example','properties':{" +
                        body + "}}");
    };
    const std::string body = "'requestbody':'{`Properties`:{`PrincipalId`:`sp-1`,`RoleDefinitionId`:`/providers/"
                             "Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`}}'";
    return {record("10", "WRITE", body, "Success"), record("12", "DELETE", "", "Success"), record("10", "WRITE", body, "Failure")};
}

// --- Okta

std::string okta(const std::string& hour, const std::string& who, const std::string& act, const std::string& targets,
                 const std::string& debug = "{}", const std::string& result = "SUCCESS")
{
    return recordOf("{'eventType':'" + act + "','published':'2026-11-20T" + hour + ":00:00.000Z','uuid':'o" + hour +
                    "','outcome':{'result':'" + result + "'},'actor':{'id':'00u" + who + "','type':'User','alternateId':'" + who +
                    "@corp.example'},'debugContext':{'debugData':" + debug + "},'target':" + targets + "}");
}

std::string person(const std::string& who)
{
    return "{'id':'00u" + who + "','type':'User','alternateId':'" + who + "@corp.example','displayName':'" + who + "'}";
}

Way oktaRole()
{
    const std::string to = "[" + person("pal") + "]";
    const std::string what = "{'privilegeGranted':'Super administrator'}";
    return {okta("10", "eve", "user.account.privilege.grant", to, what),
            okta("12", "bob", "user.account.privilege.revoke", to, "{'privilegeRevoked':'Super administrator'}"),
            okta("10", "eve", "user.account.privilege.grant", to, what, "FAILURE")};
}

Way oktaSuspended()
{
    Way way = oktaRole();
    way.taken = okta("12", "bob", "user.lifecycle.suspend", "[" + person("pal") + "]");
    return way;
}

Way oktaFactor(const std::string& end)
{
    const std::string to = "[" + person("ann") + "]";
    return {okta("10", "eve", "user.mfa.factor.activate", to, "{'factor':'OKTA_VERIFY_PUSH'}"),
            okta("12", "bob", end, to, "{'factor':'OKTA_VERIFY_PUSH'}"),
            okta("10", "eve", "user.mfa.factor.activate", to, "{'factor':'OKTA_VERIFY_PUSH'}", "FAILURE")};
}

Way oktaProvider()
{
    const std::string what = "[{'id':'0oaE','type':'IdentityProvider','alternateId':'unknown','displayName':'Partner'}]";
    return {okta("10", "eve", "system.idp.lifecycle.create", what), okta("12", "bob", "system.idp.lifecycle.deactivate", what),
            okta("10", "eve", "system.idp.lifecycle.create", what, "{}", "FAILURE")};
}

// --- AWS

std::string aws(const std::string& hour, const std::string& who, const std::string& act, const std::string& request,
                const std::string& response, const std::string& error = {})
{
    return recordOf("{'eventVersion':'1.08','eventTime':'2026-11-20T" + hour + ":00:00Z','awsRegion':'us-east-1','eventID':'e" + hour +
                    "','eventSource':'iam.amazonaws.com','eventName':'" + act + "','recipientAccountId':'111122223333'," +
                    (error.empty() ? std::string() : "'errorCode':'" + error + "',") +
                    "'userIdentity':{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/" + who +
                    "','accountId':'111122223333','userName':'" + who + "'},'requestParameters':" + request +
                    ",'responseElements':" + response + "}");
}

Way awsProvider(const std::string& kind, const std::string& member, const std::string& arn)
{
    const std::string named = "{'" + member + "':'" + arn + "'}";
    return {aws("10", "eve", "Create" + kind, "{'name':'p'}", named), aws("12", "bob", "Delete" + kind, named, "null"),
            aws("10", "eve", "Create" + kind, "{'name':'p'}", "null", "AccessDenied")};
}

std::string awsOf(const std::string& service, const std::string& record)
{
    return replaced(record, "iam.amazonaws.com", service + ".amazonaws.com");
}

Way resourcePolicy(const std::string& service, const std::string& put, const std::string& away, const std::string& what,
                   const std::string& member)
{
    const std::string open = "{'" + what + "':'t','" + member +
                             "':{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}]}}";
    return {awsOf(service, aws("10", "eve", put, open, "null")), awsOf(service, aws("12", "bob", away, "{'" + what + "':'t'}", "null")),
            awsOf(service, aws("10", "eve", put, open, "null", "AccessDenied"))};
}

Way assignment(const std::string& target)
{
    const std::string asked = "{'principalId':'u-1','principalType':'USER','permissionSetArn':'arn:aws:sso:::permissionSet/x/ps-1','targetId':'" +
                              target + "','targetType':'AWS_ACCOUNT'}";
    return {awsOf("sso", aws("10", "eve", "CreateAccountAssignment", asked, "null")),
            awsOf("sso", aws("12", "bob", "DeleteAccountAssignment", asked, "null")),
            awsOf("sso", aws("10", "eve", "CreateAccountAssignment", asked, "null", "AccessDenied"))};
}

Way accessEntry(const std::string& takes)
{
    const std::string asked = "{'name':'prod','principalArn':'arn:aws:iam::111122223333:user/pal','policyArn':'arn:aws:eks::aws:cluster-access-policy/admin'}";
    return {awsOf("eks", aws("10", "eve", "AssociateAccessPolicy", asked, "{}")), awsOf("eks", aws("12", "bob", takes, asked, "{}")),
            awsOf("eks", aws("10", "eve", "AssociateAccessPolicy", asked, "null", "AccessDeniedException"))};
}

/// A right over a service account, as Google's delta of its policy tells.
std::string actAs(const std::string& hour, const std::string& who, const std::string& action, const std::string& account)
{
    return recordOf("{'protoPayload':{'@type':'type.googleapis.com/google.cloud.audit.AuditLog','serviceName':'iam.googleapis.com',"
                    "'methodName':'google.iam.admin.v1.SetIAMPolicy','resourceName':'projects/-/serviceAccounts/1" +
                    std::to_string(account.size()) + "','authenticationInfo':{'principalEmail':'" + who +
                    "@corp.example'},'status':{},'serviceData':{'policyDelta':{'bindingDeltas':[{'action':'" + action +
                    "','role':'roles/iam.serviceAccountTokenCreator','member':'user:pal@corp.example'}]}}},'insertId':'i" + hour + account +
                    "','resource':{'type':'service_account','labels':{'email_id':'" + account +
                    "@p1.iam.gserviceaccount.com'}},'timestamp':'2026-11-20T" + hour + ":00:00Z'}");
}

Way lambdaStatement(const std::string& version)
{
    const std::string open = "{'functionName':'fn','statementId':'s1','action':'lambda:InvokeFunction','principal':'*'}";
    const std::string close = "{'functionName':'fn','statementId':'s1'}";
    return {awsOf("lambda", aws("10", "eve", "AddPermission" + version, open, "{'statement':'{}'}")),
            awsOf("lambda", aws("12", "bob", "RemovePermission" + version, close, "null")),
            awsOf("lambda", aws("10", "eve", "AddPermission" + version, open, "null", "AccessDenied"))};
}

Way sharedImage()
{
    const std::string open = "{'imageId':'ami-1','attributeType':'launchPermission','launchPermission':{'add':{'items':[{'userId':'999988887777'}]}}}";
    return {awsOf("ec2", aws("10", "eve", "ModifyImageAttribute", open, "{'_return':true}")),
            awsOf("ec2", aws("12", "bob", "DeregisterImage", "{'imageId':'ami-1'}", "{'_return':true}")),
            awsOf("ec2", aws("10", "eve", "ModifyImageAttribute", open, "null", "Client.UnauthorizedOperation"))};
}

// --- Kubernetes

std::string cluster(const std::string& hour, const std::string& who, const std::string& verb, const std::vector<std::string>& users,
                    const std::string& code = "200")
{
    std::string subjects;
    for (const std::string& user : users)
        subjects += (subjects.empty() ? "" : ",") + std::string("{'kind':'User','name':'") + user + "@corp.example'}";
    return recordOf("{'apiVersion':'audit.k8s.io/v1','kind':'Event','level':'RequestResponse','stage':'ResponseComplete','auditID':'k" + hour + verb +
                    "','verb':'" + verb + "','requestReceivedTimestamp':'2026-11-20T" + hour + ":00:00Z','user':{'username':'" + who +
                    "@corp.example'},'objectRef':{'resource':'clusterrolebindings','name':'door'},'responseStatus':{'code':" + code +
                    "},'requestObject':{'subjects':[" + subjects + "],'roleRef':{'kind':'ClusterRole','name':'cluster-admin'}}}");
}

// --- GitHub

std::string gitHub(const std::string& hour, const std::string& who, const std::string& act, const std::string& members)
{
    return recordOf("{'action':'" + act + "','actor':'" + who + "','created_at':'2026-11-20T" + hour +
                    ":00:00Z','_document_id':'g" + hour + "','org':'corp'," + members + "}");
}

Way gitHubOwner()
{
    return {gitHub("10", "eve", "org.add_member", "'user':'pal','permission':'admin'"),
            gitHub("12", "bob", "org.remove_member", "'user':'pal'"),
            gitHub("10", "eve", "org.add_member_failed", "'user':'pal','permission':'admin'")};
}

Way gitHubDemoted()
{
    Way way = gitHubOwner();
    way.taken = gitHub("12", "bob", "org.update_member", "'user':'pal','permission':'read','old_permission':'admin'");
    return way;
}

Way gitHubHook()
{
    return {gitHub("10", "eve", "hook.create", "'repo':'corp/app','hook_id':99"), gitHub("12", "bob", "hook.destroy", "'repo':'corp/app','hook_id':99"),
            gitHub("10", "eve", "hook.create", "'repo':'corp/app','hook_id':99,'outcome':'failure'")};
}

Way gitHubKey()
{
    return {gitHub("10", "eve", "deploy_key.create", "'repo':'corp/app','fingerprint':'SHA256:e'"),
            gitHub("12", "bob", "deploy_key.delete", "'repo':'corp/app','fingerprint':'SHA256:e'"),
            gitHub("10", "eve", "deploy_key.create", "'repo':'corp/app','fingerprint':'SHA256:e','outcome':'failure'")};
}

Way gitHubPublic()
{
    return {gitHub("10", "eve", "repo.access", "'repo':'corp/app','visibility':'public','previous_visibility':'private'"),
            gitHub("12", "bob", "repo.access", "'repo':'corp/app','visibility':'private','previous_visibility':'public'"),
            gitHub("10", "eve", "repo.access", "'repo':'corp/app','visibility':'public','outcome':'failure'")};
}

} // namespace

class TestResidualBySource : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void whatIsGivenIsListedUntilItIsTakenBack_data();
    void whatIsGivenIsListedUntilItIsTakenBack();
    void whatIsTakenFromOneStandsForTheOther();
    void aThingUnderAnotherNameIsTheThing();
    void theEndOfAPartIsNotTheEndOfItsContainer();
    void aSessionEndsWithAllOfItsPerson();
    void whoeverIsSwitchedOnAgainHasItsRightsAgain();
    void aForeignTrailEndsNothing();
    void whatSomebodyBesideDidIsNobodysWayIn();

private:
    Event read(std::int64_t id, const std::string& record);
    QStringList residualOf(const std::vector<std::string>& records, std::size_t attacks = 1);

    ingest::MappedRecords m_records;
};

void TestResidualBySource::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
}

Event TestResidualBySource::read(std::int64_t id, const std::string& record)
{
    Result<Event> one = m_records.event(record);
    if (!one)
        qFatal("%s: %s", one.error().detail.c_str(), record.c_str());
    one->id = {id};
    return std::move(*one);
}

/// @param attacks  so many of the first records are the intruder's
QStringList TestResidualBySource::residualOf(const std::vector<std::string>& records, std::size_t attacks)
{
    std::vector<Event> log;
    std::vector<std::int64_t> alerted;
    for (const std::string& record : records) {
        log.push_back(read(static_cast<std::int64_t>(log.size()) + 1, record));
        if (log.size() <= attacks)
            alerted.push_back(log.back().id.value);
    }
    Inquest inquest(log, alerted);
    inquest.suspect(*log.front().actor);
    if (log.front().via)
        inquest.suspect(*log.front().via);
    QStringList lines;
    for (const std::string& line : inquest.residual())
        lines << QString::fromStdString(line);
    return lines;
}

void TestResidualBySource::whatIsGivenIsListedUntilItIsTakenBack_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("taken");
    QTest::addColumn<QString>("failed");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* name, const Way& way, const char* line) {
        QTest::newRow(name) << QString::fromStdString(way.given) << QString::fromStdString(way.taken)
                            << QString::fromStdString(way.failed) << QString(line);
    };
    row("Entra, secret of an application", entraKey(), "made_key key-new");
    row("Entra, right of an application", entraRight(), "grant Billing Mail.ReadWrite");
    row("Entra, consent", entraConsent(), "consent Reader");
    row("Entra, role", entraRole(), "grant pal@corp.example “Global Administrator”");
    row("mailbox right", mailboxRight(), "grant_in pal@corp.example FullAccess ceo@corp.example");
    row("forwarding of a mailbox", forwarding(), "mail drop@evil.example ceo@corp.example/forwarding");
    row("mail rule", mailRule(), "mail drop@evil.example ceo@corp.example/inbox rules/feeds");
    row("transport rule", transportRule(), "mail drop@evil.example transport rules/x");
    row("Azure, role", azureRole(), "grant_in sp-1 Owner /subscriptions/s1");
    row("Okta, role", oktaRole(), "grant pal@corp.example “Super administrator”");
    row("Okta, who has the role suspended", oktaSuspended(), "grant pal@corp.example “Super administrator”");
    row("Okta, factor", oktaFactor("user.mfa.factor.deactivate"), "factor_made ann@corp.example");
    row("Okta, every factor", oktaFactor("user.mfa.factor.reset_all"), "factor_made ann@corp.example");
    row("Okta, identity provider", oktaProvider(), "provider_made Partner");
    row("AWS, SAML provider", awsProvider("SAMLProvider", "sAMLProviderArn", "arn:aws:iam::111122223333:saml-provider/p"),
        "provider_made p");
    row("AWS, OIDC provider",
        awsProvider("OpenIDConnectProvider", "openIDConnectProviderArn", "arn:aws:iam::111122223333:oidc-provider/p.example"),
        "provider_made p.example");
    for (const char* version : {"20150331v2", "20150331", ""})
        row(("AWS, function opened to all " + std::string(version)).c_str(), lambdaStatement(version), "shared fn");
    row("AWS, policy of a bucket", resourcePolicy("s3", "PutBucketPolicy", "DeleteBucketPolicy", "bucketName", "bucketPolicy"),
        "policy_changed t");
    row("AWS, policy of a secret", resourcePolicy("secretsmanager", "PutResourcePolicy", "DeleteResourcePolicy", "secretId", "resourcePolicy"),
        "policy_changed t");
    row("AWS, permission set in an account", assignment("222233334444"), "grant_in u-1 ps-1 222233334444");
    row("AWS, policy in a cluster", accessEntry("DisassociateAccessPolicy"), "grant_in pal admin prod");
    row("AWS, entry of a cluster", accessEntry("DeleteAccessEntry"), "grant_in pal admin prod");
    row("GitHub, owner of the organisation", gitHubOwner(), "grant_in pal admin corp");
    row("GitHub, an owner less", gitHubDemoted(), "grant_in pal admin corp");
    row("GitHub, webhook", gitHubHook(), "webhook_made 99");
    row("GitHub, deploy key", gitHubKey(), "made_key SHA256:e");
    row("GitHub, repository made public", gitHubPublic(), "shared corp/app");
}

void TestResidualBySource::whatIsGivenIsListedUntilItIsTakenBack()
{
    QFETCH(const QString, given);
    QFETCH(const QString, taken);
    QFETCH(const QString, failed);
    QFETCH(const QString, line);
    QCOMPARE(residualOf({given.toStdString()}), QStringList(line));
    QCOMPARE(residualOf({given.toStdString(), taken.toStdString()}), QStringList());
    QCOMPARE(residualOf({failed.toStdString()}), QStringList());
    // Given once more, it stands again.
    const std::string again = replaced(given.toStdString(), "T10:00:00", "T13:00:00");
    QCOMPARE(residualOf({given.toStdString(), again, taken.toStdString()}, 2), QStringList(line));
}

/// One of two statements, one of two people: what was not taken stands.
void TestResidualBySource::whatIsTakenFromOneStandsForTheOther()
{
    const std::string other = replaced(lambdaStatement("20150331v2").given, "s1", "s2");
    const std::string later = replaced(other, "T10:00:00", "T10:30:00");
    QCOMPARE(residualOf({lambdaStatement("20150331v2").given, later, lambdaStatement("20150331v2").taken}, 2), QStringList("shared fn"));
    QCOMPARE(residualOf({sharedImage().given}), QStringList("shared ami-1"));
    QCOMPARE(residualOf({sharedImage().given, sharedImage().taken}), QStringList()); // what is gone is open to nobody
    // A permission set in one account is none in another.
    const std::string there = replaced(assignment("333344445555").given, "'e10'", "'e10c'");
    QCOMPARE(residualOf({assignment("222233334444").given, there, assignment("222233334444").taken}, 2),
             QStringList("grant_in u-1 ps-1 333344445555"));
    // A right over one service account is none over another.
    const std::string overCi = actAs("10", "eve", "ADD", "ci");
    const QString line = "grant_in pal@corp.example iam.serviceAccountTokenCreator ";
    const QStringList overBoth{line + "ci@p1.iam.gserviceaccount.com", line + "backup@p1.iam.gserviceaccount.com"};
    QCOMPARE(residualOf({overCi, actAs("12", "bob", "REMOVE", "backup")}), QStringList(overBoth.first()));
    QCOMPARE(residualOf({overCi, actAs("12", "bob", "REMOVE", "ci")}), QStringList());
    QCOMPARE(residualOf({overCi, actAs("10", "eve", "ADD", "backup")}, 2), overBoth);
    const QStringList both{"grant ann@corp.example cluster-admin", "grant pal@corp.example cluster-admin"};
    for (const char* verb : {"create", "update"}) {
        const std::string given = cluster("10", "eve", verb, {"ann", "pal"});
        QCOMPARE(residualOf({given}), both);
        QCOMPARE(residualOf({given, cluster("12", "bob", "update", {"ann"})}), QStringList(both.first()));
        QCOMPARE(residualOf({given, cluster("12", "bob", "update", {"ann"}, "403")}), both);
        QCOMPARE(residualOf({given, cluster("12", "bob", "patch", {"zoe"})}), QStringList());
    }
}

/// Whoever was renamed is who they were; so is what was given under the former name.
void TestResidualBySource::aThingUnderAnotherNameIsTheThing()
{
    const std::string made = aws("10", "eve", "CreateUser", "{'userName':'aux'}", "{'user':{'userName':'aux'}}");
    const std::string right = "{'userName':'aux','policyArn':'arn:aws:iam::111122223333:policy/full'}";
    const std::string given = replaced(aws("10", "eve", "AttachUserPolicy", right, "null"), "'e10'", "'e10b'");
    const std::string renamed = aws("11", "eve", "UpdateUser", "{'userName':'aux','newUserName':'support'}", "null");
    const QStringList way{"account_made aux", "grant aux full"};
    QCOMPARE(residualOf({made, given, renamed}, 2), way);
    QCOMPARE(residualOf({made, given, renamed, aws("12", "bob", "DetachUserPolicy", replaced(right, "aux", "support"), "null")}, 2),
             QStringList(way.first()));
    QCOMPARE(residualOf({made, given, renamed, aws("12", "bob", "DeleteUser", "{'userName':'support'}", "null")}, 2), QStringList());
    QCOMPARE(residualOf({made, given, renamed, aws("12", "bob", "DeleteUser", "{'userName':'supporter'}", "null")}, 2), way);
}

/// The repository is public and its deploy key is deleted: it is as public as before.
void TestResidualBySource::theEndOfAPartIsNotTheEndOfItsContainer()
{
    QCOMPARE(residualOf({gitHubPublic().given, gitHubKey().given, gitHubKey().taken}, 2), QStringList("shared corp/app"));
    // A person whose factor is switched off is a person still.
    const std::string noFactor = okta("12", "bob", "user.mfa.factor.deactivate", "[" + person("pal") + "]", "{'factor':'SMS'}");
    QCOMPARE(residualOf({oktaRole().given, noFactor}), QStringList("grant pal@corp.example “Super administrator”"));
    // Neither is an account gone whose key is, by whatever format the deletion comes.
    const std::string made = aws("10", "eve", "CreateUser", "{'userName':'ci'}", "{'user':{'userName':'ci'}}");
    const std::string unkeyed = recordOf(
        "{'@timestamp':'2026-11-20T12:00:00Z','ecs':{'version':'8.11'},'event':{'dataset':'aws.cloudtrail','action':'DeleteAccessKey',"
        "'provider':'iam.amazonaws.com','outcome':'success'},'aws':{'cloudtrail':{'user_identity':{'arn':'arn:aws:iam::111122223333:user/bob'}}},"
        "'user':{'name':'bob','target':{'id':'arn:aws:iam::111122223333:user/ci','name':'ci'}}}");
    QCOMPARE(residualOf({made, unkeyed}), QStringList("account_made ci"));
}

void TestResidualBySource::aSessionEndsWithAllOfItsPerson()
{
    const std::string inSession =
        replaced(oktaRole().given, "\"debugContext\"", "\"authenticationContext\":{\"externalSessionId\":\"s1\"},\"debugContext\"");
    const QStringList both{"session s1", "grant pal@corp.example “Super administrator”"};
    QCOMPARE(residualOf({inSession}), both);
    const QStringList roleOnly{"grant pal@corp.example “Super administrator”"};
    QCOMPARE(residualOf({inSession, okta("12", "bob", "user.session.clear", "[" + person("eve") + "]")}), roleOnly);
    QCOMPARE(residualOf({inSession, okta("12", "bob", "user.lifecycle.suspend", "[" + person("eve") + "]")}), roleOnly);
    QCOMPARE(residualOf({inSession, okta("12", "bob", "user.session.clear", "[" + person("eva") + "]")}), both);
    QCOMPARE(residualOf({inSession, okta("12", "bob", "user.session.clear", "[" + person("eve") + "]", "{}", "FAILURE")}), both);
}

void TestResidualBySource::whoeverIsSwitchedOnAgainHasItsRightsAgain()
{
    const std::string on = okta("14", "bob", "user.lifecycle.unsuspend", "[" + person("pal") + "]");
    QCOMPARE(residualOf({oktaSuspended().given, oktaSuspended().taken, on}), QStringList("grant pal@corp.example “Super administrator”"));
}

/// Whoever has an account of their own writes into its trail what they like.
void TestResidualBySource::aForeignTrailEndsNothing()
{
    const auto keyCall = [](const std::string& hour, const std::string& who, const std::string& act) {
        const std::string key = "'accessKeyId':'AKIANEW'";
        return aws(hour, who, act, "{'userName':'ci'," + key + "}", "{'accessKey':{'userName':'ci'," + key + "}}");
    };
    const std::string made = keyCall("10", "eve", "CreateAccessKey");
    const std::string deleted = keyCall("12", "bob", "DeleteAccessKey");
    const std::string foreign = replaced(deleted, "111122223333", "999900001111");
    const QStringList line("made_key AKIANEW");
    QCOMPARE(residualOf({made, foreign}), line);
    QCOMPARE(residualOf({made, deleted}), QStringList());
    // Neither the key that was stolen, which was made long before.
    const std::string withKey = replaced(made, "\"userName\":\"eve\"}", "\"userName\":\"eve\",\"accessKeyId\":\"AKIAOLD\"}");
    const auto ends = [&](const std::string& record) { return replaced(record, "AKIANEW", "AKIAOLD"); };
    const QStringList both{"original_key AKIAOLD", "made_key AKIANEW"};
    QCOMPARE(residualOf({withKey}), both);
    QCOMPARE(residualOf({withKey, ends(foreign)}), both);
    QCOMPARE(residualOf({withKey, ends(deleted)}), line);
}

/// Two people behind one address: the one whom nothing is held against made a key as always.
void TestResidualBySource::whatSomebodyBesideDidIsNobodysWayIn()
{
    const auto keyCall = [](const std::string& who, const std::string& key) {
        return aws("10", who, "CreateAccessKey", "null", "{'accessKey':{'userName':'" + who + "','accessKeyId':'" + key + "'}}");
    };
    std::vector<Event> log{read(1, keyCall("eve", "AKIAEVE")), read(2, keyCall("tim", "AKIATIM"))};
    Inquest inquest(log, {1, 2});
    inquest.suspect(*log.front().actor);
    IncidentMember beside;
    beside.entity = *log.back().actor;
    inquest.incident.members.push_back(beside);
    IncidentMember made;
    made.entity = {EntityKind::Credential, "AKIATIM", "access_key", "AKIATIM"};
    made.role = EntityRole::Attacker;
    made.isMadeByIncident = true;
    inquest.incident.members.push_back(made);
    QCOMPARE(inquest.residual(), std::vector<std::string>{"made_key AKIAEVE"});
    // With the key that tim made, something was done that a rule noticed: now it is one, and so is what it was made with.
    inquest.incident.members.back().isMisused = true;
    QCOMPARE(inquest.residual(), (std::vector<std::string>{"made_key AKIATIM", "made_key AKIAEVE"}));
}

QTEST_GUILESS_MAIN(TestResidualBySource)
#include "tst_residual_by_source.moc"
