#include "core/connectors/aws/dependents.h"

#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;

/// Who depends on a thing of AWS, as far as the services themselves show it, in an account that the tests play.
class TestSeenDependents : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsAccount> m_account;

    static constexpr const char* profile = "arn:aws:iam::123456789012:instance-profile/app";
    static constexpr const char* function = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
    static constexpr const char* secretArn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf";
    const EntityRef m_role{EntityKind::Role, "arn:aws:iam::123456789012:role/app", {}, {}};
    const EntityRef m_key{EntityKind::Credential, "AKIAVICTIM0000000001", {}, {}};
    const EntityRef m_secret{EntityKind::Secret, secretArn, {}, {}};

    test::AwsFake& fake() { return m_account->fake; }
    /// Ids of the dependents, or "unknown".
    std::string dependents(const EntityRef& target)
    {
        const auto facts = m_account->user.provider().inspect(target, m_account->user.reading());
        if (!facts || !facts->dependents)
            return facts ? "unknown" : facts.error().detail;
        std::string text;
        for (const EntityRef& one : *facts->dependents)
            text += (text.empty() ? "" : " ") + one.id;
        return facts->state.contains("dependents_listed") ? text : "told as all";
    }
    static std::string hoursAgo(int hours)
    {
        return (test::ProviderUser::now() - std::chrono::hours(hours)).toString().substr(0, 19) + "Z";
    }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        fake().roles["app"].lastUsed = "2026-11-01T00:00:00Z";
        fake().users["bot"] = {};
        fake().keys[m_key.id] = {"bot", "Active", "2026-11-20T10:00:00Z"};
        fake().secrets.secrets[secretArn].versions = {{"22222222-2222-2222-2222-222222222222", {"AWSCURRENT"}}};
        fake().secrets.secrets[secretArn].lastRead = 1.75e9;
        VERIFY_WELL(m_account->user.open());
    }

    void instancesAndFunctionsThatRunAsARoleAreFoundOverAllPages()
    {
        QCOMPARE(dependents(m_role), std::string("unknown")); // it was used, and nobody is seen: not none
        fake().roles["app"].profiles = {profile, "arn:aws:iam::123456789012:instance-profile/other"};
        for (const char* id : {"i-0one", "i-0two", "i-0gone", "i-0stranger"}) {
            fake().compute.instances[id].profile = id == std::string("i-0stranger") ? "arn:aws:iam::123456789012:instance-profile/strangers" : profile;
            fake().compute.instances[id].state = id == std::string("i-0gone") ? "terminated" : "running";
        }
        fake().functions = {{"arn:aws:lambda:eu-central-1:123456789012:function:another", "arn:aws:iam::123456789012:role/app-2"}, {function, m_role.id}};
        QCOMPARE(dependents(m_role), std::string(function) + " i-0one i-0two");
    }

    void whereItMayNotBeAskedNobodyIsKnown()
    {
        fake().functions = {{function, m_role.id}};
        fake().forbidden = {"ListFunctions"};
        QCOMPARE(dependents(m_role), std::string("unknown"));
        fake().forbidden = {};
        fake().failing = {"ListFunctions"};
        QVERIFY(dependents(m_role).find("ServiceFailure") != std::string::npos); // a failure is told
    }

    void whatWasNeverUsedHasNobody()
    {
        fake().roles["app"].lastUsed.clear();
        QCOMPARE(dependents(m_role), std::string());
        QCOMPARE(dependents(m_key), std::string("unknown"));
        fake().keys[m_key.id].lastUsed = "N/A";
        QCOMPARE(dependents(m_key), std::string());
        fake().keys[m_key.id].created = hoursAgo(3); // AWS tells a use hours later
        QCOMPARE(dependents(m_key), std::string("unknown"));
    }

    void aSecretsRotationDependsOnIt()
    {
        QCOMPARE(dependents(m_secret), std::string("unknown"));
        fake().secrets.secrets[secretArn].function = function;
        QCOMPARE(dependents(m_secret), std::string("unknown")); // it does not rotate
        fake().secrets.secrets[secretArn].rotates = true;
        QCOMPARE(dependents(m_secret), std::string(function));
        fake().secrets.secrets[secretArn] = {};
        fake().secrets.secrets[secretArn].versions = {{"22222222-2222-2222-2222-222222222222", {"AWSCURRENT"}}};
        QCOMPARE(dependents(m_secret), std::string()); // nobody ever read it
        const auto facts = m_account->user.provider().inspect(m_secret, m_account->user.reading());
        QVERIFY(facts->createdAt && !facts->lastUsedAt);
    }
};

QTEST_GUILESS_MAIN(TestSeenDependents)
#include "tst_seen_dependents.moc"
