#include "core/ingest/arn_entity.h"
#include "core/ingest/finding_words.h"
#include "tests/core/ingest/records.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

class TestFindingWords : public QObject
{
    Q_OBJECT
private slots:
    void techniquesAreFoundInAnyText()
    {
        std::vector<std::string> found;
        addTechniques("[\"t1078.004\",\"T1098 - Account\"] XT1055 T12345 T1059.001x T1078.004", found);
        QCOMPARE(found, (std::vector<std::string>{"T1078.004", "T1098", "T1059.001"}));
    }

    void tacticsAreFoundInEverySpelling()
    {
        std::vector<std::string> found;
        addTactics("TTPs/Initial Access/UnauthorizedAccess:IAMUser-X", {}, found);
        addTactics("InitialAccess, CommandAndControl", {}, found);
        addTactics("TA0040", {}, found);
        addTactics("Recon:IAMUser/X", {{"Recon", "discovery"}}, found);
        addTactics("[\"Defense Evasion\"]", {}, found);
        QCOMPARE(found, (std::vector<std::string>{"initial-access", "command-and-control", "impact", "discovery",
                                                  "defense-evasion"}));
    }

    void timesAreReadAsProductsWriteThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("time"); ///< "" when it cannot be read
        const QString expected = "2026-03-02T09:14:05.500000Z";
        QTest::newRow("RFC 3339") << "2026-03-02T09:14:05.5Z" << expected;
        QTest::newRow("offset without a colon") << "2026-03-02T10:14:05.500000+0100" << expected;
        QTest::newRow("seven digits") << "2026-03-02T09:14:05.5000000Z" << expected;
        QTest::newRow("seconds") << "1772442845.5" << expected;
        QTest::newRow("milliseconds") << "1772442845500" << expected;
        QTest::newRow("microseconds") << "1772442845500000" << expected;
        QTest::newRow("nanoseconds") << "1772442845500000000" << expected;
        QTest::newRow("words") << "five past nine" << "";
        QTest::newRow("zero") << "0" << "";
        QTest::newRow("nothing") << "" << "";
        QTest::newRow("too many digits") << "17724428455000000000000" << "";
    }
    void timesAreReadAsProductsWriteThem()
    {
        QFETCH(QString, text);
        QFETCH(QString, time);
        const auto read = findingTime(text.toStdString());
        QCOMPARE(read ? QString::fromStdString(read->moment.toString()) : QString(), time);
    }

    /// Findings and CloudTrail must meet in one entity: what an ARN is by the CloudTrail map, it is here.
    void arnsMeanWhatTheCloudTrailMapSays_data()
    {
        QTest::addColumn<QString>("arn");
        for (const char* arn :
             {"arn:aws:iam::111122223333:user/team/ops", "arn:aws:iam::111122223333:root",
              "arn:aws:iam::111122223333:role/service-role/Deploy", "arn:aws:sts::111122223333:assumed-role/Deploy/run",
              "arn:aws:iam::111122223333:group/a/Admins", "arn:aws:iam::111122223333:policy/x/P",
              "arn:aws:iam::111122223333:instance-profile/p/web", "arn:aws:iam::111122223333:mfa/ops",
              "arn:aws:ec2:eu-central-1:111122223333:instance/i-0abc", "arn:aws:ec2:eu-central-1:111122223333:volume/vol-1",
              "arn:aws:lambda:eu-central-1:111122223333:function:f", "arn:aws:s3:::bucket",
              "arn:aws:secretsmanager:eu-central-1:111122223333:secret:app/db-Ab12Cd",
              "arn:aws:ssm:eu-central-1:111122223333:parameter/app/db", "arn:aws:kms:eu-central-1:111122223333:key/k"})
            QTest::newRow(arn) << arn;
    }
    void arnsMeanWhatTheCloudTrailMapSays()
    {
        QFETCH(QString, arn);
        MappedRecords records;
        const std::string record =
            json("{'eventVersion':'1.08','eventTime':'2026-03-02T09:00:00Z','eventSource':'x.amazonaws.com','eventName':"
                 "'TagThing','awsRegion':'eu-central-1','eventID':'1','resources':[{'ARN':'" +
                 arn.toStdString() + "'}]}");
        const auto event = records.event(record);
        QVERIFY(event.has_value());
        QCOMPARE(event->targets.size(), std::size_t{1});
        const auto entity = entityOfArn(arn.toStdString());
        QVERIFY(entity.has_value());
        QCOMPARE(entity->key(), event->targets[0].entity.key());
        QCOMPARE(entity->type, event->targets[0].entity.type);
        QCOMPARE(entity->name, event->targets[0].entity.name);
    }

    void whatIsNoArnIsNothing() { QVERIFY(!entityOfArn("ops").has_value()); }
};

QTEST_GUILESS_MAIN(TestFindingWords)
#include "tst_finding_words.moc"
