#include "core/connectors/aws/secrets.h"

#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;

/// Secrets of Secrets Manager, in an account that the tests play.
class TestSecrets : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::AwsAccount> m_account;

    static constexpr const char* arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/db-AbCdEf";
    static constexpr const char* newValue = "a new value of the secret";
    const EntityRef m_secret{EntityKind::Secret, arn, {}, {}};
    const std::string m_old = "11111111-1111-1111-1111-111111111111";
    const std::string m_current = "22222222-2222-2222-2222-222222222222";

    test::ProviderUser& user() { return m_account->user; }
    test::AwsSecretsFake::Secret& secret() { return m_account->fake.secrets.secrets.at(arn); }
    std::string stage(const std::string& version)
    {
        const auto facts = user().provider().inspect(m_secret, user().reading());
        for (const Value& one : facts->state.at("versions").asArray()) {
            if (one["id"].asString() == version)
                return one["stage"].asString();
        }
        return "none";
    }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        auto& made = m_account->fake.secrets.secrets[arn];
        made.versions = {{"00000000-0000-0000-0000-000000000000", {}}, {m_old, {"AWSPREVIOUS"}}, {m_current, {"AWSCURRENT"}}};
        made.tags = {{"criticality", "high"}};
        user().use(m_account->credential(Value::Object{{arn, newValue}}));
        VERIFY_WELL(user().open());
    }

    void aSecretIsInspectedAndItsValueNeverAskedFor()
    {
        const auto facts = user().provider().inspect(m_secret, user().reading());
        QVERIFY2(facts, facts ? "" : facts.error().detail.c_str());
        QVERIFY(facts->exists && facts->criticality == Criticality::High);
        QCOMPARE(facts->state.at("versions").asArray().size(), std::size_t(3)); // over both pages, the retired one, too
        QCOMPARE(stage(m_current), std::string("AWSCURRENT"));
        QCOMPARE(stage(m_old), std::string("AWSPREVIOUS"));
        for (const auto& request : m_account->requests())
            QVERIFY(request.header("x-amz-target").find("GetSecretValue") == std::string::npos);
        const EntityRef nobody{EntityKind::Secret, std::string(arn) + "x", {}, {}};
        QCOMPARE(user().state(nobody), std::string("not there"));
    }

    void aValueFromTheVaultBecomesTheCurrentOneAndIsShownNowhere()
    {
        const Action add = user().action("secret.add_version", m_secret);
        const auto preview = user().provider().preview(add, user().reading());
        QVERIFY2(preview, preview ? "" : preview.error().detail.c_str());
        QVERIFY(preview->request.find(newValue) == std::string::npos);
        m_account->fake.lag = 3;
        const auto done = user().execute(add);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QVERIFY(json::write(done->undoRecord).find(newValue) == std::string::npos && done->detail.find(newValue) == std::string::npos);
        QVERIFY(user().provider().verify(add, user().reading())->state == OutcomeState::Verified);
        m_account->fake.lag = 0;
        QCOMPARE(stage(m_current), std::string("AWSPREVIOUS"));
        QCOMPARE(stage(m_old), std::string("RETIRED"));
        QCOMPARE(secret().values.size(), std::size_t(1));
        QCOMPARE(secret().values.begin()->second, std::string(newValue));
        QVERIFY(user().execute(add)); // asked again it is the same version
        QCOMPARE(secret().versions.size(), std::size_t(4));

        const auto refused = user().undo(add, done->undoRecord); // it would make good again what leaked
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QCOMPARE(stage(m_current), std::string("AWSPREVIOUS"));
        const auto back = user().undo(add, done->undoRecord, true); // a person says so
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QCOMPARE(stage(m_current), std::string("AWSCURRENT"));
    }

    void aSecretThatRotatesMakesItsOwnValue()
    {
        secret().rotates = true;
        user().use(m_account->credential());
        const Action add = user().action("secret.add_version", m_secret);
        QVERIFY(user().execute(add));
        QVERIFY(m_account->fake.done == std::vector<std::string>{"RotateSecret"});
        QVERIFY(user().provider().verify(add, user().reading())->state == OutcomeState::Verified);
    }

    void aRotationThatDoesNotEndIsUnknown()
    {
        secret().rotates = true;
        m_account->fake.secrets.rotationHangs = true;
        const Action add = user().action("secret.add_version", m_secret);
        QVERIFY(user().execute(add));
        QVERIFY(user().provider().verify(add, user().reading())->state == OutcomeState::Unknown);
    }

    void withoutAValueNothingIsDone()
    {
        user().use(m_account->credential());
        VERIFY_WELL(user().refusalOf(user().action("secret.add_version", m_secret), ErrorCode::Denied));
        VERIFY_WELL(user().refusalOf(user().action("secret.add_version", m_secret, Value::Object{{"version", "short"}}), ErrorCode::Invalid));
        QVERIFY(m_account->fake.done.empty());
    }

    void anOldVersionIsRetiredAndTheCurrentOneIsNot()
    {
        const Action retire = user().action("secret.retire_version", m_secret, Value::Object{{"version", m_old}});
        const auto done = user().execute(retire);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QCOMPARE(stage(m_old), std::string("RETIRED"));
        QVERIFY(user().provider().verify(retire, user().reading())->state == OutcomeState::Verified);
        QVERIFY(user().undo(retire, done->undoRecord).error().code == ErrorCode::Denied);
        QVERIFY(user().undo(retire, done->undoRecord, true));
        QCOMPARE(stage(m_old), std::string("AWSPREVIOUS"));
        VERIFY_WELL(user().refusalOf(user().action("secret.retire_version", m_secret, Value::Object{{"version", m_current}}), ErrorCode::Denied));
        VERIFY_WELL(user().refusalOf(user().action("secret.retire_version", m_secret, Value::Object{{"version", "nobody"}}), ErrorCode::NotFound));
    }

    void aSecretGoesWithAWindowAndIsRestored()
    {
        VERIFY_WELL(user().cutsAndGoesBack(user().action("secret.delete_version", m_secret), [this] { return secret().isDeleted; }));
        VERIFY_WELL(user().refusalOf(user().action("secret.delete_version", m_secret, Value::Object{{"version", m_old}}), ErrorCode::Unsupported));
        QVERIFY(user().execute(user().action("secret.delete_version", m_secret)));
        VERIFY_WELL(user().refusalOf(user().action("secret.add_version", m_secret), ErrorCode::Denied)); // marked for deletion
    }

    void whatIsPartlyTakenBackSaysSo()
    {
        for (const act::Capability& one : user().provider().capabilities()) {
            if (one.verb == "secret.delete_version")
                QVERIFY(one.back == Back::Partly);
        }
    }

    void faultsAreTold()
    {
        const Action retire = user().action("secret.retire_version", m_secret, Value::Object{{"version", m_old}});
        m_account->fake.throttled = 2;
        QCOMPARE(stage(m_current), std::string("AWSCURRENT"));
        m_account->fake.failing = {"UpdateSecretVersionStage"};
        QVERIFY(user().execute(retire).error().code == ErrorCode::Io);
        m_account->fake.failing.clear();
        m_account->fake.silent = {"UpdateSecretVersionStage"};
        QVERIFY(user().execute(retire).error().code == ErrorCode::Io);
        m_account->fake.silent.clear();
        QVERIFY(m_account->fake.done == std::vector<std::string>{"UpdateSecretVersionStage"}); // once
        QVERIFY(user().provider().verify(retire, user().reading())->state == OutcomeState::Verified);
        m_account->fake.secret = "another";
        QVERIFY(user().provider().inspect(m_secret, user().reading()).error().detail.find("SignatureDoesNotMatch") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
