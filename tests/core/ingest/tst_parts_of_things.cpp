#include "tests/core/ingest/entity_texts.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

/// A verb is said of a part, and the record names what the part lies in as well: that stays.
class TestPartsOfThings : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void theEndOfAPartLeavesItsContainer_data();
    void theEndOfAPartLeavesItsContainer();
    void everyMapSaysWhatItsVerbsAreAbout();

private:
    MappedRecords m_records;
};

namespace {

std::string gitHub(const std::string& action, const std::string& members)
{
    return "{'action':'" + action + "','actor':'ana','created_at':1767261600000,'org':'Acme','repo':'Acme/Site','_document_id':'d'," +
           members + "}";
}

std::string okta(const std::string& type, const std::string& targets)
{
    return "{'eventType':'" + type +
           "','published':'2026-01-01T10:00:00Z','outcome':{'result':'SUCCESS'},'actor':{'id':'00u1','type':'User',"
           "'alternateId':'ana@acme.example'},'target':[" +
           targets + "]}";
}

std::string google(const std::string& service, const std::string& method, const std::string& resource)
{
    return "{'timestamp':'2026-01-01T10:00:00Z','protoPayload':{'serviceName':'" + service + "','methodName':'" + method +
           "','resourceName':'" + resource + "','authenticationInfo':{'principalEmail':'ana@acme.example'}}}";
}

std::string entra(const std::string& act, const std::string& target)
{
    return "{'activityDisplayName':'" + act + "','activityDateTime':'2026-01-01T10:00:00Z','result':'success','initiatedBy':{'user':{'id':'g1',"
           "'userPrincipalName':'ana@acme.example'}},'targetResources':[" + target + "]}";
}

std::string exchange(const std::string& operation, const std::string& parameters)
{
    return "{'Operation':'" + operation +
           "','Workload':'Exchange','CreationTime':'2026-01-01T10:00:00','UserId':'ana@acme.example','UserType':0,'ResultStatus':'True',"
           "'ObjectId':'Acme/ceo','Parameters':[" + parameters + "]}";
}

std::string kubernetes(const std::string& verb, const std::string& resource, const std::string& part)
{
    return "{'kind':'Event','apiVersion':'audit.k8s.io/v1','stage':'ResponseComplete','auditID':'a1','verb':'" + verb +
           "','requestReceivedTimestamp':'2026-01-01T10:00:00Z','user':{'username':'ana'},'objectRef':{'resource':'" + resource +
           "','namespace':'shop','name':'web','subresource':'" + part + "'},'responseStatus':{'code':200}}";
}

} // namespace

void TestPartsOfThings::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
}

void TestPartsOfThings::theEndOfAPartLeavesItsContainer_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("container");
    QTest::addColumn<QString>("relation");
    const auto row = [](const char* name, const std::string& record, const char* container, const char* relation = "updated") {
        QTest::newRow(name) << QString::fromStdString(record) << QString(container) << QString(relation);
    };
    row("GitHub, a deploy key", gitHub("deploy_key.delete", "'fingerprint':'f'"), "resource:github.com/acme/site");
    row("GitHub, a deploy key that is not named", gitHub("deploy_key.delete", "'title':'ci'"), "resource:github.com/acme/site");
    row("GitHub, a secret", gitHub("repo.remove_actions_secret", "'key':'TOKEN'"), "resource:github.com/acme/site");
    row("GitHub, a warning", gitHub("repository_vulnerability_alerts.disable", "'user':'bo'"), "resource:github.com/acme/site");
    row("GitHub, a person's key", gitHub("public_key.delete", "'user':'bo','fingerprint':'f'"), "account:github.com/bo");
    row("GitHub, the repository itself", gitHub("repo.destroy", "'user':'bo'"), "resource:github.com/acme/site", "deleted");
    const std::string bo = "{'id':'00u2','type':'User','alternateId':'bo@acme.example'}";
    row("Okta, a factor", okta("user.mfa.factor.deactivate", bo), "account:bo@acme.example");
    row("Okta, an application of a person", okta("application.user_membership.deactivate", bo), "account:bo@acme.example");
    row("Okta, the person itself", okta("user.lifecycle.deactivate", bo), "account:bo@acme.example", "deactivated");
    row("Okta, a rule of a policy", okta("policy.rule.delete", "{'id':'pol','type':'PolicyEntity'},{'id':'rul','type':'PolicyRule'}"),
        "policy:pol");
    row("Okta, the rule itself", okta("policy.rule.delete", "{'id':'pol','type':'PolicyEntity'},{'id':'rul','type':'PolicyRule'}"),
        "policy:rul", "deleted");
    row("Google, a version of a secret",
        google("secretmanager.googleapis.com", "google.cloud.secretmanager.v1.SecretManagerService.DestroySecretVersion",
               "projects/1/secrets/db/versions/3"),
        "secret:projects/1/secrets/db");
    row("Google, an object in a bucket", google("storage.googleapis.com", "storage.objects.delete", "projects/_/buckets/b/objects/o"),
        "resource:projects/_/buckets/b");
    row("Google, the bucket itself", google("storage.googleapis.com", "storage.buckets.delete", "projects/_/buckets/b"),
        "resource:projects/_/buckets/b", "deleted");
    row("Google, a version of a key",
        google("cloudkms.googleapis.com", "DestroyCryptoKeyVersion", "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"),
        "resource:projects/p/locations/l/keyRings/r/cryptoKeys/k");
    row("Azure, an extension of a machine",
        "{'operationName':'MICROSOFT.COMPUTE/VIRTUALMACHINES/EXTENSIONS/DELETE','time':'2026-01-01T10:00:00Z','resultType':'Success',"
        "'resourceId':'/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm/extensions/x','caller':'ana@acme.example'}",
        "workload:/subscriptions/s/resourcegroups/g/providers/microsoft.compute/virtualmachines/vm");
    row("Entra, a password of a person",
        entra("Delete application password for user", "{'type':'User','id':'g2','userPrincipalName':'bo@acme.example'}"), "account:bo@acme.example");
    row("Entra, a policy of an application",
        entra("Remove policy from service principal", "{'type':'ServicePrincipal','id':'sp1','displayName':'crm'}"), "account:sp1");
    row("Entra, the person itself", entra("Delete user", "{'type':'User','id':'g2','userPrincipalName':'bo@acme.example'}"),
        "account:bo@acme.example", "deleted");
    row("mail, a right to a mailbox", exchange("Remove-MailboxPermission", "{'Name':'Identity','Value':'ceo@acme.example'}"),
        "resource:mailbox/ceo@acme.example");
    row("mail, a device of a mailbox", exchange("Remove-MobileDevice", "{'Name':'Mailbox','Value':'ceo@acme.example'}"),
        "resource:mailbox/ceo@acme.example");
    row("mail, the mailbox itself", exchange("Remove-Mailbox", "{'Name':'Identity','Value':'ceo@acme.example'}"),
        "resource:mailbox/ceo@acme.example", "deleted");
    row("Kubernetes, what a service stands for", kubernetes("delete", "services", "proxy"), "resource:shop/services/web", "used");
    row("Kubernetes, the state of a deployment", kubernetes("create", "deployments", "rollback"), "workload:shop/deployments/web");
    row("Kubernetes, the deployment itself", kubernetes("delete", "deployments", ""), "workload:shop/deployments/web", "deleted");
    row("AWS, an alias of a key",
        record("'eventSource':'kms.amazonaws.com','eventName':'DeleteAlias','resources':[{'ARN':'arn:aws:kms:r:1:alias/a'},"
               "{'ARN':'arn:aws:kms:r:1:key/k'}]"),
        "resource:arn:aws:kms:r:1:key/k");
    row("AWS, the policy of a secret",
        record("'eventSource':'example.amazonaws.com','eventName':'DeleteResourcePolicy','resources':[{'ARN':'arn:aws:lambda:r:1:function:f'}]"),
        "workload:arn:aws:lambda:r:1:function:f");
    row("CloudTrail by ECS, a key",
        "{'@timestamp':'2026-01-01T10:00:00Z','ecs':{'version':'8.11'},'event':{'dataset':'aws.cloudtrail','action':'DeleteAccessKey',"
        "'provider':'iam.amazonaws.com','outcome':'success'},'user':{'name':'ana','target':{'name':'ci'}}}",
        "account:ci");
    row("CloudTrail by OCSF, a key",
        "{'class_uid':3001,'category_uid':3,'time':1767261600000,'metadata':{'uid':'m1','product':{'name':'CloudTrail'}},'status':'Success',"
        "'api':{'operation':'DeleteAccessKey','service':{'name':'iam.amazonaws.com'}},'actor':{'user':{'name':'ana'}},'user':{'name':'ci','uid':'AIDA2'}}",
        "account:AIDA2");
}

void TestPartsOfThings::theEndOfAPartLeavesItsContainer()
{
    QFETCH(const QString, record);
    QFETCH(const QString, container);
    QFETCH(const QString, relation);
    const Result<Event> event = m_records.event(json(record.toStdString()));
    QVERIFY2(event, event ? "" : event.error().detail.c_str());
    QStringList relations;
    for (const EventTarget& target : event->targets) {
        if (target.entity.key() == container.toStdString())
            relations << QString::fromStdString(target.relation);
    }
    QVERIFY2(relations == QStringList(relation), qPrintable(shown(event->targets).join("; ")));
}

/// A map that names several things with one verb says of each which verbs are about it, or chooses among them by what
/// the record is about; one at most is what every other verb is about.
void TestPartsOfThings::everyMapSaysWhatItsVerbsAreAbout()
{
    for (const auto& map : m_records.maps().maps()) {
        std::size_t open = 0;
        for (const TargetRule& rule : map->usualTargets) {
            const bool isOpen = rule.relation.empty() && rule.subjectOf.empty() && rule.entity.when.empty();
            open += isOpen ? 1 : 0;
        }
        QVERIFY2(open < 2, qPrintable(QString::fromStdString(map->name)));
    }
}

QTEST_APPLESS_MAIN(TestPartsOfThings)
#include "tst_parts_of_things.moc"
