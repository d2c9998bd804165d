#include "core/connectors/aws/identity_deeds.h"

#include "core/connectors/aws/trust_policy.h"
#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;
using connectors::aws::narrowedTrust;

/// Trust of roles and second factors, in an account that the tests play; the other deeds of IAM are in tst_aws_provider.
class TestIdentityDeeds : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsAccount> m_account;
    const EntityRef m_role{EntityKind::Role, "arn:aws:iam::123456789012:role/app", {}, {}};
    static constexpr const char* device = "arn:aws:iam::123456789012:mfa/intruder";
    const EntityRef m_device{EntityKind::Credential, device, {}, {}};

    test::ProviderUser& user() { return m_account->user; }
    static std::string trust(const std::string& principal, const std::string& effect = "Allow")
    {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Principal\":" + principal + ",\"Action\":\"sts:AssumeRole\"}]}";
    }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        m_account->fake.roles["app"].trust = trust("{\"AWS\":[\"arn:aws:iam::123456789012:root\",\"arn:aws:iam::666666666666:root\"],\"Service\":\"ec2.amazonaws.com\"}");
        m_account->fake.users["ada"];
        m_account->fake.devices[device] = {"ada"};
        VERIFY_WELL(user().open());
    }

    void strangersLoseTheRoleAndGetItBack()
    {
        const std::string before = m_account->fake.roles["app"].trust;
        const auto isCut = [this] { return m_account->fake.roles["app"].trust.find("666666666666") == std::string::npos; };
        VERIFY_WELL(user().cutsAndGoesBack(user().action("trust.restore", m_role), isCut));
        QCOMPARE(m_account->fake.roles["app"].trust, before); // byte for byte
        VERIFY_WELL(user().refusalOf(user().action("trust.restore", m_role, Value::Object{{"version", "v1"}}), ErrorCode::Unsupported));
    }

    void trustIsNarrowed_data()
    {
        QTest::addColumn<QString>("principal");
        QTest::addColumn<QString>("left"); ///< what must be in the result
        QTest::addColumn<bool>("isSame");
        QTest::newRow("everybody") << "\"*\"" << "\"Deny\"" << false;
        QTest::newRow("everybody of AWS") << "{\"AWS\":\"*\"}" << "\"Deny\"" << false;
        QTest::newRow("another account by number") << "{\"AWS\":\"666666666666\"}" << "\"Deny\"" << false;
        QTest::newRow("another account whose name holds ours") << "{\"AWS\":\"arn:aws:iam::666666666666:user/123456789012:\"}" << "\"Deny\"" << false;
        QTest::newRow("own account") << "{\"AWS\":\"123456789012\"}" << "\"Allow\"" << true;
        QTest::newRow("own role and a stranger") << "{\"AWS\":[\"arn:aws:iam::123456789012:role/a\",\"arn:aws:iam::6:role/b\"]}" << "role/a" << false;
        QTest::newRow("a service") << "{\"Service\":\"lambda.amazonaws.com\"}" << "lambda" << true;
        QTest::newRow("what is left of a deleted user") << "{\"AWS\":\"AIDAEXAMPLE\"}" << "AIDAEXAMPLE" << true;
        QTest::newRow("a service and everybody") << "{\"AWS\":\"*\",\"Service\":\"lambda.amazonaws.com\"}" << "lambda" << false;
    }
    void trustIsNarrowed()
    {
        QFETCH(QString, principal);
        QFETCH(QString, left);
        QFETCH(bool, isSame);
        const std::string document = trust(principal.toStdString());
        const auto narrow = narrowedTrust(document, "123456789012");
        QVERIFY(narrow);
        QCOMPARE(*narrow == document, isSame);
        QVERIFY2(narrow->find(left.toStdString()) != std::string::npos, narrow->c_str());
        QVERIFY(narrow->find("\"Allow\"") == std::string::npos || narrow->find("\"*\"") == std::string::npos);
        QCOMPARE(narrowedTrust(*narrow, "123456789012").value(), *narrow); // once is enough
    }
    void denialsAndConditionsStay()
    {
        const std::string deny = trust("\"*\"", "Deny");
        QCOMPARE(narrowedTrust(deny, "123456789012").value(), deny);
        QVERIFY(narrowedTrust("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"NotPrincipal\":{\"AWS\":\"123456789012\"}}}", "123456789012")->find("Allow") == std::string::npos);
        QVERIFY(!narrowedTrust("no policy", "123456789012"));
    }

    void aSecondFactorIsTakenAwayForGood()
    {
        QCOMPARE(user().state(m_device), std::string("active"));
        for (const char* verb : {"credential.deactivate", "credential.activate"})
            VERIFY_WELL(user().refusalOf(user().action(verb, m_device), ErrorCode::Unsupported));
        VERIFY_WELL(user().ends(user().action("credential.delete", m_device)));
        QCOMPARE(user().state(m_device), std::string("not there"));
        QVERIFY(m_account->fake.done == std::vector<std::string>{"DeactivateMFADevice"});
    }

    void aSecondFactorIsInspectedWithItsOwner()
    {
        const auto facts = user().provider().inspect(m_device, user().reading());
        QVERIFY2(facts, facts ? "" : facts.error().detail.c_str());
        QCOMPARE(facts->owner.value(), std::string("arn:aws:iam::123456789012:user/ada"));
        QCOMPARE(facts->target.type, std::string("mfa"));
    }
};

QTEST_GUILESS_MAIN(TestIdentityDeeds)
#include "tst_identity_deeds.moc"
