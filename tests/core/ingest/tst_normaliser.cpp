#include "tests/core/ingest/entity_texts.h"

#include <QTest>

using namespace cordon;
using namespace cordon::ingest;

class TestNormaliser : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void readsTheCommonFields();
    void tellsOutcomes_data();
    void tellsOutcomes();
    void tellsWhoActed_data();
    void tellsWhoActed();
    void readsTimes_data();
    void readsTimes();
    void keepsARecordThatSaysLittle();
    void passesOverOtherLogs();
    void aRefusedChangeIsNoChange();
    void onlyAddressesAreAddresses_data();
    void onlyAddressesAreAddresses();
    void boundsWhatARecordCanMakeOfIt();

private:
    Event eventOf(const std::string& text)
    {
        auto event = m_records.event(text);
        if (!event)
            QTest::qFail(event.error().detail.c_str(), __FILE__, __LINE__);
        return event ? *event : Event{};
    }

    MappedRecords m_records;
};

void TestNormaliser::initTestCase()
{
    QVERIFY2(!m_records.error(), m_records.error() ? m_records.error()->detail.c_str() : "");
    QVERIFY(m_records.maps().maps().front()->actions.size() >= 100);
}

void TestNormaliser::readsTheCommonFields()
{
    const Event event =
        eventOf(record("'eventSource':'iam.amazonaws.com','eventName':'ListUsers','sourceIPAddress':'203.0.113.7',"
                       "'userAgent':'aws-cli/2','readOnly':true"));
    QCOMPARE(event.time.toString(), std::string("2026-03-01T10:00:00.000000Z"));
    QCOMPARE(event.timeText, std::string("2026-03-01T10:00:00Z"));
    QCOMPARE(event.source, std::string("aws.cloudtrail"));
    QCOMPARE(event.tenant, std::string("111122223333"));
    QCOMPARE(event.action, std::string("iam:ListUsers"));
    QCOMPARE(event.address, std::string("203.0.113.7"));
    QCOMPARE(event.userAgent, std::string("aws-cli/2"));
    QCOMPARE(event.region, std::string("eu-west-1"));
    QCOMPARE(event.externalId, std::string("e-1"));
    QVERIFY(event.isReadOnly);
    QVERIFY(!event.isIdentityChange);
}

void TestNormaliser::tellsOutcomes_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("error");
    QTest::newRow("success") << "'errorCode':null"
                             << "success"
                             << "";
    QTest::newRow("error code") << "'errorCode':'AccessDenied','errorMessage':'no'"
                                << "failure"
                                << "AccessDenied";
    QTest::newRow("error message only") << "'errorMessage':'Failed authentication'"
                                        << "failure"
                                        << "Failed authentication";
    QTest::newRow("failed console sign-in") << "'responseElements':{'ConsoleLogin':'Failure'}"
                                            << "failure"
                                            << "";
    QTest::newRow("console sign-in") << "'responseElements':{'ConsoleLogin':'Success'}"
                                     << "success"
                                     << "";
}

void TestNormaliser::tellsOutcomes()
{
    QFETCH(QString, members);
    QFETCH(QString, outcome);
    QFETCH(QString, error);
    const Event event =
        eventOf(record("'eventSource':'signin.amazonaws.com','eventName':'ConsoleLogin'," + members.toStdString()));
    QCOMPARE(QString::fromStdString(std::string(toString(event.outcome))), outcome);
    QCOMPARE(QString::fromStdString(event.error), error);
}

void TestNormaliser::tellsWhoActed_data()
{
    QTest::addColumn<QString>("identity");
    QTest::addColumn<QString>("actor");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("via");
    QTest::addColumn<QString>("session");
    const QString none;
    QTest::newRow("user with a long-term key")
        << "{'type':'IAMUser','arn':'arn:aws:iam::1:user/ci/deploy','userName':'deploy','accessKeyId':'AKIA1'}"
        << "account/=arn:aws:iam::1:user/deploy"
        << "deploy"
        << "credential/access_key=AKIA1" << none;
    QTest::newRow("user in a session")
        << "{'type':'IAMUser','arn':'arn:aws:iam::1:user/ana','userName':'ana','accessKeyId':'ASIA1'}"
        << "account/=arn:aws:iam::1:user/ana"
        << "ana"
        << "credential/session=ASIA1" << none;
    QTest::newRow("user by name only") << "{'type':'IAMUser','accountId':'444455556666','userName':'ana'}"
                                       << "account/=arn:aws:iam::444455556666:user/ana"
                                       << "ana"
                                       << "nobody" << none;
    QTest::newRow("root") << "{'type':'Root','arn':'arn:aws:iam::1:root','accountId':'1','accessKeyId':''}"
                          << "account/root=arn:aws:iam::1:root"
                          << "root"
                          << "nobody" << none;
    QTest::newRow("root by account only") << "{'type':'Root','accountId':'444455556666'}"
                                          << "account/root=arn:aws:iam::444455556666:root"
                                          << "444455556666"
                                          << "nobody" << none;
    QTest::newRow("role session")
        << "{'type':'AssumedRole','arn':'arn:aws-cn:sts::1:assumed-role/Build/"
           "s1','accessKeyId':'ASIA2','sessionContext':"
           "{'sessionIssuer':{'type':'Role','arn':'arn:aws-cn:iam::1:role/service-role/Build','userName':'Build'}}}"
        << "role/=arn:aws-cn:iam::1:role/Build"
        << "Build"
        << "credential/session=ASIA2"
        << "used credential/session=arn:aws-cn:sts::1:assumed-role/Build/s1";
    QTest::newRow("role session without its issuer")
        << "{'type':'AssumedRole','arn':'arn:aws:sts::1:assumed-role/Build/s1'}"
        << "role/=arn:aws:iam::1:role/Build"
        << "Build"
        << "nobody"
        << "used credential/session=arn:aws:sts::1:assumed-role/Build/s1";
    QTest::newRow("role by name only") << "{'type':'AssumedRole','userName':'Build'}"
                                       << "role/=arn:aws:iam::111122223333:role/Build"
                                       << "Build"
                                       << "nobody" << none;
    QTest::newRow("federated user")
        << "{'type':'FederatedUser','arn':'arn:aws:sts::1:federated-user/x','accessKeyId':'ASIA3','sessionContext':"
           "{'sessionIssuer':{'type':'IAMUser','arn':'arn:aws:iam::1:user/ana','userName':'ana'}}}"
        << "account/=arn:aws:iam::1:user/ana"
        << "ana"
        << "credential/session=ASIA3"
        << "used credential/session=arn:aws:sts::1:federated-user/x";
    QTest::newRow("service") << "{'type':'AWSService','invokedBy':'ec2.amazonaws.com'}"
                             << "account/service=ec2.amazonaws.com"
                             << "ec2.amazonaws.com"
                             << "nobody" << none;
    QTest::newRow("another account") << "{'type':'AWSAccount','principalId':'AIDA9:s','accountId':'444455556666'}"
                                     << "account/=444455556666"
                                     << "444455556666"
                                     << "nobody" << none;
    QTest::newRow("web identity")
        << "{'type':'WebIdentityUser','principalId':'accounts.google.com:app:u1','userName':'u1'}"
        << "account/=accounts.google.com:app:u1"
        << "u1"
        << "nobody" << none;
    QTest::newRow("SAML") << "{'type':'SAMLUser','principalId':'abc:ana@example.com','userName':'ana@example.com'}"
                          << "account/=abc:ana@example.com"
                          << "ana@example.com"
                          << "nobody" << none;
    QTest::newRow("workforce identity")
        << "{'type':'IdentityCenterUser','accountId':'1','onBehalfOf':{'userId':'u-77'},'credentialId':'c-1'}"
        << "account/human=u-77"
        << "u-77"
        << "credential/=c-1" << none;
    QTest::newRow("unknown type with an ARN") << "{'type':'New','arn':'arn:aws:sts::1:assumed-role/Build/s1'}"
                                              << "role/=arn:aws:iam::1:role/Build"
                                              << "Build"
                                              << "nobody" << none;
    QTest::newRow("unknown type") << "{'type':'Unknown','principalId':'','userName':'ana'}"
                                  << "account/=ana"
                                  << "ana"
                                  << "nobody" << none;
    QTest::newRow("no type") << "{'invokedBy':'a.amazonaws.com'}"
                             << "account/=a.amazonaws.com"
                             << "a.amazonaws.com"
                             << "nobody" << none;
    QTest::newRow("nothing") << "null"
                             << "nobody" << none << "nobody" << none;
}

void TestNormaliser::tellsWhoActed()
{
    QFETCH(QString, identity);
    QFETCH(QString, actor);
    QFETCH(QString, name);
    QFETCH(QString, via);
    QFETCH(QString, session);
    const Event event =
        eventOf(record("'eventSource':'sts.amazonaws.com','eventName':'GetCallerIdentity'", identity.toStdString()));
    QCOMPARE(shown(event.actor), actor);
    QCOMPARE(QString::fromStdString(event.actor ? event.actor->name : ""), name);
    QCOMPARE(shown(event.via), via);
    QCOMPARE(shown(event.targets).join('|'), session);
}

void TestNormaliser::readsTimes_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("moment");
    const QString none;
    const QString epoch = "1970-01-01T00:00:00.000000Z";
    QTest::newRow("absent") << "'x':1" << none << epoch;
    QTest::newRow("null") << "'eventTime':null" << none << epoch;
    QTest::newRow("no date") << "'eventTime':'yesterday'" << none << epoch;
    QTest::newRow("no such day") << "'eventTime':'2026-02-30T00:00:00Z'" << none << epoch;
    QTest::newRow("unreadable, but there is another") << "'eventTime':'?','@timestamp':'2020-09-14T00:44:23Z'"
                                                      << "2020-09-14T00:44:23Z"
                                                      << "2020-09-14T00:44:23.000000Z";
    QTest::newRow("a number") << "'eventTime':1700000000"
                              << "1700000000"
                              << "2023-11-14T22:13:20.000000Z";
    QTest::newRow("usual") << "'eventTime':'2026-02-03T00:00:00Z'"
                           << "2026-02-03T00:00:00Z"
                           << "2026-02-03T00:00:00.000000Z";
    QTest::newRow("with a space") << "'eventTime':'2021-01-08 21:28:34.875'"
                                  << "2021-01-08 21:28:34.875"
                                  << "2021-01-08T21:28:34.875000Z";
}

void TestNormaliser::readsTimes()
{
    QFETCH(QString, time);
    QFETCH(QString, text);
    QFETCH(QString, moment);
    const Event event = eventOf(json(
        "{'eventSource':'s3.amazonaws.com','eventName':'GetObject','eventVersion':'1.08'," + time.toStdString() + "}"));
    QCOMPARE(QString::fromStdString(event.timeText), text);
    QCOMPARE(QString::fromStdString(event.time.toString()), moment);
}

void TestNormaliser::keepsARecordThatSaysLittle()
{
    const Event event =
        eventOf(json("{'eventTime':'2026-02-03T00:00:00Z','awsRegion':'r','eventVersion':'1','eventID':'e'}"));
    QVERIFY(!event.actor && !event.via && event.targets.empty());
    QVERIFY(event.action.empty());
    QVERIFY(event.tenant.empty());
}

void TestNormaliser::passesOverOtherLogs()
{
    const auto event =
        m_records.event(json("{'happening':'user.session.start','when':'2026-02-03T00:00:00Z','actor':{'id':'x'}}"));
    QVERIFY(!event);
    QVERIFY(event.error().code == ErrorCode::NotFound);
}

void TestNormaliser::aRefusedChangeIsNoChange()
{
    const Event event =
        eventOf(record("'eventSource':'iam.amazonaws.com','eventName':'CreateUser','errorCode':'AccessDenied',"
                       "'requestParameters':{'userName':'ops'}"));
    QVERIFY(!event.isIdentityChange);
    QCOMPARE(shown(event.targets), QStringList{"created account/=arn:aws:iam::111122223333:user/ops"});
}

void TestNormaliser::onlyAddressesAreAddresses_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("address");
    QTest::newRow("IPv4") << "203.0.113.7"
                          << "203.0.113.7";
    QTest::newRow("IPv4 with leading zeros, kept as text") << "08.1.250.216"
                                                           << "08.1.250.216";
    QTest::newRow("IPv6") << "2001:db8::7"
                          << "2001:db8::7";
    QTest::newRow("service") << "ec2.amazonaws.com"
                             << "";
    QTest::newRow("words") << "AWS Internal"
                           << "";
}

void TestNormaliser::onlyAddressesAreAddresses()
{
    QFETCH(QString, given);
    QFETCH(QString, address);
    const Event event = eventOf(
        record("'eventSource':'s3.amazonaws.com','eventName':'X','sourceIPAddress':'" + given.toStdString() + "'"));
    QCOMPARE(QString::fromStdString(event.address), address);
}

void TestNormaliser::boundsWhatARecordCanMakeOfIt()
{
    std::string names;
    for (int i = 0; i < 1000; ++i)
        names += (i == 0 ? "'n" : ",'n") + std::to_string(i) + "'";
    const std::string longText(100001, 'x');
    const Event event = eventOf(record("'eventSource':'ssm.amazonaws.com','eventName':'GetParameters','userAgent':'" +
                                       longText + "','requestParameters':{'names':[" + names + "]}"));
    QCOMPARE(event.targets.size(), std::size_t{256});
    QCOMPARE(event.userAgent.size(), std::size_t{2048});
    const Event cut = eventOf(record("'eventSource':'ssm.amazonaws.com','eventName':'X','userAgent':'" +
                                     std::string(2047, 'x') + "\xc3\xa4'"));
    QCOMPARE(cut.userAgent.size(), std::size_t{2047});
}

QTEST_GUILESS_MAIN(TestNormaliser)
#include "tst_normaliser.moc"
