#include "tests/core/ingest/entity_texts.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

/// What records of cloud and identity sources become, and that the same thing has the same id whichever record names
/// it. Source: docs/formats/entities.md
class TestCloudEvents : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void tellsWhoDidWhatToWhat_data();
    void tellsWhoDidWhatToWhat();
    void theSameThingHasTheSameId_data();
    void theSameThingHasTheSameId();
    void tellsOutcomes_data();
    void tellsOutcomes();
    void kubernetesStagesOfARequestAreTwoRecords();
    void noDamageToARecordStopsTheReading();
    void aHugeListCostsLittle();

private:
    /// ` is a quote inside a string.
    Event eventOf(const QString& text)
    {
        std::string record = json(text.toStdString());
        for (std::size_t at = 0; (at = record.find('`', at)) != std::string::npos;)
            record.replace(at, 1, "\\\"");
        auto event = m_records.event(record);
        if (!event)
            QTest::qFail(event.error().detail.c_str(), __FILE__, __LINE__);
        return event ? *event : Event{};
    }

    MappedRecords m_records;
};

namespace {

const char* const oktaReset =
    "{'eventType':'user.mfa.factor.reset_all','published':'2026-01-01T10:00:00.000Z','uuid':'u-1','outcome':{'result':'"
    "SUCCESS'},"
    "'actor':{'id':'00u1','type':'User','alternateId':'help@acme.example'},'client':{'ipAddress':'203.0.113.9'},"
    "'authenticationContext':{'externalSessionId':'sess1'},"
    "'target':[{'id':'00u2','type':'User','alternateId':'ana@acme.example'},{'id':'opf1','type':'Thing'}]}";
const char* const oktaByToken =
    "{'eventType':'system.api_token.create','published':'2026-01-01T10:00:00Z','outcome':{'result':'FAILURE','reason':'"
    "no'},"
    "'actor':{'id':'00u1','type':'User'},'transaction':{'detail':{'requestApiTokenId':'00T1'}},"
    "'target':[{'id':'00T2','type':'Token','displayName':'ci'}]}";
const char* const entraRole =
    "{'category':'AuditLogs','time':'2026-01-01T10:00:00Z','tenantId':'t1','properties':{'activityDisplayName':'Add "
    "member to role',"
    "'result':'success','initiatedBy':{'user':{'id':'g1','userPrincipalName':'Admin@Acme.example','ipAddress':'203.0."
    "113.9'}},"
    "'targetResources':[{'type':'User','id':'g2','userPrincipalName':'Ana@acme.example','modifiedProperties':["
    "{'displayName':'Role.DisplayName','newValue':'`Global "
    "Administrator`'},{'displayName':'Role.TemplateId','newValue':'`62E90394`'}]}]}}";
const char* const entraSecret =
    "{'activityDisplayName':'Update application – Certificates and secrets management "
    "','activityDateTime':'2026-01-01T10:00:00Z',"
    "'result':'success','initiatedBy':{'app':{'servicePrincipalId':'SP-1','displayName':'deployer'}},"
    "'targetResources':[{'type':'Application','id':'APP-1','displayName':'crm'}],'additionalDetails':[{'key':'User-Agent','value':'x'},{'key':'AppId','value':'APP-2'}]}";
const char* const entraTwoPeople =
    "{'activityDisplayName':'Add owner to group','activityDateTime':'2026-01-01T10:00:00Z','result':'success',"
    "'initiatedBy':{'user':{'id':'g1','userPrincipalName':'Admin@Acme.example'}},"
    "'targetResources':[{'type':'User','id':'g2','userPrincipalName':'ana@acme.example'},"
    "{'type':'User','id':'g3','userPrincipalName':'bo@acme.example'}]}";
const char* const entraServicePrincipal = "{'category':'ServicePrincipalSignInLogs','resultType':'0','properties':{'"
                                          "createdDateTime':'2026-01-01T10:00:00Z','appId':'APP-2',"
                                          "'servicePrincipalId':'SP-1','servicePrincipalName':'deployer','"
                                          "servicePrincipalCredentialKeyId':'KEY-1','ipAddress':'203.0.113.9'}}";
const char* const azureRole =
    "{'operationName':'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/"
    "WRITE','time':'2026-01-01T10:00:00Z','resultType':'Success',"
    "'resourceId':'/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/"
    "R','callerIpAddress':'203.0.113.9:443',"
    "'identity':{'claims':{'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn':'Ana@acme.example'}},"
    "'properties':{'requestbody':'{`Properties`:{`PrincipalId`:`SP-1`,`RoleDefinitionId`:`/a/roleDefinitions/"
    "OWNER`}}'}}";
const char* const mailRule =
    "{'Operation':'New-InboxRule','Workload':'Exchange','CreationTime':'2026-01-01T10:00:00','UserId':'Ana@acme."
    "example','UserType':0,"
    "'ClientIP':'[2001:db8::1]:1234','ResultStatus':'True','Parameters':[{'Name':'ForwardTo','Value':'x@evil.example'},"
    "{'Name':'Name','Value':'.'}]}";
const char* const gcpKey =
    "{'timestamp':'2026-01-01T10:00:00Z','insertId':'i1','resource':{'labels':{'project_id':'p1',"
    "'email_id':'build@p1.iam.gserviceaccount.com'}},'protoPayload':{'serviceName':'iam.googleapis.com',"
    "'methodName':'google.iam.admin.v1.CreateServiceAccountKey','resourceName':'projects/-/serviceAccounts/1234',"
    "'authenticationInfo':{'principalEmail':'ana@acme.example'},'requestMetadata':{'callerIp':'203.0.113.9'},"
    "'response':{'name':'projects/p1/serviceAccounts/build@p1.iam.gserviceaccount.com/keys/k1'}}}";
const char* const gcpByKey =
    "{'timestamp':'2026-01-01T11:00:00Z','protoPayload':{'serviceName':'secretmanager.googleapis.com',"
    "'methodName':'google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion',"
    "'resourceName':'projects/p1/secrets/db/versions/"
    "3','authenticationInfo':{'principalEmail':'build@p1.iam.gserviceaccount.com',"
    "'serviceAccountKeyName':'//iam.googleapis.com/projects/p1/serviceAccounts/build@p1.iam.gserviceaccount.com/keys/"
    "k1',"
    "'serviceAccountDelegationInfo':[{'firstPartyPrincipal':{'principalEmail':'ci@p2.iam.gserviceaccount.com'}}]}}}";
const char* const gcpPolicy =
    "{'timestamp':'2026-01-01T11:00:00Z','protoPayload':{'serviceName':'cloudresourcemanager.googleapis.com',"
    "'methodName':'SetIamPolicy','resourceName':'projects/"
    "p1','authenticationInfo':{'principalEmail':'ana@acme.example'},"
    "'status':{'code':7,'message':'PERMISSION_DENIED'},'serviceData':{'policyDelta':{'bindingDeltas':["
    "{'action':'ADD','role':'roles/owner','member':'serviceAccount:build@p1.iam.gserviceaccount.com'},"
    "{'action':'REMOVE','role':'roles/viewer','member':'user:bo@acme.example'}]}}}}";
const char* const gitHubKey =
    "{'action':'deploy_key.create','actor':'Octo-Cat','actor_ip':'203.0.113.9','created_at':1767261600000,'org':'Acme',"
    "'repo':'Acme/Site','hashed_token':'h=','fingerprint':'SHA256:f','_document_id':'d1'}";
const char* const gitHubBranch =
    "{'action':'protected_branch.destroy','actor':'Octo-Cat','actor_ip':'203.0.113.9','created_at':1767261600000,'org':'Acme',"
    "'repo':'Acme/Site','_document_id':'d2'}";
const char* const gitHubRules =
    "{'action':'repository_ruleset.destroy','actor':'Octo-Cat','actor_ip':'203.0.113.9','created_at':1767261600000,'org':'Acme',"
    "'repo':'Acme/Site','ruleset_id':7,'_document_id':'d3'}";
const char* const kubeExec =
    "{'kind':'Event','apiVersion':'audit.k8s.io/v1','stage':'ResponseComplete','auditID':'a1','verb':'create',"
    "'requestReceivedTimestamp':'2026-01-01T10:00:00.000000Z','user':{'username':'system:serviceaccount:shop:deployer',"
    "'extra':{'authentication.kubernetes.io/credential-id':['JTI=1']}},'sourceIPs':['10.0.0.1'],"
    "'objectRef':{'resource':'pods','subresource':'exec','namespace':'shop','name':'web-1'},'responseStatus':{'code':"
    "101}}";
const char* const kubeToken =
    "{'kind':'Event','apiVersion':'audit.k8s.io/v1','verb':'create','timestamp':'2026-01-01T10:00:00Z',"
    "'user':{'username':'kubernetes-admin','extra':{'arn':['arn:aws:sts::1:assumed-role/ops/"
    "ana'],'accessKeyId':['ASIA1']}},"
    "'objectRef':{'resource':'serviceaccounts','subresource':'token','namespace':'shop','name':'deployer'},'"
    "responseStatus':{'code':403}}";
const char* const kubeTokenMade =
    "{'kind':'Event','apiVersion':'audit.k8s.io/v1','verb':'create','timestamp':'2026-01-01T10:00:00Z',"
    "'user':{'username':'ana'},'annotations':{'authentication.kubernetes.io/issued-credential-id':'JTI=7c1d'},"
    "'objectRef':{'resource':'serviceaccounts','subresource':'token','namespace':'shop','name':'deployer'},'"
    "responseStatus':{'code':201}}";
const char* const kubeTokenUsed =
    "{'kind':'Event','apiVersion':'audit.k8s.io/v1','verb':'get','timestamp':'2026-01-01T10:05:00Z',"
    "'user':{'username':'system:serviceaccount:shop:deployer','extra':{'authentication.kubernetes.io/"
    "credential-id':['JTI=7c1d']}},'objectRef':{'resource':'secrets','namespace':'shop','name':'db'},"
    "'responseStatus':{'code':200}}";
const char* const kubeBinding =
    "{'kind':'Event','apiVersion':'audit.k8s.io/"
    "v1','verb':'create','timestamp':'2026-01-01T10:00:00Z','user':{'username':'ana'},"
    "'objectRef':{'resource':'clusterrolebindings','name':'b'},'responseStatus':{'code':201},'requestObject':{"
    "'roleRef':{'kind':'ClusterRole','name':'cluster-admin'},'subjects':[{'kind':'ServiceAccount','namespace':'shop','"
    "name':'deployer'}]}}";

const char* const ocsfKey = "{'class_uid':3001,'category_uid':3,'time':1767261600000,'metadata':{'uid':'m1','product':{"
                            "'name':'CloudTrail'}},'status':'Success',"
                            "'api':{'operation':'CreateAccessKey','service':{'name':'iam.amazonaws.com'}},'cloud':{'"
                            "region':'eu-west-1','account':{'uid':'1'}},"
                            "'actor':{'user':{'uid':'arn:aws:iam::1:user/ops/"
                            "ana','credential_uid':'AKIA1','name':'ana'}},'src_endpoint':{'ip':'203.0.113.9'},"
                            "'user':{'name':'ci','uid':'AIDA2'}}";
const char* const ecsKey =
    "{'@timestamp':'2026-01-01T10:00:00Z','ecs':{'version':'8.11'},'event':{'dataset':'aws.cloudtrail','action':'"
    "CreateAccessKey',"
    "'provider':'iam.amazonaws.com','outcome':'success'},'source':{'ip':'203.0.113.9'},'aws':{'cloudtrail':{'user_"
    "identity':{"
    "'arn':'arn:aws:iam::1:user/ops/ana','access_key_id':'AKIA1'}}},'user':{'name':'ana','target':{'name':'ci'}}}";

} // namespace

void TestCloudEvents::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
}

void TestCloudEvents::tellsWhoDidWhatToWhat_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("actor");
    QTest::addColumn<QString>("via");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QStringList>("targets");
    QTest::addColumn<bool>("isChange");
    const auto row = [](const char* name, const char* record, const char* action, const char* actor, const char* via,
                        const char* address, const QStringList& targets, bool isChange) {
        QTest::newRow(name) << QString(record) << QString(action) << QString(actor) << QString(via) << QString(address)
                            << targets << isChange;
    };
    row("Okta", oktaReset, "user.mfa.factor.reset_all", "account/human=help@acme.example", "credential/session=sess1",
        "203.0.113.9", {"deleted credential/factor=ana@acme.example/factors", "granted account/human=ana@acme.example"}, true);
    row("Okta, with a token, refused", oktaByToken, "system.api_token.create", "account/human=00u1",
        "credential/access_key=00T1", "", {"created credential/access_key=00T2", "granted account/human=00u1"}, false);
    row("Entra, a role given", entraRole, "Add member to role", "account/human=admin@acme.example", "nobody",
        "203.0.113.9", {"same account/human=g1", "granted account/human=ana@acme.example", "also account/human=g2", "attached role/=62e90394"}, true);
    row("Entra, a secret by an application", entraSecret, "Update application – Certificates and secrets management ",
        "account/service=sp-1", "nobody", "", {"granted application/=app-1", "also application/=app-2"}, true);
    row("Entra, two people in one record", entraTwoPeople, "Add owner to group", "account/human=admin@acme.example", "nobody",
        "", {"same account/human=g1", "granted account/human=ana@acme.example", "granted account/human=bo@acme.example"}, true);
    row("Entra, an application signs in", entraServicePrincipal, "Sign-in activity", "account/service=sp-1",
        "credential/app_secret=key-1", "203.0.113.9", {"used application/=app-2", "same application/=app-2"}, false);
    row("Azure", azureRole, "MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE", "account/human=ana@acme.example", "nobody",
        "203.0.113.9",
        {"created policy/=/subscriptions/s/providers/microsoft.authorization/roleassignments/r",
         "granted account/service=sp-1", "attached role/=owner"},
        true);
    row("Microsoft 365", mailRule, "Exchange:New-InboxRule", "account/human=ana@acme.example", "nobody", "2001:db8::1",
        {"created policy/mail_rule=ana@acme.example/inbox rules/.", "granted account/=x@evil.example"}, true);
    row("GCP, a key made", gcpKey, "iam:google.iam.admin.v1.CreateServiceAccountKey", "account/human=ana@acme.example",
        "nobody", "203.0.113.9",
        {"created credential/access_key=k1", "granted account/service=build@p1.iam.gserviceaccount.com"}, true);
    row("GCP, a key used", gcpByKey,
        "secretmanager:google.cloud.secretmanager.v1.SecretManagerService.AccessSecretVersion",
        "account/service=build@p1.iam.gserviceaccount.com", "credential/access_key=k1", "",
        {"used account/service=ci@p2.iam.gserviceaccount.com", "read secret/=projects/p1/secrets/db"}, false);
    row("GCP, a policy refused", gcpPolicy, "cloudresourcemanager:SetIamPolicy", "account/human=ana@acme.example",
        "nobody", "",
        {"updated resource/=projects/p1", "granted account/service=build@p1.iam.gserviceaccount.com",
         "attached role/=roles/owner", "detached account/human=bo@acme.example", "detached role/=roles/viewer"},
        false);
    row("GitHub", gitHubKey, "deploy_key.create", "account/=github.com/octo-cat", "credential/token=h=", "203.0.113.9",
        {"updated resource/=github.com/acme/site", "created credential/certificate=SHA256:f"}, true);
    row("GitHub, a branch's protection removed: the repository stays", gitHubBranch, "protected_branch.destroy",
        "account/=github.com/octo-cat", "nobody", "203.0.113.9", {"updated resource/=github.com/acme/site"}, false);
    row("GitHub, rules removed: the repository stays", gitHubRules, "repository_ruleset.destroy",
        "account/=github.com/octo-cat", "nobody", "203.0.113.9",
        {"deleted policy/=github.com/rulesets/7", "updated resource/=github.com/acme/site"}, false);
    row("Kubernetes", kubeExec, "pods/exec:create", "account/service=system:serviceaccount:shop:deployer",
        "credential/token=JTI=1", "10.0.0.1", {"used workload/pod=shop/web-1"}, false);
    row("Kubernetes on AWS, refused", kubeToken, "serviceaccounts/token:create", "role/=arn:aws:iam::1:role/ops",
        "credential/session=ASIA1", "", {"granted account/service=system:serviceaccount:shop:deployer"}, false);
    row("CloudTrail by OCSF", ocsfKey, "iam:CreateAccessKey", "account/=arn:aws:iam::1:user/ana",
        "credential/access_key=AKIA1", "203.0.113.9", {"granted account/human=AIDA2"}, true);
    row("CloudTrail by ECS", ecsKey, "iam:CreateAccessKey", "account/=arn:aws:iam::1:user/ana",
        "credential/access_key=AKIA1", "203.0.113.9", {"granted account/=ci"}, true);
    row("Kubernetes, rights", kubeBinding, "clusterrolebindings:create", "account/=kubernetes/user/ana", "nobody", "",
        {"created policy/=clusterrolebindings/b", "attached role/=clusterroles/cluster-admin",
         "granted account/service=system:serviceaccount:shop:deployer"},
        true);
}

void TestCloudEvents::tellsWhoDidWhatToWhat()
{
    QFETCH(QString, record);
    QFETCH(QString, action);
    QFETCH(QString, actor);
    QFETCH(QString, via);
    QFETCH(QString, address);
    QFETCH(QStringList, targets);
    QFETCH(bool, isChange);
    const Event event = eventOf(record);
    QCOMPARE(QString::fromStdString(event.action), action);
    QCOMPARE(shown(event.actor), actor);
    QCOMPARE(shown(event.via), via);
    QCOMPARE(QString::fromStdString(event.address), address);
    QCOMPARE(shown(event.targets), targets);
    QCOMPARE(event.isIdentityChange, isChange);
    QVERIFY(event.time > Timestamp());
}

void TestCloudEvents::theSameThingHasTheSameId_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("thing");
    QTest::newRow("a person in Entra and Azure")
        << QString(entraRole) << QString(azureRole) << "account:ana@acme.example";
    QTest::newRow("a person in Okta and Entra")
        << QString(oktaReset) << QString(entraRole) << "account:ana@acme.example";
    QTest::newRow("a person in Entra and mail")
        << QString(entraRole) << QString(mailRule) << "account:ana@acme.example";
    QTest::newRow("a service principal that acts and is given a role")
        << QString(entraServicePrincipal) << QString(azureRole) << "account:sp-1";
    QTest::newRow("a key made and used") << QString(gcpKey) << QString(gcpByKey) << "credential:k1";
    QTest::newRow("a service account that acts and is given rights")
        << QString(gcpByKey) << QString(gcpPolicy) << "account:build@p1.iam.gserviceaccount.com";
    QTest::newRow("a service account of a cluster that acts and whose token is made")
        << QString(kubeExec) << QString(kubeToken) << "account:system:serviceaccount:shop:deployer";
    QTest::newRow("a token of it, made and used") << QString(kubeTokenMade) << QString(kubeTokenUsed) << "credential:JTI=7c1d";
    QTest::newRow("the account whose token it is")
        << QString(kubeTokenMade) << QString(kubeTokenUsed) << "account:system:serviceaccount:shop:deployer";
    QTest::newRow("and is given rights") << QString(kubeExec) << QString(kubeBinding)
                                         << "account:system:serviceaccount:shop:deployer";
}

void TestCloudEvents::theSameThingHasTheSameId()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(QString, thing);
    for (const QString& record : {one, other}) {
        const Event event = eventOf(record);
        QStringList keys;
        for (const auto& entity : {event.actor, event.via}) {
            if (entity)
                keys << QString::fromStdString(entity->key());
        }
        for (const EventTarget& target : event.targets)
            keys << QString::fromStdString(target.entity.key());
        QVERIFY2(keys.contains(thing), qPrintable(keys.join(' ')));
    }
}

void TestCloudEvents::tellsOutcomes_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("outcome");
    const auto row = [](const char* name, const char* record, const char* outcome) {
        QTest::newRow(name) << QString(record) << QString(outcome);
    };
    row("Okta, a challenge", "{'eventType':'policy.evaluate_sign_on','published':'x','outcome':{'result':'CHALLENGE'}}",
        "unknown ");
    row("Okta, denied", "{'eventType':'a.b','published':'x','outcome':{'result':'DENY','reason':'policy'}}",
        "failure policy");
    row("Entra, refused", "{'category':'SignInLogs','properties':{'appId':'1','status':{'errorCode':50126}}}",
        "failure 50126");
    row("Entra, let in", "{'category':'SignInLogs','properties':{'appId':'1','status':{'errorCode':0}}}", "success ");
    row("Azure, begun", "{'operationName':'a.b/c/write','resourceId':'/subscriptions/1','resultType':'Start'}",
        "unknown ");
    row("Azure, a status code",
        "{'operationName':'GetBlob','resourceId':'/subscriptions/1','resultType':'Success','resultSignature':'403',"
        "'properties':{'statusCode':'403'}}",
        "failure 403");
    row("Microsoft 365, failed by name",
        "{'Operation':'UserLoginFailed','Workload':'AzureActiveDirectory','ResultStatus':'Success',"
        "'LogonError':'InvalidUserNameOrPassword'}",
        "failure InvalidUserNameOrPassword");
    row("GCP, no status", "{'protoPayload':{'methodName':'x.y','status':{}}}", "success ");
    row("GitHub, nothing said", "{'action':'repo.create','actor':'a','org':'b'}", "success ");
    row("Kubernetes, nothing said", "{'kind':'Event','apiVersion':'audit.k8s.io/v1','verb':'get'}", "unknown ");
    row("Kubernetes, forbidden",
        "{'kind':'Event','apiVersion':'audit.k8s.io/v1','verb':'get','responseStatus':{'code':403,'reason':"
        "'Forbidden'}}",
        "failure Forbidden");
}

void TestCloudEvents::tellsOutcomes()
{
    QFETCH(QString, record);
    QFETCH(QString, outcome);
    const Event event = eventOf(record);
    QCOMPARE(QString::fromStdString(std::string(toString(event.outcome)) + ' ' + event.error), outcome);
}

void TestCloudEvents::kubernetesStagesOfARequestAreTwoRecords()
{
    QCOMPARE(eventOf(kubeExec).externalId, std::string("a1/ResponseComplete"));
}

void TestCloudEvents::noDamageToARecordStopsTheReading()
{
    int read = 0;
    for (const char* sample :
         {oktaReset, entraRole, azureRole, mailRule, gcpPolicy, gitHubKey, kubeBinding, ocsfKey, ecsKey}) {
        std::string record = json(sample);
        for (std::size_t at = 0; (at = record.find('`', at)) != std::string::npos;)
            record.replace(at, 1, "\\\"");
        for (std::size_t at = 0; at < record.size(); ++at) {
            for (const char* other : {"", "0", "[", "{}", "null", "\""}) {
                std::string damaged = record;
                damaged.replace(at, 1, other);
                const auto event = m_records.event(damaged);
                read += event ? 1 : 0;
                QVERIFY(!event || event->targets.size() <= 256);
            }
        }
    }
    QVERIFY(read > 1000);
}

void TestCloudEvents::aHugeListCostsLittle()
{
    std::string record =
        json("{'timestamp':'2026-01-01T11:00:00Z','protoPayload':{'serviceName':'x.y','methodName':'SetIamPolicy',"
             "'resourceName':'projects/p','request':{'policy':{'bindings':[{'members':['user:a'");
    for (int i = 0; i < 200000; ++i)
        record += ",\"//////////////////////////////\"";
    record += "]}]}}}}";
    const auto event = m_records.event(record);
    QVERIFY(event);
    QCOMPARE(event->targets.size(), std::size_t{3});
}

QTEST_GUILESS_MAIN(TestCloudEvents)
#include "tst_cloud_events.moc"
