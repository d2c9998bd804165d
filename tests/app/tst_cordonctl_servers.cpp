#include "core/connectors/ldap/ldap_client.h"
#include "core/connectors/postgres/postgres_client.h"
#include "tests/app/server_case.h"
#include "tests/support/postgres_server.h"
#include "tests/support/slapd_server.h"

#include <csignal>

using namespace cordon;
using namespace cordon::tests;
using connectors::ldap::LdapClient;
using connectors::postgres::PostgresClient;

namespace {

constexpr const char* ada = "uid=svc-report,dc=acme,dc=example";
constexpr const char* role = "svc_report";

/// A portal in front of the directory: its accounts are the directory's.
const std::string portalMap = R"(format: cordon-field-map/1
name: portal
source: server.access
logsource: {product: server}
recognise: {at_least: 3, of: [when, login, act]}
event: {time: when, zone: UTC, verb: act, address: client, user_agent: program}
things: {login: {kind: account, type: service, id: "uid={text},dc=acme,dc=example"}}
identities: {otherwise: {actor: {thing: login, id: login}}}
)";

/// The server's own log, as `log_destination = jsonlog` writes it.
const std::string jsonlogMap = R"(format: cordon-field-map/1
name: jsonlog
source: server.access
logsource: {product: server}
recognise: {at_least: 4, of: [timestamp, user, dbname, message, session_id]}
event: {time: timestamp, time_format: "%Y-%m-%d %T.%f UTC", zone: UTC, verb: act, address: remote_host, user_agent: application_name}
things: {role: {kind: account, type: service, id: "postgres/role/{text}"}}
identities: {otherwise: {actor: {thing: role, id: user}}}
)";

Value portalLine(Timestamp at, const std::string& address, const std::string& program, const std::string& act)
{
    return Value::Object{{"when", at.toString()}, {"login", "svc-report"}, {"client", address}, {"program", program}, {"act", act}};
}

Value jsonlogLine(Timestamp at, const std::string& address, const std::string& program, const std::string& act)
{
    std::string time = at.toString().substr(0, 19) + ".000 UTC";
    time[10] = ' ';
    return Value::Object{{"timestamp", time}, {"user", role}, {"dbname", "postgres"}, {"remote_host", address}, {"application_name", program},
                         {"session_id", "6741"}, {"act", act}, {"message", "AUDIT: " + act}};
}

} // namespace

/// From a log to a contained account on a server that runs, and back; skipped where the server is not installed.
class TestCordonctlServers : public QObject
{
    Q_OBJECT

private:
    /// Asked, approved, contained, taken back. @param isOut  tries it at the server itself. @return "" or what went wrong
    static QByteArray containsAndGoesBack(const ServerCase& here, const std::function<bool()>& isOut)
    {
        if (isOut())
            return "it was cut before";
        QByteArray why;
        const QString request = here.askedFor(why);
        if (request.isEmpty() || isOut())
            return "nobody was asked, or it did not wait: " + why;
        if (const Ran given = here.asAnalyst({"approve", here.ctl.caseFolder(), request}); given.status != 2)
            return given.told();
        const Ran done = here.work();
        if (here.step(done)["state"].asString() != "verified" || !isOut())
            return "it is not contained: " + shown(done);
        const QString id = QString::fromStdString(here.step(done)["id"].asString());
        if (const Ran given = here.asAnalyst({"undo", here.ctl.caseFolder(), id}); given.status != 2)
            return given.told();
        const Ran back = here.work();
        if (here.step(back)["state"].asString() != "reverted" || isOut())
            return "it is not back: " + shown(back);
        return here.verified();
    }

    static Result<PostgresClient> as(const test::PostgresServer& server, const std::string& user, const std::string& password)
    {
        return PostgresClient::connect({{"host", "127.0.0.1"}, {"port", std::to_string(server.port())}, {"dbname", "postgres"}, {"user", user}, {"password", password}, {"sslmode", "disable"}}, std::chrono::seconds(10));
    }
    static std::vector<std::map<std::string, std::string>> sql(PostgresClient& client, const std::string& text)
    {
        return CaseFixture::must(client.ask(text));
    }
    static std::unique_ptr<ServerCase> databaseCase(const test::PostgresServer& server, PostgresClient& admin)
    {
        sql(admin, std::string("CREATE ROLE ") + role + " LOGIN PASSWORD 'report-pass'");
        const std::string tenant = sql(admin, "SELECT system_identifier::text AS id FROM pg_control_system()").front().at("id");
        auto here = std::make_unique<ServerCase>(std::string("postgres/role/") + role, jsonlogMap, jsonlogLine);
        here->connect("    kind: postgres\n    tenant: \"" + tenant + "\"\n    holds: [postgres/]\n    options: {host: 127.0.0.1, port: \"" + std::to_string(server.port()) + "\"}\n",
                      "{\"user\":\"admin\",\"password\":\"admin-pass\"}");
        return here;
    }
    /// The connector that a command runs, as the system lists its processes.
    static pid_t connectorOf(qint64 command)
    {
        for (const QString& entry : QDir("/proc").entryList(QDir::Dirs)) {
            QFile stat("/proc/" + entry + "/stat");
            if (entry.toInt() <= 0 || !stat.open(QIODevice::ReadOnly))
                continue;
            const QByteArray text = stat.readAll();
            const QList<QByteArray> rest = text.mid(text.lastIndexOf(')') + 2).split(' ');
            if (text.contains("(cordon_connecto") && rest.value(1).toLongLong() == command)
                return entry.toInt();
        }
        return 0;
    }

private slots:
    void anAccountOfADirectory()
    {
        test::SlapdServer server("dn: uid=svc-report,dc=acme,dc=example\nobjectClass: inetOrgPerson\nuid: svc-report\ncn: svc-report\nsn: report\nuserPassword: report-pass\n\n");
        if (!server.isRunning())
            QSKIP("slapd is not installed here, or does not start");
        ServerCase here(ada, portalMap, portalLine);
        here.connect("    kind: ldap\n    tenant: dc=acme,dc=example\n    holds: [\"uid=\", \"cn=\"]\n    options: {host: 127.0.0.1, port: \"" + server.port() + "\", directory: openldap}\n",
                     "{\"bind_dn\":\"cn=admin,dc=acme,dc=example\",\"password\":\"admin-pass\"}");
        const auto isOut = [&server] {
            return !LdapClient::connect({"127.0.0.1", server.port(), {}}, ada, crypto::SecretBytes::copyOf("report-pass"), std::chrono::seconds(10));
        };
        const QByteArray problem = containsAndGoesBack(here, isOut);
        QVERIFY2(problem.isEmpty(), problem.constData());
    }

    void aRoleOfADatabase()
    {
        const test::PostgresServer server;
        if (!server.isRunning())
            QSKIP("PostgreSQL is not installed here, or does not start");
        PostgresClient admin = CaseFixture::must(as(server, "admin", test::PostgresServer::password));
        const auto here = databaseCase(server, admin);
        const QByteArray problem = containsAndGoesBack(*here, [&server] { return !as(server, role, "report-pass"); });
        QVERIFY2(problem.isEmpty(), problem.constData());
    }

    // GOV-OUTCOME, T7
    void aConnectorKilledInTheActIsSettledByLooking_data()
    {
        QTest::addColumn<bool>("isDone");
        QTest::newRow("the server did it all the same") << true;
        QTest::newRow("the server did not") << false;
    }
    void aConnectorKilledInTheActIsSettledByLooking()
    {
        QFETCH(bool, isDone);
        const test::PostgresServer server;
        if (!server.isRunning())
            QSKIP("PostgreSQL is not installed here, or does not start");
        PostgresClient admin = CaseFixture::must(as(server, "admin", test::PostgresServer::password));
        sql(admin, "ALTER SYSTEM SET log_statement = 'ddl'");
        sql(admin, "SELECT pg_reload_conf()");
        const auto here = databaseCase(server, admin);
        QByteArray why;
        const QString request = here->askedFor(why);
        QVERIFY2(!request.isEmpty(), why.constData());
        QCOMPARE(here->asAnalyst({"approve", here->ctl.caseFolder(), request}).status, 2);

        // The statement waits for somebody else's transaction while its sender dies.
        sql(admin, "BEGIN");
        sql(admin, std::string("ALTER ROLE ") + role + " CONNECTION LIMIT 5");
        QProcess process;
        here->start(process, here->job());
        QVERIFY(process.waitForStarted());
        PostgresClient watcher = CaseFixture::must(as(server, "admin", test::PostgresServer::password));
        const std::string waiting = "SELECT pid::text AS pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'ALTER ROLE%'";
        QTRY_VERIFY_WITH_TIMEOUT(!sql(watcher, waiting).empty(), 40'000);
        const std::string backend = sql(watcher, waiting).front().at("pid");
        const pid_t connector = connectorOf(process.processId());
        QVERIFY(connector > 0);
        QCOMPARE(::kill(connector, SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!here->entries("outcome.unknown").empty(), 10'000);
        if (!isDone)
            sql(watcher, "SELECT pg_terminate_backend(" + backend + ")");
        QVERIFY(here->entries("step.settled").empty() || !isDone); // while it waits in the server, nobody says that it was not done
        sql(admin, "ROLLBACK");
        QTRY_VERIFY(sql(watcher, waiting).empty());
        QVERIFY(process.waitForFinished(50'000));

        const Ran settled = here->work();
        const std::string state = here->step(settled)["state"].asString();
        QVERIFY2(state == (isDone ? "verified" : "failed"), (QByteArray::fromStdString(state + ": ") + shown(settled)).constData());
        QCOMPARE(!as(server, role, "report-pass"), isDone);
        const std::string log = server.log();
        const std::string statement = std::string("execute <unnamed>: ALTER ROLE \"") + role + "\" NOLOGIN";
        int times = 0;
        for (std::size_t at = log.find(statement); at != std::string::npos; at = log.find(statement, at + 1))
            ++times;
        QCOMPARE(times, 1); // asked for once, and not again
        const QByteArray problem = here->verified();
        QVERIFY2(problem.isEmpty(), problem.constData());
    }
};

QTEST_GUILESS_MAIN(TestCordonctlServers)
#include "tst_cordonctl_servers.moc"
