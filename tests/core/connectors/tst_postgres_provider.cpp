#include "core/connectors/postgres/postgres_provider.h"

#include "core/act/connector_process.h"
#include "core/connectors/postgres/postgres_client.h"
#include "core/value/json.h"
#include "tests/support/permit_maker.h"
#include "tests/support/postgres_server.h"

#include <QTest>

using namespace cordon;
using connectors::postgres::PostgresClient;

namespace {

class OneCredential final : public act::CredentialSource
{
public:
    Result<crypto::SecretBytes> credentialOf(const std::string&) override { return crypto::SecretBytes::copyOf("{\"user\":\"admin\",\"password\":\"admin-pass\"}"); }
};

} // namespace

/// Against a real server that this test starts; skipped where PostgreSQL is not installed.
class TestPostgresProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::PostgresServer> m_server;
    std::unique_ptr<act::Provider> m_provider;
    std::string m_tenant;
    crypto::SecretBytes m_credential = crypto::SecretBytes::copyOf("{\"user\":\"admin\",\"password\":\"admin-pass\"}");
    std::stop_source m_stop;
    std::stop_token m_token = m_stop.get_token();
    int m_serial = 0;

    const EntityRef m_role{EntityKind::Account, "postgres/role/shop app", {}, {}};
    const EntityRef m_password{EntityKind::Credential, "postgres/role/shop app/password", {}, {}};

    act::CallContext context(bool changes)
    {
        const Timestamp now = Timestamp::fromMicros(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
        return {m_credential, changes ? "serial" + std::to_string(++m_serial) : "", now, std::chrono::seconds(20), m_token};
    }
    act::ConnectorSettings settings(const std::string& tenant) const
    {
        return {"pg-test", "postgres", tenant, "prod", {}, Value::Object{{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}}};
    }
    Action action(const std::string& verb, const EntityRef& on, const char* grant = nullptr)
    {
        Action made;
        made.type = verb;
        made.connector = "pg-test";
        made.tenant = m_tenant;
        made.targets = {on};
        if (grant)
            made.params.set("grant", grant);
        return made;
    }
    Result<PostgresClient> as(const std::string& user, const std::string& password)
    {
        return PostgresClient::connect({{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}, {"dbname", "postgres"}, {"user", user}, {"password", password}, {"sslmode", "disable"}}, std::chrono::seconds(10));
    }
    void sql(const std::string& text)
    {
        auto client = as("admin", test::PostgresServer::password);
        QVERIFY2(client, client ? "" : client.error().detail.c_str());
        const auto done = client->ask(text);
        QVERIFY2(done, done ? "" : done.error().detail.c_str());
    }
    std::string refusal() { const auto client = as("shop app", "app-pass"); return client ? std::string() : client.error().detail; }

    /// Does, reads back, undoes, compares. @return "" or what went wrong
    std::string containsAndGoesBack(const Action& deed, const std::function<bool()>& isCut)
    {
        const auto before = m_provider->inspect(deed.targets.front(), context(false));
        const auto preview = m_provider->preview(deed, context(false));
        if (!before || !preview || preview->before == preview->after || preview->undo.empty())
            return "preview: " + (preview ? std::string("no change, or no undo") : preview.error().detail);
        const auto done = m_provider->execute(deed, context(true));
        if (!done || done->undoRecord.isNull())
            return "execute: " + (done ? std::string("no way back") : done.error().detail);
        if (m_provider->verify(deed, context(false))->state != OutcomeState::Verified || !isCut())
            return "it is not contained";
        const auto back = m_provider->undo(deed, done->undoRecord, false, context(true));
        const auto after = m_provider->inspect(deed.targets.front(), context(false));
        if (!back || !after || !(after->state == before->state) || isCut())
            return "not as before: " + (back ? std::string() : back.error().detail);
        const auto twice = m_provider->undo(deed, done->undoRecord, false, context(true));
        return twice || twice.error().code != ErrorCode::Conflict ? "taken back twice" : "";
    }

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<test::PostgresServer>();
        if (!m_server->isRunning())
            QSKIP("PostgreSQL is not installed here, or does not start");
        auto client = as("admin", test::PostgresServer::password);
        QVERIFY2(client, client ? "" : client.error().detail.c_str());
        m_tenant = client->ask("SELECT system_identifier::text AS id FROM pg_control_system()").value().front().at("id");
        auto made = connectors::postgres::makePostgresProvider(settings(m_tenant), [](auto, const auto&) { return true; });
        QVERIFY2(made, made ? "" : made.error().detail.c_str());
        m_provider = std::move(*made);
        sql("CREATE ROLE auditors");
        sql("CREATE DATABASE shop");
        sql("REVOKE CONNECT ON DATABASE shop FROM PUBLIC");
    }
    void init()
    {
        sql("CREATE ROLE \"shop app\" LOGIN PASSWORD 'app-pass' VALID UNTIL '2040-01-01 00:00:00+00'");
        sql("GRANT auditors TO \"shop app\" WITH ADMIN OPTION");
        sql("GRANT CONNECT ON DATABASE shop TO \"shop app\"");
    }
    void cleanup()
    {
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'shop app'");
        sql("REVOKE ALL ON DATABASE shop FROM \"shop app\"; ");
        sql("DROP ROLE IF EXISTS \"shop app\"");
    }
    void cleanupTestCase() { m_server.reset(); }

    void aRoleIsKeptOutAndLetInAgain()
    {
        QCOMPARE(refusal(), std::string());
        const auto isOut = [this] { return refusal().find("is not permitted to log in") != std::string::npos; };
        const std::string problem = containsAndGoesBack(action("account.suspend", m_role), isOut);
        QVERIFY2(problem.empty(), problem.c_str());
    }

    void anOldPasswordIsRefusedAndGoodAgainUntilItsOwnTime()
    {
        const auto isRefused = [this] { return !refusal().empty(); };
        const std::string problem = containsAndGoesBack(action("credential.deactivate", m_password), isRefused);
        QVERIFY2(problem.empty(), problem.c_str());
        QCOMPARE(m_provider->inspect(m_password, context(false))->state.at("valid_until").asString(), std::string("2040-01-01 00:00:00+00"));
    }

    void aMemberLeavesWithItsOptionAndComesBackWithIt()
    {
        const auto isOut = [this] {
            auto client = as("admin", test::PostgresServer::password);
            return client->ask("SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'shop app' AND admin_option").value().empty();
        };
        const std::string problem = containsAndGoesBack(action("grant.remove", m_role, "member/auditors"), isOut);
        QVERIFY2(problem.empty(), problem.c_str());
    }

    void connectingToADatabaseIsTakenAndGiven()
    {
        const auto isOut = [this] {
            return !PostgresClient::connect({{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}, {"dbname", "shop"}, {"user", "shop app"}, {"password", "app-pass"}, {"sslmode", "disable"}}, std::chrono::seconds(10));
        };
        const std::string problem = containsAndGoesBack(action("grant.remove", m_role, "connect/shop"), isOut);
        QVERIFY2(problem.empty(), problem.c_str());
    }

    void sessionsThatStandAreToldAndEnded()
    {
        auto open = as("shop app", "app-pass");
        QVERIFY(open && open->ask("SELECT 1"));
        QVERIFY(m_provider->execute(action("account.suspend", m_role), context(true)));
        QVERIFY(open->ask("SELECT 1")); // keeping a role out leaves its sessions alone
        const auto preview = m_provider->preview(action("session.revoke", m_role), context(false));
        QVERIFY(preview && preview->undo.empty());
        const auto done = m_provider->execute(action("session.revoke", m_role), context(true));
        QVERIFY(done && done->undoRecord.isNull());
        QTRY_VERIFY(m_provider->verify(action("session.revoke", m_role), context(false))->state == OutcomeState::Verified);
        QVERIFY(open->ask("SELECT 1").error().code == ErrorCode::Io);
    }

    void aRoleIsDroppedAndOneWithGrantsIsRefused()
    {
        const auto held = m_provider->execute(action("account.delete", m_role), context(true));
        QVERIFY(!held && held.error().code == ErrorCode::Denied);
        QVERIFY(held.error().detail.find("cannot be dropped") != std::string::npos);
        sql("REVOKE CONNECT ON DATABASE shop FROM \"shop app\"");
        QVERIFY(m_provider->execute(action("account.delete", m_role), context(true)));
        QVERIFY(m_provider->verify(action("account.delete", m_role), context(false))->state == OutcomeState::Verified);
        QVERIFY(!m_provider->inspect(m_role, context(false))->exists);
        init();
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action out = action("account.suspend", m_role);
        const auto done = m_provider->execute(out, context(true));
        QVERIFY(done);
        sql("ALTER ROLE \"shop app\" LOGIN"); // somebody else
        QVERIFY(m_provider->undo(out, done->undoRecord, false, context(true)).error().code == ErrorCode::Conflict);
    }

    void noNameIsAStatement()
    {
        const EntityRef evil{EntityKind::Account, "postgres/role/x\" SUPERUSER; DROP ROLE \"shop app\"; --", {}, {}};
        QVERIFY(!m_provider->inspect(evil, context(false))->exists);
        const Action out = action("account.suspend", m_role);
        const auto done = m_provider->execute(out, context(true));
        QVERIFY(done);
        Value forged = done->undoRecord;
        Value part = forged["targets"].asArray().front();
        part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "login"}, {"role", "shop app\" SUPERUSER; --"}}}}});
        forged.set("targets", Value::Array{part});
        QVERIFY(m_provider->undo(out, forged, false, context(true)).error().code == ErrorCode::NotFound);
        QVERIFY(m_provider->inspect(m_role, context(false))->exists);
    }

    void anotherClusterOrPasswordChangesNothing()
    {
        auto other = connectors::postgres::makePostgresProvider(settings("4711"), {});
        QVERIFY(other);
        QVERIFY((*other)->execute(action("account.suspend", m_role), context(true)).error().code == ErrorCode::Denied);
        QCOMPARE(refusal(), std::string());
        QVERIFY(!as("admin", "wrong-secret"));
        QVERIFY(as("admin", "wrong-secret").error().detail.find("wrong-secret") == std::string::npos);
        act::ConnectorSettings bad = settings("1");
        bad.options.set("host", "/var/run/postgresql");
        QVERIFY(!connectors::postgres::makePostgresProvider(bad, {}));
        bad.options.set("host", "127.0.0.1").set("sslmode", "disable");
        QVERIFY(!connectors::postgres::makePostgresProvider(bad, {}));
    }

    void theConfinedProgramCanDoIt()
    {
        OneCredential credentials;
        const MachineClock clock;
        auto process = act::ConnectorProcess::make(std::string(CORDON_BINARY_DIR) + "/bin/cordon_connector", settings(m_tenant), credentials, clock);
        QVERIFY2(process, process ? "" : process.error().detail.c_str());
        const auto said = (*process)->check({});
        QVERIFY2(said, said ? "" : said.error().detail.c_str());
        QCOMPARE((*said)["identity"].asString(), std::string("admin"));
        const auto facts = (*process)->inspect(m_role, {});
        QVERIFY(facts && facts->exists);
    }
};

QTEST_GUILESS_MAIN(TestPostgresProvider)
#include "tst_postgres_provider.moc"
