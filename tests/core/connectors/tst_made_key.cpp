#include "core/connectors/aws/made_key.h"

#include "core/connectors/aws/rights.h"
#include "tests/support/aws_account.h"

#include <QTest>

using namespace cordon;

/// A new access key beside the old one, in an account that the tests play. Source: docs/formats/connectors.md, "aws"
class TestMadeKey : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* old = "AKIAVICTIM0000000001";
    static constexpr const char* place = "vault/kv/shop/app";
    const EntityRef m_key{EntityKind::Credential, old, "access_key", old};
    std::unique_ptr<test::AwsAccount> m_account;

    test::ProviderUser& user() { return m_account->user; }
    test::AwsFake& fake() { return m_account->fake; }
    Action replace() { return user().action("credential.replace", m_key, Value::Object{{"secret", place}}); }
    void keepInTheVault(const std::string& value) { user().use(m_account->credential(Value::Object{{place, value}})); }
    OutcomeState stateOf(const Action& deed) { return user().provider().verify(deed, user().reading())->state; }

private slots:
    void init()
    {
        m_account = std::make_unique<test::AwsAccount>();
        fake().users["build-bot"];
        fake().keys[old] = {"build-bot"};
        VERIFY_WELL(user().open());
    }

    // NHI2
    void itsSecretGoesToTheVaultAloneAndTheKeyCanBeTakenBack()
    {
        const auto preview = user().provider().preview(replace(), user().reading());
        QVERIFY2(preview, preview ? "" : preview.error().detail.c_str());
        QVERIFY(preview->request.find("as vault/kv/shop/app") != std::string::npos && !preview->undo.empty() && preview->before != preview->after);
        const auto done = user().execute(replace());
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        auto made = user().provider().takeMade();
        QVERIFY(made && made->id == place && !user().provider().takeMade());
        const auto& [id, secret] = *fake().secretsOfKeys.begin();
        const Value value = json::parse(made->value.text()).value();
        QCOMPARE(value["AccessKeyId"].asString(), id);
        QCOMPARE(value["SecretAccessKey"].asString(), secret);
        QVERIFY((done->detail + json::write(done->undoRecord)).find("madeByAws") == std::string::npos);

        QVERIFY(stateOf(replace()) == OutcomeState::Failed); // the vault has no value
        VERIFY_WELL(user().refusalOf(replace(), ErrorCode::Denied)); // and it is not made twice
        keepInTheVault(std::string(made->value.text()));
        QVERIFY(stateOf(replace()) == OutcomeState::Verified);
        QVERIFY(user().execute(replace())->undoRecord.isNull()); // is so already
        QCOMPARE(fake().keys.size(), std::size_t(2));
        QCOMPARE(user().state(m_key), std::string("active")); // of the old one nothing changed

        fake().keys[id].lastUsed = "2026-01-02T03:04:05Z";
        const auto inUse = user().undo(replace(), done->undoRecord);
        QVERIFY(!inUse && inUse.error().code == ErrorCode::Denied && fake().keys.contains(id));
        fake().keys[id].lastUsed = "N/A";
        QVERIFY(user().undo(replace(), done->undoRecord));
        QVERIFY(!fake().keys.contains(id) && fake().keys.contains(old));
        QVERIFY(stateOf(replace()) == OutcomeState::Failed);
        QVERIFY(user().undo(replace(), done->undoRecord).error().code == ErrorCode::Conflict); // taken back once
        QVERIFY((fake().done == std::vector<std::string>{"CreateAccessKey", "DeleteAccessKey"}));
    }

    void whereTheUserHasTwoKeysOneGoesFirst()
    {
        fake().keys["AKIAINTRUDER00000001"] = {"build-bot", "Inactive"};
        const auto refused = user().execute(replace());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied);
        QVERIFY(refused.error().detail.find("AKIAINTRUDER00000001") != std::string::npos);
        fake().keys.erase("AKIAINTRUDER00000001");
        fake().keys["AKIAOFSOMEBODYELSE01"] = {"ada"};
        QVERIFY(user().execute(replace()));
    }

    /// The answer was lost: the key is there, and nobody has its secret.
    void aKeyWhoseSecretWasLostIsSwitchedOffAndNotDeleted()
    {
        const auto wayBack = user().provider().preview(replace(), user().reading())->undoRecord;
        fake().silent.insert("CreateAccessKey");
        const auto done = user().execute(replace());
        QVERIFY(!done && done.error().code == ErrorCode::Io);
        QCOMPARE(fake().done, std::vector<std::string>{"CreateAccessKey"}); // asked once
        fake().silent.clear();
        QVERIFY(stateOf(replace()) == OutcomeState::Failed);
        const auto back = user().undo(replace(), wayBack);
        QVERIFY2(back, back ? "" : back.error().detail.c_str());
        QCOMPARE(fake().keys.size(), std::size_t(2));
        QCOMPARE(fake().keys.at(fake().secretsOfKeys.begin()->first).status, std::string("Inactive"));
        QCOMPARE(fake().keys.at(old).status, std::string("Active"));
    }

    void aKeyThatSomebodyElseMadeIsNotTouched()
    {
        const auto done = user().execute(replace());
        QVERIFY(done);
        const auto made = user().provider().takeMade();
        keepInTheVault(std::string(made->value.text()));
        const std::string id = fake().secretsOfKeys.begin()->first;
        fake().keys.erase(id); // deleted by hand, and another made in its place
        fake().keys["AKIABYHAND0000000001"] = {"build-bot"};
        fake().keys["AKIABYHAND0000000001"].created = fake().keys.at(old).created;
        QVERIFY(user().undo(replace(), done->undoRecord)); // there is nothing of it to be taken back
        QCOMPARE(fake().keys.at("AKIABYHAND0000000001").status, std::string("Active"));
        user().use(m_account->credential()); // nor does its age fit where the vault knows nothing
        QVERIFY(user().undo(replace(), done->undoRecord));
        QCOMPARE(fake().keys.at("AKIABYHAND0000000001").status, std::string("Active"));
        QVERIFY((fake().done == std::vector<std::string>{"CreateAccessKey"}));
    }

    void passwordsAndSecondFactorsAreNotReplaced()
    {
        fake().users["build-bot"].hasLogin = true;
        const EntityRef password{EntityKind::Credential, "arn:aws:iam::123456789012:user/build-bot/password", {}, {}};
        VERIFY_WELL(user().refusalOf(user().action("credential.replace", password), ErrorCode::Unsupported));
    }

    /// Other verbs' calls are made with a session that can make no key.
    void theLeastRightsAreNamed()
    {
        const std::string policy = json::write(user().provider().privileges());
        for (const char* action : {"iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:UpdateAccessKey", "iam:GetAccessKeyLastUsed"})
            QVERIFY2(policy.find(action) != std::string::npos, action);
        for (const char* verb : {"", "credential.deactivate", "credential.delete", "account.suspend"}) {
            for (const std::string& action : connectors::aws::neededActions(verb, false))
                QVERIFY2(action != "iam:CreateAccessKey", verb);
        }
    }
};

QTEST_GUILESS_MAIN(TestMadeKey)
#include "tst_made_key.moc"
