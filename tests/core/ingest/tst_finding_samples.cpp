// Every shipped finding map on a sample of its product: ours, made after the public field references.
#include "tests/core/ingest/findings.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

namespace {

const std::string deployer = "account:arn:aws:iam::111122223333:user/deployer";
const std::string deployersKey = "credential:AKIAEXAMPLE0DEPLOY01";
const std::string guardDutyId = "arn:aws:guardduty:eu-central-1:111122223333:detector/"
                                "9ab0c1d2e3f405162738495a6b7c8d9e/finding/5ac3f1d2b77a4e0f9c1d2e3f4a5b6c7d";

/// A finding in one line each.
QString told(const Alert& alert)
{
    const ExternalOrigin& origin = *alert.external;
    return QString::fromStdString(origin.productName + " | " + alert.rule.title + " | " + origin.severity + " = " +
                                  std::string(toString(alert.rule.level)) + " | " + origin.status + " = " +
                                  std::string(toString(origin.state)));
}

} // namespace

class TestFindingSamples : public QObject
{
    Q_OBJECT
private slots:
    void eachFormatIsReadInFull_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("entities");
        QTest::addColumn<QString>("techniques");
        QTest::addColumn<QString>("times"); ///< first, last, updated: hour and minute
        QTest::addColumn<QString>("drawnFrom");
        const auto row = [](const char* name, const char* file, int index, const char* words, const std::string& id,
                            const std::string& entities, const char* techniques, const char* times,
                            const char* drawnFrom) {
            QTest::newRow(name) << file << index << words << QString::fromStdString(id)
                                << QString::fromStdString(entities) << techniques << times << drawnFrom;
        };
        const std::string intruder = "actor " + deployer + ", via " + deployersKey + ", address address:198.51.100.23";
        row("GuardDuty", "guardduty.json", 0,
            "Amazon GuardDuty | User deployer called CreateAccessKey in an unusual way. | 5 = medium | false = open",
            guardDutyId, intruder, " / persistence", "09:14 09:19 09:31", "aws.cloudtrail");
        row("GuardDuty from the command line", "guardduty_get_findings.json", 0,
            "Amazon GuardDuty | User deployer called CreateAccessKey in an unusual way. | 5 = medium | false = open",
            guardDutyId, intruder, " / persistence", "09:14 09:19 09:31", "aws.cloudtrail");
        row("GuardDuty by EventBridge", "guardduty_eventbridge.json", 0,
            "Amazon GuardDuty | User deployer called CreateAccessKey in an unusual way. | 8.5 = high | false = open",
            guardDutyId, intruder, " / persistence", "09:14 10:48 11:02", "aws.cloudtrail");
        row("GuardDuty by Security Hub", "securityhub.json", 0,
            "Amazon GuardDuty | User deployer called CreateAccessKey in an unusual way. | MEDIUM = medium | NEW = open",
            guardDutyId, intruder, " / persistence", "09:14 09:19 12:00", "aws.cloudtrail");
        row("Security Hub itself, suppressed", "securityhub.json", 1,
            "AWS Security Hub (Security Hub) | S3 bucket lets everybody write | HIGH = informational | SUPPRESSED = "
            "dismissed",
            "arn:aws:securityhub:eu-central-1:111122223333:finding/7f0d", "target resource:arn:aws:s3:::artefacts-example",
            " / ", "09:14 09:19 12:00", "");
        row("OCSF detection finding", "ocsf.json", 0,
            "OCSF (Cloud Watcher) | Key used from two continents | High = high | New = open", "cw-2026-000481",
            "actor " + deployer + ", via " + deployersKey +
                ", address address:203.0.113.77, target secret:arn:aws:secretsmanager:eu-central-1:111122223333:"
                "secret:app/db",
            "T1078 T1078.004 / initial-access", "09:14 09:19 09:31", "aws.cloudtrail");
        row("OCSF security finding", "ocsf.json", 1, "OCSF (Old Scanner) | Root key used | 5 = critical | 4 = closed",
            "os-77", "target account:arn:aws:iam::111122223333:root", " / ", "09:30 09:31 09:31", "");
        row("Defender alert", "defender.json", 0,
            "Microsoft Defender XDR (Microsoft Entra ID Protection) | Anomalous token used | medium = medium | new = open",
            "da637578995287051192_756343937",
            "actor account:m.keller@example.com, target host:ws-017.example.com, "
            "address address:192.0.2.44",
            "T1528 / credential-access", "09:20 09:22 09:45", "entra.signin");
        row("Defender alert in its incident, a false positive", "defender_incident.json", 0,
            "Microsoft Defender XDR | Tool that dumps credentials | high = informational | resolved, falsePositive = "
            "dismissed",
            "x1", "", "T1003.001 / ", "08:00 08:00 08:30", "defender.endpoint");
        row("Sentinel alert", "sentinel.json", 0,
            "Microsoft Sentinel (Azure Sentinel) | Sign-in from a new country, then consent | High = high | New = open",
            "0d6c3fbb-0000-4000-8000-0000000000b1",
            "actor account:m.keller@example.com, target host:ws-017.example.com, "
            "address address:192.0.2.44",
            "T1078 / initial-access persistence", "09:20 09:25 09:50", "");
        row("Sentinel incident", "sentinel.json", 1,
            "Microsoft Sentinel | Account taken over | High = informational | Closed, BenignPositive = dismissed",
            "b0bd-incident", "target resource:0d6c3fbb-0000-4000-8000-0000000000b1", " / initial-access",
            "09:20 09:25 10:30", "");
        row("Sentinel incidents export", "sentinel_incidents.json", 0,
            "Microsoft Sentinel | Mass download | Low = low | New = open", "73e0", "", "T1567 / exfiltration",
            "11:00 11:00 11:00", "");
        row("Splunk notable", "splunk.json", 0,
            "Splunk Enterprise Security | Access key made for deployer | high = high | New = open",
            "A1B2C3@@notable@@77aa",
            "actor " + deployer + ", address address:198.51.100.23, target host:iam.amazonaws.com",
            "T1098.001 / persistence", "09:14 09:14 09:35", "aws.cloudtrail");
        row("Splunk notable, a false positive", "splunk.json", 1,
            "Splunk Enterprise Security | Logon at night | low = informational | Closed, False Positive - Inaccurate "
            "Data = dismissed",
            "D4E5F6@@notable@@88bb",
            "actor account:m.keller, address address:198.51.100.23, target host:iam.amazonaws.com",
            "T1098.001 / persistence", "09:14 09:14 09:35", "");
        row("Splunk notable in one document", "splunk_results.json", 0,
            "Splunk Enterprise Security | Access key made for deployer | high = high | New = open",
            "A1B2C3@@notable@@77aa",
            "actor " + deployer + ", address address:198.51.100.23, target host:iam.amazonaws.com",
            "T1098.001 / persistence", "09:14 09:14 09:35", "aws.cloudtrail");
        row("Elastic with dotted keys", "elastic_flat.json", 0,
            "Elastic Security | AWS access key made for another user | high = high | open = open", "e1f2a3", intruder,
            "T1098 T1098.001 / persistence", "09:14 09:14 09:32", "aws.cloudtrail");
        row("Elastic as a search hit, nested", "elastic_hits.json", 0,
            "Elastic Security | AWS access key made for another user | high = informational | closed, false_positive = "
            "dismissed",
            "e1f2a3", intruder, "T1098 T1098.001 / persistence", "09:14 09:14 12:40", "aws.cloudtrail");
        row("CrowdStrike detection summary", "crowdstrike_event.json", 0,
            "CrowdStrike Falcon | Credential theft from a browser | High = high |  = open", "0123:ind:99aa:1",
            "actor account:m.keller, target host:ws-017, address address:192.0.2.17",
            "T1555.003 / credential-access", "09:15 09:15 09:15", "crowdstrike.sensor");
        row("CrowdStrike alert", "crowdstrike_alerts.json", 0,
            "CrowdStrike Falcon | ReverseShell | Critical = critical | in_progress = open", "0123:ind:99aa:2",
            "actor account:root, target host:build-3, address address:192.0.2.30, address address:203.0.113.9",
            "T1059 / execution", "09:15 09:15 09:18", "crowdstrike.sensor");
        row("Suricata", "suricata.json", 0,
            "Suricata | OWN Reverse shell over TLS | Major = high | allowed = open",
            "1805461738637437/9000001/2026-03-02T09:14:05.123456+0000",
            "address address:198.51.100.23, address address:192.0.2.30", "T1071 / command-and-control",
            "09:14 09:14 09:14", "suricata.eve");
    }

    void eachFormatIsReadInFull()
    {
        QFETCH(QString, file);
        QFETCH(int, index);
        const ReadSample sink = readSample(file.toStdString());
        QVERIFY(sink.findings.size() > static_cast<std::size_t>(index));
        QVERIFY(sink.events.empty());
        const ReadSample::Found& found = sink.findings[static_cast<std::size_t>(index)];
        QTEST(told(found.alert), "words");
        QTEST(QString::fromStdString(found.alert.external->id), "id");
        QTEST(QString::fromStdString(entityText(found.alert)), "entities");
        QTEST(QString::fromStdString(joined(found.alert.rule.techniques) + " / " + joined(found.alert.rule.tactics)),
              "techniques");
        QTEST(QString::fromStdString(found.alert.first.toString().substr(11, 5) + " " +
                                     found.alert.last.toString().substr(11, 5) + " " +
                                     found.alert.external->updated.toString().substr(11, 5)),
              "times");
        QTEST(QString::fromStdString(joined(found.alert.external->drawnFrom)), "drawnFrom");
        QVERIFY(found.alert.rule.id.starts_with("external:" + found.alert.external->product + ":"));
        QVERIFY(found.event.isFinding);
        QVERIFY(!found.event.actor && !found.event.via);
        QCOMPARE(found.event.time, found.alert.external->updated);
    }

    void aCitationNamesTheFindingWithinItsEnvelope()
    {
        for (const char* name : {"securityhub.json", "elastic_hits.json", "splunk.json"}) {
            const std::string file = textOfFile(CORDON_SOURCE_DIR "/tests/samples/findings/" + std::string(name));
            for (const ReadSample::Found& found : readSample(name).findings)
                QCOMPARE(file.substr(found.event.cite.offset, found.event.cite.length), found.raw);
        }
    }

    void recordsInAnEnvelopeAreNumberedOneByOne()
    {
        const ReadSample hub = readSample("securityhub.json");
        QCOMPARE(hub.findings[0].record, std::uint64_t{0});
        QCOMPARE(hub.findings[1].record, std::uint64_t{1});
        QVERIFY(hub.rejected.empty());
    }

    void whatIsNoAlertOfTheProductIsSaid()
    {
        const ReadSample sink = readSample("suricata.json");
        QCOMPARE(sink.findings.size(), std::size_t{1});
        QCOMPARE(sink.rejected.size(), std::size_t{1});
        QVERIFY(sink.rejected[0].reason.find("not recognised") != std::string::npos);
    }

    void linksAreTheProductsOwnOrMadeFromItsRecord()
    {
        QCOMPARE(readSample("guardduty.json").findings[0].alert.external->link,
                 std::string("https://console.aws.amazon.com/guardduty/home?region=eu-central-1#/"
                             "findings?macros=current&fId=5ac3f1d2b77a4e0f9c1d2e3f4a5b6c7d"));
        QCOMPARE(readSample("defender.json").findings[0].alert.external->link,
                 std::string("https://security.example.com/alerts/da637578995287051192_756343937?tid=b3c1"));
        QCOMPARE(readSample("sentinel.json").findings[0].alert.external->link, std::string());
    }
};

QTEST_GUILESS_MAIN(TestFindingSamples)
#include "tst_finding_samples.moc"
