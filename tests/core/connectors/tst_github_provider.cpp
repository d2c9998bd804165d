#include "core/connectors/github/github_provider.h"

#include "tests/support/github_fake.h"
#include "tests/support/provider_trial.h"

#include <array>
#include <sodium.h>

using namespace cordon;

class TestGithubProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::GithubFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    static constexpr const char* leakedToken = "ghp_leakedleakedleaked";
    const std::string m_blob = toBase64(bytesOf("the public key"));
    const EntityRef m_app{EntityKind::Account, "github.com/installations/7", {}, {}};
    const EntityRef m_token{EntityKind::Credential, "github.com/acme/personal-access-tokens/22", {}, {}};
    const EntityRef m_leaked{EntityKind::Credential, toBase64(crypto::sha256(std::string_view(leakedToken)).bytes), {}, {}};
    EntityRef m_key;

    Action action(const std::string& verb, const EntityRef& on) { return m_trial->action(verb, on); }
    Value credential() const
    {
        return Value::Object{{"app_id", "4711"}, {"installation_id", "7"}, {"private_key", m_fake->pem()}, {"exposed", Value::Array{leakedToken}}};
    }

private slots:
    void init()
    {
        m_fake = std::make_unique<test::GithubFake>();
        m_fake->installations = {{"7", ""}};
        m_fake->tokens = {{21, "ada"}, {22, "bob"}};
        m_fake->keys = {{1, {"other", "ssh-ed25519 " + toBase64(bytesOf("another")), true}}, {2, {"deploy", "ssh-ed25519 " + m_blob + " note", false}}};
        m_fake->leaked = {leakedToken};
        std::string print = toBase64(crypto::sha256(std::string_view("the public key")).bytes);
        print.resize(print.find('='));
        m_key = {EntityKind::Credential, "github.com/acme/app/keys/SHA256:" + print, {}, {}};
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::github::makeGithubProvider, "github", "acme", json::write(credential()));
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}}));
    }

    void anInstallationIsSuspendedByItsOwnApp() { VERIFY_WELL(m_trial->containsAndGoesBack(action("account.suspend", m_app))); }
    void aDeployKeyIsTakenAndPutBackAsItWas()
    {
        VERIFY_WELL(m_trial->containsAndGoesBack(action("credential.delete", m_key)));
        QCOMPARE(m_fake->keys.size(), std::size_t(2));
        QCOMPARE(m_fake->keys[99].key, "ssh-ed25519 " + m_blob + " note");
        QVERIFY(!m_fake->keys[99].isReadOnly);
    }
    void aTokenIsRevokedForTheOrganisation()
    {
        VERIFY_WELL(m_trial->endsForGood(action("token.destroy", m_token)));
        QCOMPARE(m_fake->tokens.size(), std::size_t(1));
    }
    void aLeakedTokenIsToldToGithubAndTried()
    {
        QCOMPARE(m_trial->state(m_leaked), std::string("active"));
        const auto preview = m_trial->provider().preview(action("token.destroy", m_leaked), m_trial->reading());
        QVERIFY(preview && preview->request.find(leakedToken) == std::string::npos); // the secret itself is not shown
        VERIFY_WELL(m_trial->endsForGood(action("token.destroy", m_leaked)));
        QCOMPARE(m_trial->state(m_leaked), std::string("deleted"));
    }

    void aSecretOfActionsIsSetSealedForTheRepositoryAndShownNowhere()
    {
        std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
        std::array<unsigned char, crypto_box_SECRETKEYBYTES> hidden{};
        QVERIFY(sodium_init() >= 0 && crypto_box_keypair(open.data(), hidden.data()) == 0);
        m_fake->publicKey = toBase64(open);
        m_fake->secrets["DEPLOY"] = {};
        const EntityRef secret{EntityKind::Secret, "github.com/acme/app/actions/secrets/DEPLOY", {}, {}};
        const Action add = action("secret.add_version", secret);
        QVERIFY(m_trial->provider().execute(add, m_trial->changing()).error().code == ErrorCode::Denied); // no value is kept
        m_trial->use(json::write(credential().set("new_values", Value::Object{{secret.id, "the next value"}})));
        const auto preview = m_trial->provider().preview(add, m_trial->reading());
        QVERIFY2(preview && preview->undo.empty(), preview ? "" : preview.error().detail.c_str());
        QVERIFY(m_fake->done.empty() && preview->request.find("the next value") == std::string::npos);
        const auto done = m_trial->provider().execute(add, m_trial->changing());
        QVERIFY2(done && done->undoRecord.isNull(), done ? "" : done.error().detail.c_str());
        const std::string sealed = fromBase64(m_fake->secrets["DEPLOY"].sealed).value();
        std::string value(sealed.size() - crypto_box_SEALBYTES, '\0');
        QVERIFY(crypto_box_seal_open(reinterpret_cast<unsigned char*>(value.data()), bytesOf(sealed).data(), sealed.size(), open.data(), hidden.data()) == 0);
        QCOMPARE(value, std::string("the next value"));
        QVERIFY(m_trial->provider().verify(add, m_trial->reading())->state == OutcomeState::Verified);
        for (const test::PeerRequest& request : m_trial->peer().requests())
            QVERIFY(request.body.find("the next value") == std::string::npos);
        m_fake->done.clear();
        VERIFY_WELL(m_trial->endsForGood(action("secret.delete_version", secret)));
        QCOMPARE(m_fake->secrets.size(), std::size_t(0));
        QVERIFY(m_trial->provider().inspect({EntityKind::Secret, "github.com/other/app/actions/secrets/DEPLOY", {}, {}}, m_trial->reading()).error().code == ErrorCode::Unsupported);
    }
    void aLyingServerIsFoundByTheTimeThatASecretWasSet()
    {
        const EntityRef secret{EntityKind::Secret, "github.com/acme/app/actions/secrets/DEPLOY", {}, {}};
        m_fake->secrets["DEPLOY"] = {};
        m_fake->publicKey = toBase64(bytesOf(std::string(32, '\x09')));
        m_trial->use(json::write(credential().set("new_values", Value::Object{{secret.id, "the next value"}})));
        m_fake->lying = {"setSecret"};
        const Action add = action("secret.add_version", secret);
        QVERIFY(m_trial->provider().execute(add, m_trial->changing()));
        QVERIFY(m_trial->provider().verify(add, m_trial->reading())->state == OutcomeState::Failed);
    }

    void whatIsNotThereIsAFactAndWhatIsElsewhereIsRefused()
    {
        QCOMPARE(m_trial->state({EntityKind::Account, "github.com/installations/8", {}, {}}), std::string("not there"));
        QCOMPARE(m_trial->state({EntityKind::Credential, "github.com/acme/personal-access-tokens/9", {}, {}}), std::string("not there"));
        QCOMPARE(m_trial->state({EntityKind::Credential, "github.com/acme/app/keys/SHA256:none", {}, {}}), std::string("not there"));
        for (const char* elsewhere : {"github.com/other/personal-access-tokens/22", "github.com/other/app/keys/SHA256:x", "github.com/acme2/app/keys/SHA256:x", "unknown-hash"}) {
            const auto facts = m_trial->provider().inspect({EntityKind::Credential, elsewhere, {}, {}}, m_trial->reading());
            QVERIFY2(!facts && facts.error().code == ErrorCode::Unsupported, elsewhere);
        }
    }

    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(action("account.suspend", m_app), "suspend")); }
    void aRevocationWhoseAnswerIsLostIsUnknown() { VERIFY_WELL(m_trial->standsFaults(action("token.destroy", m_token), "revokeToken")); }

    void driftIsToldAndNotOverwritten()
    {
        const Action off = action("credential.delete", m_key);
        const auto done = m_trial->provider().execute(off, m_trial->changing());
        QVERIFY(done);
        m_fake->keys[5] = {"deploy", "ssh-ed25519 " + m_blob, true}; // somebody else put it back
        QVERIFY(m_trial->provider().undo(off, done->undoRecord, true, m_trial->changing()).error().code == ErrorCode::Conflict);
    }

    void anotherOrganisationOrKeyChangesNothing()
    {
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["identity"].asString(), std::string("App deployer"));
        const std::string good = json::write(credential());
        m_trial->use(json::write(credential().set("private_key", test::GithubFake(1).pem())));
        const auto refused = m_trial->provider().execute(action("account.suspend", m_app), m_trial->changing());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied && refused.error().detail.find("Bad credentials") != std::string::npos);
        for (const char* bad : {"{}", "{\"token\":\"a\",\"app_id\":\"1\",\"installation_id\":\"1\",\"private_key\":\"x\"}", "{\"app_id\":\"4711\",\"installation_id\":\"7\",\"private_key\":\"no key\"}"}) {
            m_trial->use(bad);
            QVERIFY(m_trial->provider().check(m_trial->reading()).error().code == ErrorCode::Denied);
        }
        m_trial->use(good);
        m_fake->organisation = "other";
        QVERIFY(m_trial->provider().execute(action("account.suspend", m_app), m_trial->changing()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done.empty());
    }

    void aTokenAloneDoesWhatTokensMay()
    {
        m_trial->use("{\"token\":\"installation-token\"}");
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["identity"].asString(), std::string("responder"));
        QVERIFY(m_trial->provider().inspect(m_app, m_trial->reading()).error().code == ErrorCode::Denied);
        VERIFY_WELL(m_trial->containsAndGoesBack(action("credential.delete", m_key)));
    }
};

QTEST_GUILESS_MAIN(TestGithubProvider)
#include "tst_github_provider.moc"
