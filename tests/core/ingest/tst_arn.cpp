#include "core/ingest/arn.h"

#include <QTest>

using namespace cordon::ingest;

class TestArn : public QObject
{
    Q_OBJECT
private slots:
    void splitsAName();
    void refusesOtherTexts();
    void iamNamesLoseTheirPath_data();
    void iamNamesLoseTheirPath();
    void secretsLoseTheirSuffix();
    void tellsTheNameThatPeopleUse();
    void knowsAddresses_data();
    void knowsAddresses();
};

void TestArn::splitsAName()
{
    const auto arn = Arn::parse("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:app/db-AbCdEf");
    QVERIFY(arn.has_value());
    QCOMPARE(std::string(arn->partition), std::string("aws-cn"));
    QCOMPARE(std::string(arn->service), std::string("secretsmanager"));
    QCOMPARE(std::string(arn->region), std::string("cn-north-1"));
    QCOMPARE(std::string(arn->account), std::string("111122223333"));
    QCOMPARE(std::string(arn->resource), std::string("secret:app/db-AbCdEf"));
}

void TestArn::refusesOtherTexts()
{
    for (const char* text : {"", "arn:", "arn:aws:iam::1", "arn:aws:iam::1:", "xarn:aws:iam::1:root", "deploy"})
        QVERIFY2(!Arn::parse(text), text);
}

void TestArn::iamNamesLoseTheirPath_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("canonical");
    QTest::newRow("user") << "arn:aws:iam::1:user/ci/deploy"
                          << "arn:aws:iam::1:user/deploy";
    QTest::newRow("no path") << "arn:aws:iam::1:user/deploy"
                             << "arn:aws:iam::1:user/deploy";
    QTest::newRow("role") << "arn:aws-us-gov:iam::1:role/aws-service-role/x.amazonaws.com/Y"
                          << "arn:aws-us-gov:iam::1:role/Y";
    QTest::newRow("role session") << "arn:aws:sts::1:assumed-role/Deploy/i-0abc"
                                  << "arn:aws:iam::1:role/Deploy";
    QTest::newRow("policy keeps its path") << "arn:aws:iam::aws:policy/job-function/X"
                                           << "arn:aws:iam::aws:policy/job-function/X";
    QTest::newRow("root") << "arn:aws:iam::1:root"
                          << "arn:aws:iam::1:root";
    QTest::newRow("federated user") << "arn:aws:sts::1:federated-user/x"
                                    << "arn:aws:sts::1:federated-user/x";
    QTest::newRow("another service") << "arn:aws:s3:::role/x/y"
                                     << "arn:aws:s3:::role/x/y";
    QTest::newRow("no name") << "arn:aws:iam::1:user/a/"
                             << "arn:aws:iam::1:user/a/";
}

void TestArn::iamNamesLoseTheirPath()
{
    QFETCH(QString, given);
    QFETCH(QString, canonical);
    QCOMPARE(QString::fromStdString(withoutIamPath(given.toStdString())), canonical);
}

void TestArn::secretsLoseTheirSuffix()
{
    QCOMPARE(withoutSecretSuffix("arn:aws:secretsmanager:r:1:secret:app/db-AbC1Ef"),
             std::string("arn:aws:secretsmanager:r:1:secret:app/db"));
    QCOMPARE(withoutSecretSuffix("arn:aws:secretsmanager:r:1:secret:db"),
             std::string("arn:aws:secretsmanager:r:1:secret:db"));
    QCOMPARE(withoutSecretSuffix("arn:aws:s3:::x-AbC1Ef"), std::string("arn:aws:s3:::x-AbC1Ef"));
}

void TestArn::tellsTheNameThatPeopleUse()
{
    QCOMPARE(std::string(lastPart("arn:aws:iam::1:user/ci/deploy")), std::string("deploy"));
    QCOMPARE(std::string(lastPart("arn:aws:secretsmanager:r:1:secret:app/db")), std::string("app/db"));
    QCOMPARE(std::string(lastPart("arn:aws:s3:::logs")), std::string("logs"));
    QCOMPARE(std::string(lastPart("plain/text")), std::string("plain/text"));
}

void TestArn::knowsAddresses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isAddress");
    QTest::newRow("IPv4") << "203.0.113.7" << true;
    QTest::newRow("leading zero, as anonymised logs have") << "08.1.250.216" << true;
    QTest::newRow("too large") << "256.1.1.1" << false;
    QTest::newRow("three parts") << "1.2.3" << false;
    QTest::newRow("five parts") << "1.2.3.4.5" << false;
    QTest::newRow("IPv6") << "2001:db8::7" << true;
    QTest::newRow("whole IPv6") << "2001:db8:0:0:0:0:0:7" << true;
    QTest::newRow("all zeros") << "::" << true;
    QTest::newRow("mapped") << "::ffff:203.0.113.7" << true;
    QTest::newRow("nine groups") << "1:2:3:4:5:6:7:8:9" << false;
    QTest::newRow("two gaps") << "1::2::3" << false;
    QTest::newRow("ends in one colon") << "1:2:3:4:5:6:7:" << false;
    QTest::newRow("service") << "ec2.amazonaws.com" << false;
    QTest::newRow("words") << "AWS Internal" << false;
    QTest::newRow("nothing") << "" << false;
}

void TestArn::knowsAddresses()
{
    QFETCH(QString, text);
    QFETCH(bool, isAddress);
    QCOMPARE(isIpAddress(text.toStdString()), isAddress);
}

QTEST_GUILESS_MAIN(TestArn)
#include "tst_arn.moc"
