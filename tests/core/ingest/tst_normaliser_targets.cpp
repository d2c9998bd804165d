#include "tests/core/ingest/entity_texts.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

class TestNormaliserTargets : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void tellsWhatWasActedOn_data();
    void tellsWhatWasActedOn();

private:
    MappedRecords m_records;
};

void TestNormaliserTargets::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
}

void TestNormaliserTargets::tellsWhatWasActedOn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("targets");
    QTest::addColumn<bool>("isIdentityChange");
    const auto row = [](const char* name, const std::string& text, const QStringList& targets, bool isChange) {
        QTest::newRow(name) << QByteArray::fromStdString(text) << targets << isChange;
    };
    const QString iam = "arn:aws:iam::111122223333:";
    row("key for another",
        call("iam", "CreateAccessKey", "{'userName':'ops'}", "{'accessKey':{'accessKeyId':'AKIA2','userName':'ops'}}"),
        {"created credential/access_key=AKIA2", "granted account/=" + iam + "user/ops"}, true);
    row("key for oneself", call("iam", "CreateAccessKey", "null", "{'accessKey':{'accessKeyId':'AKIA2'}}"),
        {"created credential/access_key=AKIA2", "granted account/=" + iam + "user/deploy"}, true);
    row("key switched off",
        call("iam", "UpdateAccessKey", "{'userName':'ops','accessKeyId':'AKIA2','status':'Inactive'}"),
        {"deactivated credential/access_key=AKIA2", "updated account/=" + iam + "user/ops"}, true);
    row("key switched on", call("iam", "UpdateAccessKey", "{'userName':'ops','accessKeyId':'AKIA2','status':'Active'}"),
        {"activated credential/access_key=AKIA2", "updated account/=" + iam + "user/ops"}, true);
    row("user by ARN and name alike",
        call("iam", "CreateUser", "{'userName':'ops'}", "{'user':{'arn':'arn:aws:iam::111122223333:user/team/ops'}}"),
        {"created account/=" + iam + "user/ops"}, true);
    row("a new name", call("iam", "UpdateUser", "{'userName':'ops','newUserName':'ops-legacy'}"),
        {"updated account/=" + iam + "user/ops", "also account/=" + iam + "user/ops-legacy"}, true);
    row("a new path alone", call("iam", "UpdateUser", "{'userName':'ops','newPath':'/x/'}"),
        {"updated account/=" + iam + "user/ops"}, true);
    row("login profile", call("iam", "CreateLoginProfile", "{'userName':'ops'}"),
        {"created credential/password=" + iam + "user/ops/password", "granted account/=" + iam + "user/ops"}, true);
    row("managed policy",
        call("iam", "AttachUserPolicy", "{'userName':'ops','policyArn':'arn:aws:iam::aws:policy/AdministratorAccess'}"),
        {"attached policy/=arn:aws:iam::aws:policy/AdministratorAccess", "granted account/=" + iam + "user/ops"}, true);
    row("inline policy", call("iam", "PutRolePolicy", "{'roleName':'Build','policyName':'all'}"),
        {"attached policy/=" + iam + "role/Build/policy/all", "granted role/=" + iam + "role/Build"}, true);
    row("trust", call("iam", "UpdateAssumeRolePolicy", "{'roleName':'Build','policyDocument':'{}'}"),
        {"updated role/=" + iam + "role/Build"}, true);
    row("group", call("iam", "AddUserToGroup", "{'userName':'ops','groupName':'admins'}"),
        {"granted account/=" + iam + "user/ops", "attached group/=" + iam + "group/admins"}, true);
    row("factor",
        call("iam", "DeactivateMFADevice", "{'userName':'ops','serialNumber':'arn:aws:iam::111122223333:mfa/ops'}"),
        {"deactivated credential/factor=" + iam + "mfa/ops", "updated account/=" + iam + "user/ops"}, true);
    row("role assumed",
        call("sts", "AssumeRole", "{'roleArn':'arn:aws:iam::444455556666:role/x/Admin','roleSessionName':'s'}",
             "{'credentials':{'accessKeyId':'ASIA9','sessionToken':'t'},'assumedRoleUser':{'arn':'arn:aws:sts::"
             "444455556666:assumed-role/Admin/s'}}"),
        {"assumed role/=arn:aws:iam::444455556666:role/Admin", "created credential/session=ASIA9",
         "created credential/session=arn:aws:sts::444455556666:assumed-role/Admin/s"},
        false);
    row("federation",
        call("sts", "GetFederationToken", "{'name':'x'}",
             "{'credentials':{'accessKeyId':'ASIA9'},'federatedUser':{'arn':'arn:aws:sts::1:federated-user/x'}}"),
        {"created credential/session=ASIA9", "created credential/session=arn:aws:sts::1:federated-user/x"}, false);
    row("secret by name", call("secretsmanager", "GetSecretValue", "{'secretId':'app/db'}"),
        {"read secret/=arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db"}, false);
    row("secret by ARN",
        call("secretsmanager", "GetSecretValue",
             "{'secretId':'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db-AbCdEf'}"),
        {"read secret/=arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/db"}, false);
    row("parameters", call("ssm", "GetParameters", "{'names':['/app/a','b'],'withDecryption':true}"),
        {"read secret/=arn:aws:ssm:eu-west-1:111122223333:parameter/app/a",
         "read secret/=arn:aws:ssm:eu-west-1:111122223333:parameter/b"},
        false);
    row("trail by name", call("cloudtrail", "StopLogging", "{'name':'main'}"),
        {"stopped resource/=arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"}, false);
    row("trail by ARN",
        call("cloudtrail", "DeleteTrail", "{'name':'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main'}"),
        {"deleted resource/=arn:aws:cloudtrail:eu-west-1:111122223333:trail/main"}, false);
    row("instances",
        call("ec2", "TerminateInstances", "{'instancesSet':{'items':[{'instanceId':'i-1'},{'instanceId':'i-2'}]}}"),
        {"deleted workload/instance=i-1", "deleted workload/instance=i-2"}, false);
    row("command on an instance by ARN",
        call("ssm", "StartSession", "{'target':'arn:aws:ec2:eu-west-1:111122223333:instance/i-1'}"),
        {"used workload/instance=i-1"}, false);
    row("snapshot shared",
        call("ec2", "ModifySnapshotAttribute",
             "{'snapshotId':'snap-1','createVolumePermission':{'add':{'items':[{'userId':'444455556666'}]}}}"),
        {"shared resource/=snap-1", "granted account/=444455556666"}, false);
    row("snapshot shared no longer",
        call("ec2", "ModifySnapshotAttribute",
             "{'snapshotId':'snap-1','createVolumePermission':{'remove':{'items':[{'userId':'444455556666'}]}}}"),
        {"updated resource/=snap-1", "detached account/=444455556666"}, false);
    row("snapshot public no longer",
        call("ec2", "ModifySnapshotAttribute",
             "{'snapshotId':'snap-1','createVolumePermission':{'remove':{'items':[{'group':'all'}]}}}"),
        {"updated resource/=snap-1"}, false);
    row("snapshot from one to another",
        call("ec2", "ModifySnapshotAttribute",
             "{'snapshotId':'snap-1','createVolumePermission':{'add':{'items':[{'group':'all'}]},'remove':{'items':[{'userId':'444455556666'}]}}}"),
        {"shared resource/=snap-1", "detached account/=444455556666"}, false);
    row("snapshot shared in a shape that is not known",
        call("ec2", "ModifySnapshotAttribute", "{'snapshotId':'snap-1','attributeType':'CREATE_VOLUME_PERMISSION'}"),
        {"shared resource/=snap-1"}, false);
    row("bucket", call("s3", "GetObject", "{'bucketName':'logs','key':'a/b'}"), {"read resource/=arn:aws:s3:::logs"},
        false);
    row("function", call("lambda", "AddPermission20150331v2", "{'functionName':'f','principal':'*'}"),
        {"shared workload/function=arn:aws:lambda:eu-west-1:111122223333:function:f"}, true);
    row("leaves the organisation", call("organizations", "LeaveOrganization", "null"),
        {"detached account/=111122223333"}, true);
    row("action without a rule",
        record(
            "'eventSource':'glue.amazonaws.com','eventName':'DeleteJob','resources':[{'ARN':'arn:aws:glue:r:1:job/x'},"
            "{'ARN':'arn:aws:iam::1:role/p/R'},{'ARN':'no arn'}]"),
        {"deleted resource/=arn:aws:glue:r:1:job/x", "updated role/=arn:aws:iam::1:role/R"}, false); // it was the job's, and stays
}

void TestNormaliserTargets::tellsWhatWasActedOn()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, targets);
    QFETCH(bool, isIdentityChange);
    const auto event = m_records.event(text.toStdString());
    QVERIFY2(event.has_value(), event ? "" : event.error().detail.c_str());
    QCOMPARE(shown(event->targets), targets);
    QCOMPARE(event->isIdentityChange, isIdentityChange);
}

QTEST_GUILESS_MAIN(TestNormaliserTargets)
#include "tst_normaliser_targets.moc"
