#include "tests/core/ingest/entity_texts.h"
#include "tests/core/ingest/read_logs.h"

#include "core/domain/sign_in.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

/// Who was turned away when signing in did nothing: every source tells such records from calls that were denied to
/// somebody who had signed in. Source: docs/formats/field-map.md, "Outcome"
class TestRefusedSignIns : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void areToldFromWhatWasDenied_data();
    void areToldFromWhatWasDenied();
    void ofHostsAreToldToo();
    void ofTheAuditDaemonAreToldToo();
    void nameTheAccountWhateverElseTheRecordNames();

private:
    MappedRecords m_records;
};

void TestRefusedSignIns::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
}

void TestRefusedSignIns::areToldFromWhatWasDenied_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("account"); ///< whose sign-in was refused; empty: no such record
    QTest::addColumn<QString>("via");
    const auto row = [](const char* name, const std::string& record, const char* account, const char* via = "nobody") {
        QTest::newRow(name) << QString::fromStdString(record) << QString(account) << QString(via);
    };
    row("Entra, as Graph gives it",
        "{'createdDateTime':'2026-01-01T10:00:00Z','userPrincipalName':'ana@acme.example','userId':'g1','appId':'a','appDisplayName':'Portal',"
        "'ipAddress':'203.0.113.9','status':{'errorCode':50126},'uniqueTokenIdentifier':'t1','sessionId':'s1'}",
        "ana@acme.example");
    row("Entra, let in",
        "{'createdDateTime':'2026-01-01T10:00:00Z','userPrincipalName':'ana@acme.example','userId':'g1','appId':'a','appDisplayName':'Portal',"
        "'ipAddress':'203.0.113.9','status':{'errorCode':0},'uniqueTokenIdentifier':'t1'}",
        "", "credential/token=t1");
    row("Entra, streamed",
        "{'category':'SignInLogs','time':'2026-01-01T10:00:00Z','resultType':'50126','operationName':'Sign-in activity',"
        "'properties':{'createdDateTime':'2026-01-01T10:00:00Z','userPrincipalName':'ana@acme.example','appId':'a','status':{'errorCode':50126},"
        "'uniqueTokenIdentifier':'t1'}}",
        "ana@acme.example");
    row("Entra, Log Analytics",
        "{'Type':'SigninLogs','TimeGenerated':'2026-01-01T10:00:00Z','ResultType':'50053','OperationName':'Sign-in activity',"
        "'UserPrincipalName':'ana@acme.example','AppId':'a','UniqueTokenIdentifier':'t1'}",
        "ana@acme.example");
    row("Entra, a service principal keeps the secret that was tried",
        "{'category':'ServicePrincipalSignInLogs','resultType':'7000215','properties':{'createdDateTime':'2026-01-01T10:00:00Z','appId':'a',"
        "'servicePrincipalId':'sp-1','servicePrincipalCredentialKeyId':'key-1','ipAddress':'203.0.113.9'}}",
        "sp-1", "credential/app_secret=key-1");
    const std::string okta = "'published':'2026-01-01T10:00:00Z','uuid':'u','actor':{'id':'00u1','type':'User','alternateId':'ana@acme.example'},"
                             "'client':{'ipAddress':'203.0.113.9'},'authenticationContext':{'externalSessionId':'sess1'}";
    row("Okta", "{'eventType':'user.session.start','outcome':{'result':'FAILURE','reason':'INVALID_CREDENTIALS'}," + okta + "}", "ana@acme.example");
    row("Okta, lower-case names", "{'eventtype':'user.session.start','outcome':{'result':'FAILURE','reason':'LOCKED_OUT'}," + okta + "}", "ana@acme.example");
    row("Okta, a second factor", "{'eventType':'user.authentication.auth_via_mfa','outcome':{'result':'FAILURE'}," + okta + "}", "ana@acme.example");
    row("Okta, a policy denied it", "{'eventType':'policy.evaluate_sign_on','outcome':{'result':'DENY'}," + okta + "}", "ana@acme.example");
    row("Okta, let in", "{'eventType':'user.session.start','outcome':{'result':'SUCCESS'}," + okta + "}", "", "credential/session=sess1");
    row("Okta, a call denied", "{'eventType':'system.api_token.create','outcome':{'result':'FAILURE'}," + okta + "}", "", "credential/session=sess1");
    const std::string ana = "{'type':'IAMUser','arn':'arn:aws:iam::111122223333:user/ana','accountId':'111122223333','userName':'ana'}";
    row("AWS console", record("'eventSource':'signin.amazonaws.com','eventName':'ConsoleLogin','errorMessage':'Failed authentication',"
                              "'responseElements':{'ConsoleLogin':'Failure'}", ana),
        "arn:aws:iam::111122223333:user/ana");
    row("AWS console, second factor", record("'eventSource':'signin.amazonaws.com','eventName':'CheckMfa','responseElements':{'CheckMfa':'Failure'}", ana),
        "arn:aws:iam::111122223333:user/ana");
    row("AWS console, let in", record("'eventSource':'signin.amazonaws.com','eventName':'ConsoleLogin','responseElements':{'ConsoleLogin':'Success'}", ana), "");
    row("AWS, a call denied",
        record("'eventSource':'iam.amazonaws.com','eventName':'CreateUser','errorCode':'AccessDenied','requestParameters':{'userName':'x'}"), "",
        "credential/access_key=AKIA1");
    row("ECS, Okta",
        "{'@timestamp':'2026-01-01T10:00:00Z','ecs':{'version':'8.0'},'event':{'action':'user.session.start','category':['authentication'],'outcome':'failure',"
        "'dataset':'okta.system'},'user':{'name':'ana@acme.example'},'okta':{'actor':{'id':'00u1','alternate_id':'ana@acme.example','type':'User'}},"
        "'source':{'ip':'203.0.113.9'}}",
        "00u1");
    row("ECS, a host",
        "{'@timestamp':'2026-01-01T10:00:00Z','ecs':{'version':'8.0'},'event':{'action':'ssh_login','category':['authentication'],'outcome':'failure'},"
        "'user':{'name':'root'},'host':{'name':'web-1'},'source':{'ip':'203.0.113.9'}}",
        "root");
    row("ECS, an AWS call denied",
        "{'@timestamp':'2026-01-01T10:00:00Z','ecs':{'version':'8.0'},'event':{'action':'AssumeRole','provider':'sts.amazonaws.com','category':['authentication'],"
        "'outcome':'failure','dataset':'aws.cloudtrail'},'user':{'name':'ana'},'aws':{'cloudtrail':{'user_identity':{'type':'IAMUser',"
        "'arn':'arn:aws:iam::111122223333:user/ana','access_key_id':'AKIA1'},'error_code':'AccessDenied'}}}",
        "", "credential/access_key=AKIA1");
    row("OCSF",
        "{'class_uid':3002,'category_uid':3,'activity_id':1,'type_uid':300201,'time':1767261600000,'metadata':{'version':'1.1.0'},'status_id':2,"
        "'actor':{'user':{'name':'ana','uid':'u-1'}},'src_endpoint':{'ip':'203.0.113.9'}}",
        "u-1");
    row("OCSF, a call denied",
        "{'class_uid':6003,'category_uid':6,'activity_id':1,'type_uid':600301,'time':1767261600000,'metadata':{'version':'1.1.0'},'status_id':2,"
        "'actor':{'user':{'name':'ana','uid':'u-1'}},'api':{'operation':'CreateUser','service':{'name':'iam.amazonaws.com'}}}",
        "");
    row("Google",
        "{'logName':'organizations/1/logs/cloudaudit.googleapis.com%2Fdata_access','timestamp':'2026-01-01T10:00:00Z','insertId':'i','protoPayload':{"
        "'serviceName':'login.googleapis.com','methodName':'google.login.LoginService.loginFailure','authenticationInfo':{'principalEmail':'ana@acme.example'},"
        "'requestMetadata':{'callerIp':'203.0.113.9'}}}",
        "ana@acme.example");
    row("Google, a call denied",
        "{'logName':'projects/p/logs/cloudaudit.googleapis.com%2Factivity','timestamp':'2026-01-01T10:00:00Z','insertId':'i','protoPayload':{"
        "'serviceName':'iam.googleapis.com','methodName':'google.iam.admin.v1.CreateServiceAccount','status':{'code':7},"
        "'authenticationInfo':{'principalEmail':'ana@acme.example'}}}",
        "");
    row("GitHub", "{'action':'user.failed_login','@timestamp':1767261600000,'actor':'ana','actor_ip':'203.0.113.9','org':'acme','_document_id':'d'}",
        "github.com/ana");
    row("Microsoft 365",
        "{'CreationTime':'2026-01-01T10:00:00','Id':'i','Operation':'UserLoginFailed','OrganizationId':'o','RecordType':15,'ResultStatus':'Success',"
        "'UserType':0,'Version':1,'Workload':'AzureActiveDirectory','ClientIP':'203.0.113.9','UserId':'ana@acme.example'}",
        "ana@acme.example");
}

void TestRefusedSignIns::areToldFromWhatWasDenied()
{
    QFETCH(QString, record);
    QFETCH(QString, account);
    QFETCH(QString, via);
    const auto event = m_records.event(ingest::json(record.toStdString()));
    QVERIFY2(event, event ? "" : event.error().detail.c_str());
    QCOMPARE(isRefusedSignIn(*event), !account.isEmpty());
    QVERIFY(event->actor || account.isEmpty());
    if (!account.isEmpty())
        QCOMPARE(QString::fromStdString(event->actor->id), account);
    QCOMPARE(shown(event->via), via);
    QVERIFY(account.isEmpty() || !shown(event->targets).join(' ').contains("credential/"));
}

void TestRefusedSignIns::ofHostsAreToldToo()
{
    LogRun run;
    QVERIFY(run.read("Mar  4 10:11:12 web-1 sshd[1]: Failed password for root from 203.0.113.7 port 5 ssh2\n"
                     "Mar  4 10:11:13 web-1 sshd[1]: Failed password for invalid user eve from 203.0.113.7 port 5 ssh2\n"
                     "Mar  4 10:11:14 web-1 sshd[1]: Accepted password for root from 203.0.113.7 port 5 ssh2\n"
                     "Mar  4 10:11:15 web-1 sudo: alice : command not allowed ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh\n",
                     {"UTC", {}, 2024}));
    QCOMPARE(run.events.size(), std::size_t{4});
    QVERIFY(isRefusedSignIn(run.events[0]));
    QVERIFY(isRefusedSignIn(run.events[1]));
    QVERIFY(!isRefusedSignIn(run.events[2]));
    QVERIFY(!isRefusedSignIn(run.events[3]));
}

void TestRefusedSignIns::ofTheAuditDaemonAreToldToo()
{
    LogRun run;
    QVERIFY(run.read("node=web-1 type=USER_LOGIN msg=audit(1700000000.5:9): pid=1 uid=0 auid=4294967295 msg='op=login acct=\"root\" "
                     "exe=\"/usr/sbin/sshd\" addr=203.0.113.7 res=failed'\n"
                     "node=web-1 type=USER_LOGIN msg=audit(1700000001.5:10): pid=1 uid=0 auid=4294967295 msg='op=login acct=\"root\" "
                     "exe=\"/usr/sbin/sshd\" addr=203.0.113.7 res=success'\n"));
    QCOMPARE(run.events.size(), std::size_t{2});
    QVERIFY(isRefusedSignIn(run.events[0]));
    QVERIFY(!isRefusedSignIn(run.events[1]));
}

/// An event has a bounded number of targets: who was refused is not what is left out.
void TestRefusedSignIns::nameTheAccountWhateverElseTheRecordNames()
{
    std::string targets;
    for (int i = 0; i < 400; ++i)
        targets += (i == 0 ? "" : ",") + std::string("{'id':'t") + std::to_string(i) + "','type':'Thing'}";
    const auto event = m_records.event(ingest::json("{'eventType':'user.session.start','published':'2026-01-01T10:00:00Z','outcome':{'result':'FAILURE'},"
                                            "'actor':{'id':'00u1','type':'User','alternateId':'ana@acme.example'},'target':[" + targets + "]}"));
    QVERIFY(event);
    QVERIFY(isRefusedSignIn(*event));
}

QTEST_GUILESS_MAIN(TestRefusedSignIns)
#include "tst_refused_sign_ins.moc"
