#include "core/connectors/oauth/oauth_provider.h"

#include "core/crypto/sha256.h"
#include "tests/support/oauth_fake.h"
#include "tests/support/provider_trial.h"

using namespace cordon;

class TestOauthProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::OauthFake> m_fake;
    std::unique_ptr<test::ProviderTrial> m_trial;

    static EntityRef named(std::string_view token) { return {EntityKind::Credential, toBase64(crypto::sha256(token).bytes), {}, {}}; }
    const EntityRef m_token = named("leaked-token");

private slots:
    void init()
    {
        m_fake = std::make_unique<test::OauthFake>();
        m_fake->tokens = {{"leaked-token", true}, {"other-token", true}};
        m_trial = std::make_unique<test::ProviderTrial>(*m_fake, connectors::oauth::makeOauthProvider, "oauth", "https://id.acme.example",
                                                        "{\"client_id\":\"responder\",\"client_secret\":\"client secret+:\",\"tokens\":[\"leaked-token\"]}");
        VERIFY_WELL(m_trial->connect({{"endpoint", "{}"}}));
    }

    void aTokenIsActiveThenRevokedThenInactive()
    {
        QCOMPARE(m_trial->state(m_token), std::string("active"));
        QVERIFY(m_trial->state(m_token, "expires").starts_with("2030-01-01T00:00:00"));
        const auto preview = m_trial->provider().preview(m_trial->action("token.destroy", m_token), m_trial->reading());
        QVERIFY(preview && preview->request.find("leaked-token") == std::string::npos);
        VERIFY_WELL(m_trial->endsForGood(m_trial->action("token.destroy", m_token)));
        QCOMPARE(m_trial->state(m_token), std::string("deleted"));
        QVERIFY(m_fake->tokens["other-token"]);
    }

    void aTokenThatIsNotKeptCannotBeNamed()
    {
        QVERIFY(m_trial->provider().inspect(named("other-token"), m_trial->reading()).error().code == ErrorCode::Unsupported);
        QVERIFY(m_trial->provider().preview(m_trial->action("credential.delete", m_token), m_trial->reading()).error().code == ErrorCode::Unsupported);
    }

    void faultsAreTold() { VERIFY_WELL(m_trial->standsFaults(m_trial->action("token.destroy", m_token), "revoke")); }

    void aTokenIsSentToNoOtherServer()
    {
        m_fake->elsewhere = "http://127.0.0.1.evil.example/revoke";
        const auto refused = m_trial->provider().execute(m_trial->action("token.destroy", m_token), m_trial->changing());
        QVERIFY(!refused && refused.error().code == ErrorCode::Unsupported);
        QVERIFY(m_fake->done.empty());
    }

    void aWrongSecretOrServerIsTold()
    {
        QCOMPARE(m_trial->provider().check(m_trial->reading()).value()["identity"].asString(), std::string("client responder"));
        m_fake->secret = "another";
        const auto refused = m_trial->provider().check(m_trial->reading());
        QVERIFY(!refused && refused.error().code == ErrorCode::Denied && refused.error().detail.find("invalid_client") != std::string::npos);
        QVERIFY(refused.error().detail.find("client secret") == std::string::npos);
        m_trial->use("{\"client_id\":\"responder\"}");
        QVERIFY(m_trial->provider().check(m_trial->reading()).error().code == ErrorCode::Denied);
        QVERIFY(m_fake->done.empty());
    }
};

QTEST_GUILESS_MAIN(TestOauthProvider)
#include "tst_oauth_provider.moc"
