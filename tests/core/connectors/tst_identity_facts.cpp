#include "core/connectors/aws/identity_facts.h"

#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;
using namespace cordon::connectors::aws;

/// Names within ARNs, documents as IAM writes them, and what is told of things that IAM cannot look up.
class TestIdentityFacts : public QObject
{
    Q_OBJECT

private slots:
    void namesStandBehindTheirPath()
    {
        QCOMPARE(nameInArn("arn:aws:iam::123456789012:user/ada", "user"), std::string("ada"));
        QCOMPARE(nameInArn("arn:aws:iam::123456789012:role/team/ci/build", "role"), std::string("build"));
        for (const char* none : {"ada", "arn:aws:iam::123456789012:user/ada", "user/ada", "", "arn:aws:sts::1:assumed-role/a/b"})
            QCOMPARE(nameInArn(none, "group"), std::string());
    }
    void anInlinePolicyIsNamedByItsOwner()
    {
        QCOMPARE(inlineName("arn:u", "arn:u/policy/own"), std::string("own"));
        QCOMPARE(inlineName("arn:u", "arn:aws:iam::aws:policy/Admin"), std::string());
        QCOMPARE(inlineName("arn:u", "arn:u2/policy/own"), std::string());
    }
    void whatIsNoEncodingStaysAsItIs()
    {
        QCOMPARE(percentDecoded("%7B%22a%22%3A1%7d"), std::string("{\"a\":1}"));
        for (const char* plain : {"100%", "%", "%4", "%zz", "a+b"})
            QCOMPARE(percentDecoded(plain), std::string(plain));
    }
    void whatIamCannotLookUpIsRefusedAndNotCalledGone_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("id");
        QTest::newRow("a session's key") << int(EntityKind::Credential) << "ASIAEXAMPLE";
        QTest::newRow("an account that is no user") << int(EntityKind::Account) << "arn:aws:sts::123456789012:assumed-role/a/b";
        QTest::newRow("a role by its name alone") << int(EntityKind::Role) << "app";
        QTest::newRow("a password of nobody") << int(EntityKind::Credential) << "ada/password";
        QTest::newRow("an address") << int(EntityKind::Address) << "192.0.2.1";
    }
    void whatIamCannotLookUpIsRefusedAndNotCalledGone()
    {
        QFETCH(int, kind);
        QFETCH(QString, id);
        test::AwsAccount account;
        VERIFY_WELL(account.user.open());
        const auto facts = account.user.provider().inspect({static_cast<EntityKind>(kind), id.toStdString(), {}, {}}, account.user.reading());
        QVERIFY(!facts && facts.error().code == ErrorCode::Unsupported);
    }
};

QTEST_GUILESS_MAIN(TestIdentityFacts)
#include "tst_identity_facts.moc"
