#include "core/connectors/postgres/postgres_client.h"

#include "core/connectors/tame_words.h"

#include <algorithm>
#include <libpq-fe.h>

namespace cordon::connectors::postgres {
namespace {

struct FreeConnection
{
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct FreeResult
{
    void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeText
{
    void operator()(char* text) const { PQfreemem(text); }
};
using ResultHandle = std::unique_ptr<PGresult, FreeResult>;
using TextHandle = std::unique_ptr<char, FreeText>;

/// By SQLSTATE, PostgreSQL's appendix A.
ErrorCode codeOf(const std::string& state)
{
    if (state == "42704" || state == "3D000")
        return ErrorCode::NotFound;
    if (state == "40001" || state == "55P03" || state == "55006" || state == "XX000") // the last: "tuple concurrently updated"
        return ErrorCode::Conflict;
    return state.empty() || state.starts_with("08") || state.starts_with("57P") ? ErrorCode::Io : ErrorCode::Denied;
}

void ignoreNotices(void*, const PGresult*) {}

} // namespace

struct PostgresClient::State
{
    std::unique_ptr<PGconn, FreeConnection> connection;
};

PostgresClient::PostgresClient(std::unique_ptr<State> state)
    : m_state(std::move(state))
{}
PostgresClient::PostgresClient(PostgresClient&&) noexcept = default;
PostgresClient& PostgresClient::operator=(PostgresClient&&) noexcept = default;
PostgresClient::~PostgresClient() = default;

Result<PostgresClient> PostgresClient::connect(std::map<std::string, std::string> parameters, std::chrono::milliseconds timeLimit)
{
    const std::int64_t limit = std::max<std::int64_t>(timeLimit.count(), 1000);
    parameters["connect_timeout"] = std::to_string(std::max<std::int64_t>(limit / 1000, 2));
    parameters["tcp_user_timeout"] = std::to_string(limit);
    parameters["application_name"] = "cordon";
    parameters["passfile"] = "/dev/null";
    parameters["gssencmode"] = "disable";
    parameters["options"] = "-c statement_timeout=" + std::to_string(limit) + " -c lock_timeout=" + std::to_string(limit / 2) + " -c search_path=pg_catalog -c TimeZone=UTC -c DateStyle=ISO";
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    auto state = std::make_unique<State>();
    state->connection.reset(PQconnectdbParams(names.data(), values.data(), 0));
    if (!state->connection || PQstatus(state->connection.get()) != CONNECTION_OK)
        return fail(ErrorCode::Denied, "postgres: " + tameWords(state->connection ? PQerrorMessage(state->connection.get()) : nullptr));
    PQsetNoticeReceiver(state->connection.get(), ignoreNotices, nullptr);
    return PostgresClient(std::move(state));
}

Result<std::vector<PostgresClient::Row>> PostgresClient::ask(const std::string& sql, const std::vector<std::string>& values)
{
    std::vector<const char*> given;
    given.reserve(values.size());
    for (const std::string& value : values)
        given.push_back(value.c_str());
    PGconn* connection = m_state->connection.get();
    const ResultHandle result(PQexecParams(connection, sql.c_str(), static_cast<int>(given.size()), nullptr, given.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        return fail(PQstatus(connection) == CONNECTION_OK ? codeOf(state ? state : "") : ErrorCode::Io, "postgres: " + tameWords(PQerrorMessage(connection)));
    }
    std::vector<Row> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        for (int column = 0; column < PQnfields(result.get()); ++column)
            rows[static_cast<std::size_t>(row)][PQfname(result.get(), column)] = PQgetvalue(result.get(), row, column);
    }
    return rows;
}

Result<std::string> PostgresClient::named(const std::string& identifier) const
{
    const TextHandle quoted(PQescapeIdentifier(m_state->connection.get(), identifier.c_str(), identifier.size()));
    return quoted && identifier.find('\0') == std::string::npos ? Result<std::string>(quoted.get()) : fail(ErrorCode::Invalid, "postgres: a name that is none");
}

Result<std::string> PostgresClient::verifierOf(const std::string& role, const std::string& password) const
{
    const TextHandle made(PQencryptPasswordConn(m_state->connection.get(), password.c_str(), role.c_str(), "scram-sha-256"));
    return made ? Result<std::string>(made.get()) : fail(ErrorCode::Invalid, "postgres: a password that is none");
}

Result<std::string> PostgresClient::text(const std::string& value) const
{
    const TextHandle quoted(PQescapeLiteral(m_state->connection.get(), value.c_str(), value.size()));
    return quoted && value.find('\0') == std::string::npos ? Result<std::string>(quoted.get()) : fail(ErrorCode::Invalid, "postgres: a text that is none");
}

} // namespace cordon::connectors::postgres
