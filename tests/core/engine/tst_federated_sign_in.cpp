#include "core/correlate/incident_builder.h"
#include "core/engine/entity_names.h"
#include "tests/core/ingest/records.h"
#include "tests/support/attack_builder.h"

#include <QtTest>

using namespace cordon;
using namespace cordon::test;

namespace {

std::string okta(const std::string& minute, const std::string& who, const std::string& act, const std::string& target, const std::string& address)
{
    return ingest::json("{'eventType':'" + act + "','published':'2026-11-20T09:" + minute + ":00.000Z','uuid':'o" + minute +
                        "','outcome':{'result':'SUCCESS'},'client':{'ipAddress':'" + address + "'},'actor':{'id':'00u" + who +
                        "','type':'User','alternateId':'" + who + "@corp.example'},'target':[" + target + "]}");
}

std::string person(const std::string& who)
{
    return "{'id':'00u" + who + "','type':'User','alternateId':'" + who + "@corp.example'}";
}

std::string aws(const std::string& minute, const std::string& service, const std::string& act, const std::string& identity,
                const std::string& request, const std::string& response, const std::string& address)
{
    return ingest::json("{'eventVersion':'1.08','eventTime':'2026-11-20T09:" + minute + ":00Z','awsRegion':'us-east-1','eventID':'e" + act +
                        minute + "','eventSource':'" + service + ".amazonaws.com','eventName':'" + act +
                        "','recipientAccountId':'111122223333','sourceIPAddress':'" + address + "','userIdentity':" + identity +
                        ",'requestParameters':" + request + ",'responseElements':" + response + "}");
}

/// Somebody's session of the role that everybody of the directory works with, opened by SAML.
std::string opened(const std::string& minute, const std::string& who, const std::string& key, const std::string& address)
{
    const std::string name = who + "@corp.example";
    return aws(minute, "sts", "AssumeRoleWithSAML",
               "{'type':'SAMLUser','principalId':'Ukh1i4L/jEvs=:" + name + "','userName':'" + name + "','identityProvider':'Ukh1i4L/jEvs='}",
               "{'roleArn':'arn:aws:iam::111122223333:role/sso'}",
               "{'credentials':{'accessKeyId':'" + key + "'},'assumedRoleUser':{'arn':'arn:aws:sts::111122223333:assumed-role/sso/" + name + "'}}",
               address);
}

std::string made(const std::string& minute, const std::string& who, const std::string& key, const std::string& made, const std::string& address)
{
    return aws(minute, "iam", "CreateAccessKey",
               "{'type':'AssumedRole','arn':'arn:aws:sts::111122223333:assumed-role/sso/" + who + "@corp.example','accountId':'111122223333',"
               "'accessKeyId':'" + key + "','sessionContext':{'sessionIssuer':{'type':'Role','arn':'arn:aws:iam::111122223333:role/sso',"
               "'userName':'sso'}}}",
               "{'userName':'" + made + "'}", "{'accessKey':{'userName':'" + made + "','accessKeyId':'AKIA" + made + "'}}", address);
}

} // namespace

/// From a help desk that was talked round over the directory to AWS: the same person by name, and nobody else.
class TestFederatedSignIn : public QObject
{
    Q_OBJECT

private slots:
    void theHelpDeskTheAccountAndTheCloudAreOneIncident_data();
    void theHelpDeskTheAccountAndTheCloudAreOneIncident();

private:
    ingest::MappedRecords m_records;
};

void TestFederatedSignIn::theHelpDeskTheAccountAndTheCloudAreOneIncident_data()
{
    QTest::addColumn<QString>("who"); ///< is at work in AWS, besides alice
    QTest::newRow("nobody else") << "";
    QTest::newRow("somebody else, at the same time in the same role") << "bob";
}

void TestFederatedSignIn::theHelpDeskTheAccountAndTheCloudAreOneIncident()
{
    QFETCH(const QString, who);
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
    struct Line
    {
        std::string record;
        bool isAlert = true;
    };
    std::vector<Line> lines{
        {okta("02", "desk", "user.account.reset_password", person("alice"), "192.0.2.10")},
        {okta("15", "alice", "system.api_token.create", "{'id':'00Tx','type':'Token','displayName':'sync'}", "203.0.113.66")},
        {opened("28", "alice", "ASIAALICE", "198.51.100.7"), false},
        {made("36", "alice", "ASIAALICE", "backup", "198.51.100.7")},
    };
    if (!who.isEmpty()) {
        lines.push_back({opened("29", who.toStdString(), "ASIAOTHER", "192.0.2.55"), false});
        lines.push_back({made("34", who.toStdString(), "ASIAOTHER", "app", "192.0.2.55")});
    }
    const auto names = engine::readEntityNames(CORDON_SOURCE_DIR "/resources");
    QVERIFY(names);
    for (const bool isBackwards : {false, true}) {
        correlate::IncidentBuilder builder(*names);
        std::vector<Line> order = lines;
        if (isBackwards)
            std::reverse(order.begin(), order.end());
        std::int64_t id = 0;
        for (const Line& line : order) {
            Result<Event> event = m_records.event(line.record);
            QVERIFY2(event, event ? "" : event.error().detail.c_str());
            event->id = {++id};
            builder.observe(*event);
            if (line.isAlert)
                builder.add(alertOn(id, {*event}, Severity::Medium, "persistence", "T1098"));
        }
        builder.settle();
        const auto incidents = builder.incidents();
        QCOMPARE(incidents.size(), who.isEmpty() ? std::size_t{1} : std::size_t{2});
        const EntityRef alice{EntityKind::Account, "alice@corp.example", {}, {}};
        const EntityRef other{EntityKind::Account, "Ukh1i4L/jEvs=:" + who.toStdString() + "@corp.example", {}, {}};
        for (const Incident& incident : incidents)
            QVERIFY(!incident.member(alice) == !(incident.alerts.size() == 3) && !(incident.member(alice) && incident.member(other)));
    }
}

QTEST_GUILESS_MAIN(TestFederatedSignIn)
#include "tst_federated_sign_in.moc"
