#include "core/connectors/postgres/postgres_provider.h"

#include "core/connectors/postgres/postgres_client.h"
#include "tests/support/postgres_server.h"
#include "tests/support/provider_user.h"

#include <QTest>
#include <thread>

using namespace cordon;
using connectors::postgres::PostgresClient;

namespace {

constexpr const char* adminCredential = "{\"user\":\"admin\",\"password\":\"admin-pass\"}";

} // namespace

/// Against a real server that this test starts; skipped where PostgreSQL is not installed.
class TestPostgresProvider : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::PostgresServer> m_server;
    std::unique_ptr<test::ProviderUser> m_user;
    std::string m_tenant;

    const EntityRef m_role{EntityKind::Account, "postgres/role/shop app", {}, {}};
    const EntityRef m_password{EntityKind::Credential, "postgres/role/shop app/password", {}, {}};

    act::ConnectorSettings settings(const std::string& tenant) const
    {
        return {"pg-test", "postgres", tenant, "prod", {}, Value::Object{{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}}};
    }
    Action action(const std::string& verb, const EntityRef& on, const char* grant = nullptr) const
    {
        return m_user->action(verb, on, grant ? Value(Value::Object{{"grant", grant}}) : Value(Value::Object{}));
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

private slots:
    void initTestCase()
    {
        m_server = std::make_unique<test::PostgresServer>();
        if (!m_server->isRunning())
            QSKIP("PostgreSQL is not installed here, or does not start");
        auto client = as("admin", test::PostgresServer::password);
        QVERIFY2(client, client ? "" : client.error().detail.c_str());
        m_tenant = client->ask("SELECT system_identifier::text AS id FROM pg_control_system()").value().front().at("id");
        m_user = std::make_unique<test::ProviderUser>(connectors::postgres::makePostgresProvider, settings(m_tenant), adminCredential);
        VERIFY_WELL(m_user->open());
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
        VERIFY_WELL(m_user->cutsAndGoesBack(action("account.suspend", m_role), isOut));
    }

    void aPasswordIsReplacedByOneFromTheVaultThatTheServerNeverSees()
    {
        sql("ALTER SYSTEM SET log_statement = 'all'");
        sql("SELECT pg_reload_conf()");
        const Action replace = action("credential.replace", m_password);
        QVERIFY(m_user->provider().execute(replace, m_user->changing()).error().code == ErrorCode::Denied); // no value is kept
        m_user->use("{\"user\":\"admin\",\"password\":\"admin-pass\",\"new_values\":{\"postgres/role/shop app/password\":\"quite another word\"}}");
        const auto preview = m_user->provider().preview(replace, m_user->reading());
        QVERIFY(preview && preview->undo.empty() && preview->request.find("quite another") == std::string::npos);
        QVERIFY(m_user->provider().verify(replace, m_user->reading())->state == OutcomeState::Failed); // by trying
        const auto done = m_user->provider().execute(replace, m_user->changing());
        QVERIFY2(done && done->undoRecord.isNull(), done ? "" : done.error().detail.c_str());
        QVERIFY(m_user->provider().verify(replace, m_user->reading())->state == OutcomeState::Verified);
        QVERIFY(!refusal().empty()); // the old one
        QVERIFY(as("shop app", "quite another word"));
        const std::string log = m_server->log();
        QVERIFY(log.find("SCRAM-SHA-256$") != std::string::npos && log.find("quite another word") == std::string::npos);
        sql("ALTER SYSTEM RESET log_statement");
        m_user->use(adminCredential);
    }

    void aLimitOfNoConnectionsKeepsARoleOutAndItsOwnComesBack()
    {
        sql("ALTER ROLE \"shop app\" CONNECTION LIMIT 7");
        VERIFY_WELL(m_user->cutsAndGoesBack(action("grant.remove", m_role, "connections"), [this] { return refusal().find("too many connections") != std::string::npos; }));
        QCOMPARE(m_user->provider().inspect(m_role, m_user->reading())->state.at("connection_limit").asInt(), std::int64_t(7));
    }

    void anOldPasswordIsRefusedAndGoodAgainUntilItsOwnTime()
    {
        const auto isRefused = [this] { return !refusal().empty(); };
        VERIFY_WELL(m_user->cutsAndGoesBack(action("credential.deactivate", m_password), isRefused));
        QCOMPARE(m_user->provider().inspect(m_password, m_user->reading())->state.at("valid_until").asString(), std::string("2040-01-01 00:00:00+00"));
    }

    void aMemberLeavesWithItsOptionAndComesBackWithIt()
    {
        const auto isOut = [this] {
            auto client = as("admin", test::PostgresServer::password);
            return client->ask("SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = 'shop app' AND admin_option").value().empty();
        };
        VERIFY_WELL(m_user->cutsAndGoesBack(action("grant.remove", m_role, "member/auditors"), isOut));
    }

    void connectingToADatabaseIsTakenAndGiven()
    {
        const auto isOut = [this] {
            return !PostgresClient::connect({{"host", "127.0.0.1"}, {"port", std::to_string(m_server->port())}, {"dbname", "shop"}, {"user", "shop app"}, {"password", "app-pass"}, {"sslmode", "disable"}}, std::chrono::seconds(10));
        };
        VERIFY_WELL(m_user->cutsAndGoesBack(action("grant.remove", m_role, "connect/shop"), isOut));
    }

    void sessionsThatStandAreToldAndEnded()
    {
        auto open = as("shop app", "app-pass");
        QVERIFY(open && open->ask("SELECT 1"));
        QVERIFY(m_user->provider().execute(action("account.suspend", m_role), m_user->changing()));
        QVERIFY(open->ask("SELECT 1")); // keeping a role out leaves its sessions alone
        const auto preview = m_user->provider().preview(action("session.revoke", m_role), m_user->reading());
        QVERIFY(preview && preview->undo.empty());
        const auto done = m_user->provider().execute(action("session.revoke", m_role), m_user->changing());
        QVERIFY(done && done->undoRecord.isNull());
        QTRY_VERIFY(m_user->provider().verify(action("session.revoke", m_role), m_user->reading())->state == OutcomeState::Verified);
        QVERIFY(open->ask("SELECT 1").error().code == ErrorCode::Io);
    }

    void aRoleIsDroppedAndOneWithGrantsIsRefused()
    {
        const auto held = m_user->provider().execute(action("account.delete", m_role), m_user->changing());
        QVERIFY(!held && held.error().code == ErrorCode::Denied);
        QVERIFY(held.error().detail.find("cannot be dropped") != std::string::npos);
        sql("REVOKE CONNECT ON DATABASE shop FROM \"shop app\"");
        QVERIFY(m_user->provider().execute(action("account.delete", m_role), m_user->changing()));
        QVERIFY(m_user->provider().verify(action("account.delete", m_role), m_user->reading())->state == OutcomeState::Verified);
        QVERIFY(!m_user->provider().inspect(m_role, m_user->reading())->exists);
        init();
    }

    void driftIsToldAndNotOverwritten()
    {
        const Action out = action("account.suspend", m_role);
        const auto done = m_user->provider().execute(out, m_user->changing());
        QVERIFY(done);
        sql("ALTER ROLE \"shop app\" LOGIN"); // somebody else
        QVERIFY(m_user->provider().undo(out, done->undoRecord, false, m_user->changing()).error().code == ErrorCode::Conflict);
    }

    // GOV-OUTCOME
    void whatStillWaitsInTheServerIsUnknownAndNotUndone()
    {
        auto other = as("admin", test::PostgresServer::password);
        QVERIFY(other && other->ask("BEGIN") && other->ask("ALTER ROLE \"shop app\" CONNECTION LIMIT 5"));
        const Action out = action("account.suspend", m_role);
        std::thread lost([this] { // a connector that nobody hears of any more
            auto client = as("admin", test::PostgresServer::password);
            (void)client->ask("ALTER ROLE \"shop app\" NOLOGIN");
        });
        auto watcher = as("admin", test::PostgresServer::password);
        const bool waits = QTest::qWaitFor([&watcher] { return !watcher->ask("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE%'").value().empty(); }, 5'000);
        const auto seen = m_user->provider().verify(out, m_user->reading());
        (void)other->ask("ROLLBACK");
        lost.join();
        QVERIFY(waits && seen);
        QVERIFY2(seen->state == OutcomeState::Unknown, seen->detail.c_str());
        QVERIFY(m_user->provider().verify(out, m_user->reading())->state == OutcomeState::Verified);
        QVERIFY(m_user->provider().verify(action("account.resume", m_role), m_user->reading())->state == OutcomeState::Failed); // nothing waits
    }

    void noNameIsAStatement()
    {
        const EntityRef evil{EntityKind::Account, "postgres/role/x\" SUPERUSER; DROP ROLE \"shop app\"; --", {}, {}};
        QVERIFY(!m_user->provider().inspect(evil, m_user->reading())->exists);
        const Action out = action("account.suspend", m_role);
        const auto done = m_user->provider().execute(out, m_user->changing());
        QVERIFY(done);
        Value forged = done->undoRecord;
        Value part = forged["targets"].asArray().front();
        part.set("calls", Value::Array{Value::Object{{"call", Value::Object{{"do", "login"}, {"role", "shop app\" SUPERUSER; --"}}}}});
        forged.set("targets", Value::Array{part});
        QVERIFY(m_user->provider().undo(out, forged, false, m_user->changing()).error().code == ErrorCode::NotFound);
        QVERIFY(m_user->provider().inspect(m_role, m_user->reading())->exists);
    }

    void anotherClusterOrPasswordChangesNothing()
    {
        auto other = connectors::postgres::makePostgresProvider(settings("4711"), {});
        QVERIFY(other);
        QVERIFY((*other)->execute(action("account.suspend", m_role), m_user->changing()).error().code == ErrorCode::Denied);
        QCOMPARE(refusal(), std::string());
        QVERIFY(!as("admin", "wrong-secret"));
        QVERIFY(as("admin", "wrong-secret").error().detail.find("wrong-secret") == std::string::npos);
        act::ConnectorSettings bad = settings("1");
        bad.options.set("host", "/var/run/postgresql");
        QVERIFY(!connectors::postgres::makePostgresProvider(bad, {}));
        bad.options.set("host", "127.0.0.1").set("sslmode", "disable");
        QVERIFY(!connectors::postgres::makePostgresProvider(bad, {}));
    }

    void theConfinedProgramCanDoIt() { VERIFY_WELL(m_user->worksConfined(m_role)); }
};

QTEST_GUILESS_MAIN(TestPostgresProvider)
#include "tst_postgres_provider.moc"
