#include "core/connectors/new_values.h"

#include "core/act/connector_process.h"
#include "core/act/credential_vault.h"
#include "core/act/permit_check.h"
#include "tests/support/entra_fake.h"
#include "tests/support/http_peer.h"
#include "tests/support/permit_maker.h"
#include "tests/support/vault_fake.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cordon;

/// A value that one system makes, on its way to another: through two confined processes and the vault between them.
class TestMadeValues : public QObject
{
    Q_OBJECT

private:
    static constexpr const char* secretId = "bbbbbbbb-0000-0000-0000-000000000001";
    static constexpr const char* place = "vault/kv/shop/app";
    MachineClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<act::CredentialVault> m_vault;
    std::unique_ptr<test::EntraFake> m_entra;
    std::unique_ptr<test::VaultFake> m_hashicorp;
    std::unique_ptr<test::HttpPeer> m_entraPeer;
    std::unique_ptr<test::HttpPeer> m_hashicorpPeer;
    int m_serial = 0;

    std::unique_ptr<act::ConnectorProcess> connect(const std::string& kind, const std::string& tenant, Value options, act::CredentialSource& credentials)
    {
        auto made = act::ConnectorProcess::make(std::string(CORDON_BINARY_DIR) + "/bin/cordon_connector", {kind + "-test", kind, tenant, "prod", {}, std::move(options)}, credentials, m_clock);
        if (!made)
            qFatal("%s", made.error().detail.c_str());
        return std::move(*made);
    }
    std::unique_ptr<act::ConnectorProcess> entra(act::CredentialSource& credentials)
    {
        return connect("entra", m_entra->tenant, Value::Object{{"endpoint", m_entraPeer->url()}, {"login", m_entraPeer->url()}}, credentials);
    }
    static Action action(const act::Connector& connector, const std::string& verb, EntityKind kind, const char* target, Value params)
    {
        Action made;
        made.type = verb;
        made.connector = connector.name();
        made.tenant = connector.tenant();
        made.targets = {{kind, target, {}, {}}};
        made.params = std::move(params);
        return made;
    }
    Result<act::ExecuteReply> execute(act::Connector& connector, const Action& deed)
    {
        const Digest digest = act::actionDigest(deed.canonical().value());
        return connector.execute(govern::Gate::permit(digest, connector.name(), "serial" + std::to_string(++m_serial), m_clock.now() + std::chrono::minutes(1)), deed, {});
    }

private slots:
    void init()
    {
        const std::string home = (m_folder.path() + '/' + QString::number(++m_serial)).toStdString();
        const auto passphrase = crypto::SecretBytes::copyOf("correct horse battery");
        QVERIFY(act::CredentialVault::make(home, passphrase, {1U << 10U, 8, 1}));
        m_vault = std::move(act::CredentialVault::open(home, passphrase).value());
        m_entra = std::make_unique<test::EntraFake>();
        m_entra->applications["obj1"] = {secretId};
        m_hashicorp = std::make_unique<test::VaultFake>();
        m_hashicorp->secrets["shop/app"] = {{1, {}}};
        m_entraPeer = std::make_unique<test::HttpPeer>(m_entra->answer());
        m_hashicorpPeer = std::make_unique<test::HttpPeer>(m_hashicorp->answer());
        QVERIFY(m_vault->keep("entra-test", crypto::SecretBytes::copyOf("{\"client_id\":\"responder\",\"client_secret\":\"" + m_entra->secret + "\"}")));
        QVERIFY(m_vault->keep("vault-test", crypto::SecretBytes::copyOf("{\"role_id\":\"r\",\"secret_id\":\"approle-secret\"}")));
    }

    // NHI2, NHI3
    void fromWhoMakesItIntoTheVaultAndToItsConsumersPlace()
    {
        const auto maker = entra(*m_vault);
        const Action replace = action(*maker, "credential.replace", EntityKind::Credential, secretId, Value::Object{{"secret", place}});
        const auto done = execute(*maker, replace);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
        const std::string value = m_entra->secretValues.begin()->second;
        QVERIFY((done->detail + json::write(done->undoRecord)).find("made~by") == std::string::npos);
        QCOMPARE(std::string(m_vault->madeFor(place)->text()), value);
        QVERIFY(maker->verify(replace, {})->state == OutcomeState::Verified); // the vault has it

        const auto taker = connect("vault", m_hashicorp->cluster, Value::Object{{"endpoint", m_hashicorpPeer->url()}}, *m_vault);
        const Action add = action(*taker, "secret.add_version", EntityKind::Secret, place, Value::Object{});
        const auto added = execute(*taker, add);
        QVERIFY2(added, added ? "" : added.error().detail.c_str());
        QCOMPARE(m_hashicorp->secrets["shop/app"].rbegin()->second.data["value"].asString(), value);
        QVERIFY(taker->verify(add, {})->state == OutcomeState::Verified);

        // Another thing gets nothing of it.
        m_hashicorp->secrets["shop/other"] = {{1, {}}};
        QVERIFY(execute(*taker, action(*taker, "secret.add_version", EntityKind::Secret, "vault/kv/shop/other", Value::Object{})).error().code == ErrorCode::Denied);
        QVERIFY(m_vault->forgetMade(place) && m_vault->madeFor(place)->isEmpty());
    }

    void whatCannotBeKeptIsUnknownAndTakenBack()
    {
        class Forgetful final : public act::CredentialSource
        {
        public:
            explicit Forgetful(act::CredentialVault& vault)
                : m_vault(vault)
            {}
            Result<crypto::SecretBytes> credentialOf(const std::string& name) override { return m_vault.credentialOf(name); }

        private:
            act::CredentialVault& m_vault;
        };
        Forgetful forgetful(*m_vault);
        const auto maker = entra(forgetful);
        const Action replace = action(*maker, "credential.replace", EntityKind::Credential, secretId, Value::Object{});
        const auto wayBack = maker->preview(replace, {})->undoRecord; // as the ledger has it before anything moves
        const auto done = execute(*maker, replace);
        QVERIFY(!done && done.error().code == ErrorCode::Io);
        QVERIFY(maker->verify(replace, {})->state == OutcomeState::Failed);
        const Digest digest = act::actionDigest(replace.canonical().value());
        QVERIFY(maker->undo(govern::Gate::permit(digest, maker->name(), "serial-of-undo", m_clock.now() + std::chrono::minutes(1)), replace, wayBack, false, {}));
        QCOMPARE(m_entra->applications["obj1"], std::set<std::string>{secretId});
    }

    void aPersonsValueGoesBeforeOneThatWasMade()
    {
        const auto both = connectors::withMadeValues(crypto::SecretBytes::copyOf("{\"token\":\"t\",\"new_values\":{\"a\":\"mine\"},\"made_values\":{\"a\":\"made\",\"b\":\"made too\"}}"));
        QCOMPARE(std::string(both.text()), std::string("{\"new_values\":{\"a\":\"mine\",\"b\":\"made too\"},\"token\":\"t\"}"));
        QCOMPARE(std::string(connectors::withMadeValues(crypto::SecretBytes::copyOf("{\"token\":\"t\"}")).text()), std::string("{\"token\":\"t\"}"));
        QCOMPARE(std::string(connectors::withMadeValues(crypto::SecretBytes::copyOf("no json")).text()), std::string("no json"));
    }
};

QTEST_GUILESS_MAIN(TestMadeValues)
#include "tst_made_values.moc"
