#include "core/connectors/vault/vault_provider.h"

#include "tests/support/provider_trial.h"
#include "tests/support/vault_fake.h"

using namespace cordon;

class TestVaultProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::VaultFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    const EntityRef m_entity{EntityKind::Account, "vault/entity/e1", {}, {}};
    const EntityRef m_token{EntityKind::Credential, "vault/accessor/acc1", {}, {}};
    const EntityRef m_lease{EntityKind::Credential, "vault/lease/database/creds/app/l1", {}, {}};
    const EntityRef m_leases{EntityKind::Credential, "vault/leases/database/creds/app/", {}, {}};
    const EntityRef m_secret{EntityKind::Secret, "vault/kv/shop/stripe", {}, {}};
    const EntityRef m_account{EntityKind::Credential, "vault/database/app", {}, {}};
    const EntityRef m_root{EntityKind::Credential, "vault/database/config/main", {}, {}};

    Action action(const std::string& verb, const EntityRef& on, const char* version = nullptr)
    {
        return m_trial->action(verb, on, version ? Value(Value::Object{{"version", version}}) : Value(Value::Object{}));
    }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::VaultFake>();
        m_fake->entities = {{"e1", false}};
        m_fake->accessors = {"acc1", "acc2"};
        m_fake->leases = {"database/creds/app/l1", "database/creds/app/l2", "database/creds/other/l3"};
        m_fake->secrets["shop/stripe"] = {{9, {}}, {10, {}}, {8, {{}, true}}};
        m_fake->staticRoles["app"] = "2024-01-02T03:04:05Z";
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::vault::makeVaultProvider, "vault", m_fake->cluster, "{\"role_id\":\"r\",\"secret_id\":\"approle-secret\"}");
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}}));
    }

    void anEntityIsDisabledAndEnabled() { VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_entity))); }
    void aVersionIsTakenOutOfUseAndPutBack()
    {
        QCOMPARE(m_trial->state(m_secret, "versions"), std::string("[{\"id\":\"9\",\"stage\":\"\"},{\"id\":\"10\",\"stage\":\"AWSCURRENT\"}]"));
        VERIFY_WELL(m_trial->containsAndGoesBack(action("secret.retire_version", m_secret, "9"), true));
    }

    void aVersionIsDestroyed() { VERIFY_WELL(m_trial->endsForGood(action("secret.delete_version", m_secret, "9"))); }
    void aTokenIsRevokedByItsAccessor()
    {
        VERIFY_WELL(m_trial->endsForGood(action("token.destroy", m_token)));
        QVERIFY(m_fake->accessors == std::set<std::string>{"acc2"});
    }
    void aLeaseIsRevoked() { VERIFY_WELL(m_trial->endsForGood(action("token.destroy", m_lease))); }
    void allLeasesBelowAPathAreRevokedAndNoOther()
    {
        const auto preview = m_trial->provider().preview(action("token.destroy", m_leases), m_trial->reading());
        QVERIFY(preview && preview->stillOpen.front().find("2 entries") != std::string::npos);
        VERIFY_WELL(m_trial->endsForGood(action("token.destroy", m_leases)));
        QVERIFY(m_fake->leases == std::set<std::string>{"database/creds/other/l3"});
    }
    void aDatabasePasswordIsChangedAndItShows() { VERIFY_WELL(m_trial->endsForGood(action("credential.replace", m_account))); }
    void whetherARootPasswordWasChangedIsNotKnown()
    {
        QVERIFY(m_trial->provider().execute(action("credential.replace", m_root), m_trial->changing()));
        QVERIFY(m_trial->provider().verify(action("credential.replace", m_root), m_trial->reading())->state == OutcomeState::Unknown);
    }

    void whatIsNotThereIsAFact()
    {
        for (const EntityRef& gone : {EntityRef{EntityKind::Account, "vault/entity/e9", {}, {}}, EntityRef{EntityKind::Credential, "vault/accessor/none", {}, {}},
                                      EntityRef{EntityKind::Credential, "vault/lease/none", {}, {}}, EntityRef{EntityKind::Credential, "vault/leases/none/", {}, {}},
                                      EntityRef{EntityKind::Secret, "vault/kv/none", {}, {}}, EntityRef{EntityKind::Credential, "vault/database/none", {}, {}}})
            QCOMPARE(m_trial->state(gone), std::string("not there"));
        QVERIFY(m_trial->provider().preview(action("secret.retire_version", m_secret, "8"), m_trial->reading()).error().code == ErrorCode::NotFound);
        QVERIFY(m_trial->provider().preview(action("account.suspend", m_token), m_trial->reading()).error().code == ErrorCode::Unsupported);
        QVERIFY(m_fake->done.empty());
    }

    void aTokenMadeForACallIsGivenBackAfterIt()
    {
        QVERIFY(m_trial->provider().check(m_trial->reading()));
        QVERIFY(m_trial->provider().execute(action("account.suspend", m_entity), m_trial->changing()));
        QCOMPARE(m_fake->logins, 2);
        QCOMPARE(m_fake->given, 2);
        m_trial->use("{\"token\":\"" + m_fake->token + "\"}");
        QVERIFY(m_trial->provider().check(m_trial->reading()));
        QCOMPARE(m_fake->given, 2); // somebody's own token is not ended
    }

    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(action("account.suspend", m_entity), "updateEntity")); }
    void aRevocationWhoseAnswerIsLostIsUnknown() { VERIFY_WELL(m_trial->standsFaults(action("token.destroy", m_lease), "revokeLease")); }

    void driftIsToldAndNotOverwritten()
    {
        const Action retire = action("secret.retire_version", m_secret, "9");
        const auto done = m_trial->provider().execute(retire, m_trial->changing());
        QVERIFY(done);
        m_fake->secrets["shop/stripe"][11] = {}; // somebody added one
        QVERIFY(m_trial->provider().undo(retire, done->undoRecord, false, m_trial->changing()).error().code == ErrorCode::Denied);
    }

    void aVersionIsAddedFromTheVaultAndTakenAwayAgain()
    {
        const Action add = action("secret.add_version", m_secret);
        QVERIFY(m_trial->provider().execute(add, m_trial->changing()).error().code == ErrorCode::Denied); // no value is kept
        QVERIFY(m_fake->done.empty());
        m_trial->use("{\"role_id\":\"r\",\"secret_id\":\"approle-secret\",\"new_values\":{\"vault/kv/shop/stripe\":\"{\\\"key\\\":\\\"next value\\\"}\"}}");
        const auto preview = m_trial->provider().preview(add, m_trial->reading());
        QVERIFY(preview && preview->request.find("next value") == std::string::npos && preview->request.find("version 11") != std::string::npos);
        const auto done = m_trial->provider().execute(add, m_trial->changing());
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        QVERIFY(json::write(done->undoRecord).find("next value") == std::string::npos);
        QCOMPARE(m_fake->secrets["shop/stripe"][11].data["key"].asString(), std::string("next value"));
        QVERIFY(m_trial->provider().verify(add, m_trial->reading())->state == OutcomeState::Verified);
        QVERIFY(m_trial->provider().undo(add, done->undoRecord, false, m_trial->changing()));
        QVERIFY(!m_fake->secrets["shop/stripe"][11].deleted.empty() && m_fake->secrets["shop/stripe"][10].deleted.empty());
        QVERIFY(m_trial->provider().verify(add, m_trial->reading())->state == OutcomeState::Failed);
    }
    void aVersionThatSomebodyAddedMeanwhileIsNotWrittenOver()
    {
        m_trial->use("{\"role_id\":\"r\",\"secret_id\":\"approle-secret\",\"new_values\":{\"vault/kv/shop/stripe\":\"plain text\"}}");
        m_fake->silent = {"addVersion"};
        QVERIFY(m_trial->provider().execute(action("secret.add_version", m_secret), m_trial->changing()).error().code == ErrorCode::Io);
        QCOMPARE(m_fake->secrets["shop/stripe"].size(), std::size_t(4)); // once, and not again
        QCOMPARE(m_fake->secrets["shop/stripe"][11].data["value"].asString(), std::string("plain text"));
    }

    void anotherClusterIsNeverChanged()
    {
        m_fake->cluster = "another";
        QVERIFY(m_trial->provider().execute(action("account.suspend", m_entity), m_trial->changing()).error().code == ErrorCode::Denied);
        m_trial->use("{\"token\":\"wrong-secret\"}");
        const auto refused = m_trial->provider().check(m_trial->reading());
        QVERIFY(!refused && refused.error().detail.find("permission denied") != std::string::npos && refused.error().detail.find("wrong-secret") == std::string::npos);
        m_trial->use("{\"role_id\":\"r\"}");
        QVERIFY(m_trial->provider().check(m_trial->reading()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done.empty());
    }
};

QTEST_GUILESS_MAIN(TestVaultProvider)
#include "tst_vault_provider.moc"
