#include "core/engine/detection.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/record_router.h"
#include "tests/core/ingest/records.h"

#include <QDir>
#include <QTest>
#include <algorithm>

using namespace cordon;
using namespace cordon::ingest;

/// Public Sigma rules of each cloud and identity source fire on records of that source, in each shape in which it
/// comes. Titles are those of the rule set in the shared data; the records are made here.
class TestPublicRules : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void fires_data();
    void fires();

private:
    std::unique_ptr<engine::Detection> m_detection;
};

void TestPublicRules::initTestCase()
{
    const std::string rules = CORDON_SHARED_DATA "/sigma/rules/";
    if (!QDir(QString::fromStdString(rules)).exists())
        QSKIP("the public rules are not here");
    auto loaded = engine::Detection::load(
        {CORDON_SOURCE_DIR "/resources", {rules + "cloud", rules + "identity", rules + "application",
                                           rules + "windows/builtin/security"}, false});
    QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
    m_detection = std::move(*loaded);
}

void TestPublicRules::fires_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("record");
    const auto row = [](const char* name, const char* title, const char* record) {
        QTest::newRow(name) << QString(title) << QString(record);
    };
    row("CloudTrail", "AWS CloudTrail Important Change",
        "{'eventVersion':'1.08','eventSource':'cloudtrail.amazonaws.com','eventName':'StopLogging','awsRegion':'eu-"
        "west-1'}");
    row("CloudTrail, names in lower case", "AWS CloudTrail Important Change",
        "{'eventversion':'1.08','eventsource':'cloudtrail.amazonaws.com','eventname':'StopLogging'}");
    row("CloudTrail by OCSF", "AWS CloudTrail Important Change",
        "{'class_uid':6003,'category_uid':6,'type_uid':600399,'time':1700000000000,'metadata':{'product':{'name':'"
        "CloudTrail'}},"
        "'api':{'operation':'StopLogging','service':{'name':'cloudtrail.amazonaws.com'}}}");
    row("CloudTrail by ECS", "AWS CloudTrail Important Change",
        "{'@timestamp':'2026-01-01T00:00:00Z','ecs':{'version':'8.11'},'event':{'dataset':'aws.cloudtrail','action':'"
        "StopLogging',"
        "'provider':'cloudtrail.amazonaws.com','outcome':'success'}}");
    row("CloudTrail by ECS, from the original", "AWS CloudTrail Important Change",
        "{'@timestamp':'2026-01-01T00:00:00Z','event':{'dataset':'aws.cloudtrail','original':"
        "'{`eventSource`:`cloudtrail.amazonaws.com`,`eventName`:`StopLogging`}'}}");
    row("Okta", "Okta API Token Created", "{'eventType':'system.api_token.create','published':'2026-01-01T00:00:00Z'}");
    row("Okta, names in lower case", "Okta API Token Created",
        "{'eventtype':'system.api_token.create','published':'2026-01-01 00:00:00.000'}");
    row("Okta, a proxy", "Okta User Session Start Via An Anonymising Proxy Service",
        "{'eventtype':'user.session.start','published':'2026-01-01 00:00:00','securitycontext':{'isProxy':true}}");
    row("Okta by ECS", "Okta API Token Created",
        "{'@timestamp':'2026-01-01T00:00:00Z','event':{'dataset':'okta.system','action':'system.api_token.create'}}");
    row("Okta by OCSF", "Okta API Token Created",
        "{'class_uid':3001,'type_uid':300101,'metadata':{'event_code':'system.api_token.create','product':{'name':'"
        "Okta System Log'}}}");
    row("Entra sign-in, streamed", "User Access Blocked by Azure Conditional Access",
        "{'category':'SignInLogs','time':'2026-01-01T00:00:00Z','properties':{'userPrincipalName':'a@b.example',"
        "'status':{'errorCode':53003}}}");
    row("Entra sign-in, Graph", "User Access Blocked by Azure Conditional Access",
        "{'createdDateTime':'2026-01-01T00:00:00Z','userPrincipalName':'a@b.example','appDisplayName':'x','status':{'"
        "errorCode':53003}}");
    row("Entra sign-in, how", "Azure AD Only Single Factor Authentication Required",
        "{'category':'SignInLogs','resultSignature':'SUCCESS','properties':{'userPrincipalName':'a@b.example',"
        "'authenticationRequirement':'singleFactorAuthentication'}}");
    row("Entra sign-in, Log Analytics", "User Access Blocked by Azure Conditional Access",
        "{'TimeGenerated':'2026-01-01T00:00:00Z','Type':'SigninLogs','UserPrincipalName':'a@b.example','ResultType':'"
        "53003'}");
    row("Entra sign-in, by protocol", "Applications That Are Using ROPC Authentication Flow",
        "{'category':'NonInteractiveUserSignInLogs','properties':{'appId':'1','authenticationProtocol':'ropc'}}");
    row("Entra audit, streamed", "App Granted Microsoft Permissions",
        "{'category':'AuditLogs','operationName':'Add app role assignment to service principal',"
        "'properties':{'activityDisplayName':'Add app role assignment to service principal','result':'success'}}");
    row("Entra audit, its properties a text", "Bitlocker Key Retrieval",
        "{'category':'AuditLogs','properties':'{`category`:`KeyManagement`,`activityDisplayName`:`Read BitLocker "
        "key`}'}");
    row("Entra audit, Graph", "Bitlocker Key Retrieval",
        "{'activityDisplayName':'Read BitLocker key','category':'KeyManagement','loggedByService':'Core Directory',"
        "'activityDateTime':'2026-01-01T00:00:00Z'}");
    row("Entra audit, Log Analytics", "Bitlocker Key Retrieval",
        "{'Type':'AuditLogs','OperationName':'Read BitLocker key','Category':'KeyManagement','LoggedByService':'x'}");
    row("Entra risk", "Impossible Travel",
        "{'id':'1','riskEventType':'impossibleTravel','userPrincipalName':'a@b.example','activityDateTime':'2026-01-"
        "01T00:00:00Z'}");
    row("Entra risk, streamed", "Impossible Travel",
        "{'category':'UserRiskEvents','properties':{'riskEventType':'impossibleTravel','userPrincipalName':'a@b."
        "example'}}");
    row("Entra privileged identities", "Too Many Global Admins",
        "{'riskEventType':'tooManyGlobalAdminsAssignedToTenantAlertIncident'}");
    row("Azure activity, streamed", "Azure Application Security Group Modified or Deleted",
        "{'operationName':'MICROSOFT.NETWORK/APPLICATIONSECURITYGROUPS/WRITE','resourceId':'/SUBSCRIPTIONS/"
        "1','category':'Administrative'}");
    row("Azure activity, REST", "Azure Application Security Group Modified or Deleted",
        "{'operationName':{'value':'Microsoft.Network/applicationSecurityGroups/write'},'resourceId':'/subscriptions/"
        "1',"
        "'caller':'a@b.example','eventTimestamp':'2026-01-01T00:00:00Z'}");
    row("Azure activity, Log Analytics", "Azure Application Security Group Modified or Deleted",
        "{'OperationNameValue':'Microsoft.Network/applicationSecurityGroups/"
        "write','Caller':'a@b.example','CategoryValue':'Administrative'}");
    row("Microsoft 365", "Azure Login Bypassing Conditional Access Policies",
        "{'Operation':'UserLoggedIn','Workload':'AzureActiveDirectory','CreationTime':'2026-01-01T00:00:00','"
        "ResultStatus':'Success',"
        "'ApplicationId':'9ba1a5c7-f17a-4de9-a1f1-6178c8d51223','ExtendedProperties':[{'Name':'UserAgent','Value':'x'},"
        "{'Name':'RequestType','Value':'Cmsi:Cmsi'}]}");
    row("Microsoft 365, exported", "Disabling Multi Factor Authentication",
        "{'CreationDate':'2026-01-01','AuditData':'{`Operation`:`Disable Strong "
        "Authentication.`,`Workload`:`AzureActiveDirectory`,"
        "`UserId`:`a@b.example`}'}");
    row("Microsoft 365, alerts", "Microsoft 365 - Impossible Travel Activity",
        "{'Operation':'AlertTriggered','Name':'Impossible travel "
        "activity','Workload':'SecurityComplianceCenter','Status':'success',"
        "'CreationTime':'2026-01-01T00:00:00'}");
    row("GCP", "Google Cloud Service Account Modified",
        "{'protoPayload':{'methodName':'google.iam.admin.v1.serviceAccounts.patch','serviceName':'iam.googleapis.com'}"
        "}");
    row("GCP, names in lower case", "Google Cloud Service Account Modified",
        "{'protopayload':{'methodName':'google.iam.admin.v1.serviceAccounts.patch','serviceName':'iam.googleapis.com'}"
        "}");
    row("GCP, BigQuery", "Google Cloud Service Account Modified",
        "{'protopayload_auditlog':{'methodName':'google.iam.admin.v1.serviceAccounts.patch','serviceName':'iam."
        "googleapis.com'}}");
    row("GCP by ECS", "Google Cloud Service Account Modified",
        "{'@timestamp':'2026-01-01T00:00:00Z','event':{'dataset':'gcp.audit','action':'google.iam.admin.v1."
        "serviceAccounts.patch'}}");
    row("GCP, break-glass", "GCP Access Policy Deleted",
        "{'logName':'organizations/1/logs/cloudaudit.googleapis.com%2Factivity','protoPayload':{'serviceName':"
        "'accesscontextmanager.googleapis.com','authorizationInfo':[{'granted':true,'permission':'accesscontextmanager."
        "accessPolicies.delete'}]}}");
    row("Google Workspace", "Google Workspace Role Privilege Deleted",
        "{'protoPayload':{'serviceName':'admin.googleapis.com','metadata':{'event':[{'eventName':'REMOVE_PRIVILEGE'}]}}"
        "}");
    row("GitHub", "Github High Risk Configuration Disabled",
        "{'action':'org.disable_two_factor_requirement','actor':'ana','org':'acme','@timestamp':1700000000000}");
    row("Kubernetes", "Kubernetes Secrets Enumeration",
        "{'kind':'Event','apiVersion':'audit.k8s.io/"
        "v1','verb':'list','objectRef':{'resource':'secrets'},'user':{'username':'x'}}");
    row("Kubernetes, v1beta1", "Kubernetes Secrets Enumeration",
        "{'kind':'Event','apiVersion':'audit.k8s.io/v1beta1','verb':'list','objectRef':{'resource':'secrets'}}");
    row("Kubernetes, held in an AKS record", "Kubernetes Secrets Enumeration",
        "{'category':'kube-audit','operationName':'Microsoft.ContainerService/managedClusters/diagnosticLogs/"
        "Read','properties':"
        "{'log':'{`verb`:`list`,`objectRef`:{`resource`:`secrets`}}'}}");
    row("Kubernetes, held in a CloudWatch record", "Kubernetes Secrets Enumeration",
        "{'eventId':'1','logStreamName':'kube-apiserver-audit-1','timestamp':1700000000000,'message':'{`verb`:`list`,`objectRef`:{`resource`:`secrets`},`user`:{`"
        "username`:`x`}}'}");
    // A record that contradicts itself about what it is hides from no rule.
    row("Windows", "Security Eventlog Cleared",
        "{'EventID':1102,'Channel':'Security','Provider_Name':'Microsoft-Windows-Eventlog','Computer':'h'}");
    row("Windows, another channel before its own", "Security Eventlog Cleared",
        "{'Channel':'Application','EventID':1102,'Channel':'Security','Provider_Name':'Microsoft-Windows-Eventlog','Computer':'h'}");
    row("Windows, another number before its own", "Security Eventlog Cleared",
        "{'EventID':1,'EventID':1102,'Channel':'Security','Provider_Name':'Microsoft-Windows-Eventlog','Computer':'h'}");
    row("Windows, a channel of another shape", "Security Eventlog Cleared",
        "{'winlog':{'channel':'Application'},'EventID':1102,'Channel':'Security','Provider_Name':'Microsoft-Windows-Eventlog',"
        "'Computer':'h'}");
    row("Kubernetes without a category", "Kubernetes Unauthorized or Unauthenticated Access",
        "{'kind':'Event','apiVersion':'audit.k8s.io/"
        "v1','verb':'get','objectRef':{'resource':'pods'},'responseStatus':{'code':403}}");
}

void TestPublicRules::fires()
{
    QFETCH(QString, title);
    QFETCH(QString, record);
    std::string text = json(record.toStdString());
    for (std::size_t at = 0; (at = text.find('`', at)) != std::string::npos;)
        text.replace(at, 1, "\\\"");
    const std::string bytes = text + std::string(RecordSource::padding, ' ');
    JsonEventView view(m_detection->plan);
    const auto read = view.read({bytes.data(), text.size()});
    QVERIFY2(read, read ? "" : read.error().detail.c_str());
    RecordRouter router(m_detection->maps);
    QVERIFY(router.route(view));
    detect::MatchScratch scratch;
    std::vector<detect::RuleIndex> matches;
    m_detection->program->match(view, scratch, matches);
    const auto& rules = m_detection->program->rules().rules();
    QStringList titles;
    for (const detect::RuleIndex match : matches)
        titles << QString::fromStdString(rules[match].info.title);
    QVERIFY2(titles.contains(title), qPrintable("it fired: " + titles.join(", ")));
}

QTEST_GUILESS_MAIN(TestPublicRules)
#include "tst_public_rules.moc"
