#include "core/connectors/postgres/postgres_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/postgres/postgres_session.h"

#include <set>

namespace cordon::connectors::postgres {
namespace {

std::vector<Ability> abilities()
{
    return {{"account.suspend"}, {"account.resume"}, {"account.delete"}, {"grant.remove"},
            {"session.revoke", act::Capability{"session.revoke", Back::None, {}}},
            {"credential.replace", act::Capability{"credential.replace", Back::None, {}}},
            {"credential.deactivate", act::Capability{"credential.deactivate", Back::Reversible, "snapshot"}}};
}

bool isHere(const std::string& host)
{
    return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

class PostgresProvider final : public PlannedProvider
{
public:
    PostgresProvider(const act::ConnectorSettings& settings, std::map<std::string, std::string> options, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
    {}
    Value privileges() const override
    {
        return Value::Object{{"sql", Value::Array{"CREATE ROLE cordon_responder LOGIN CREATEROLE NOINHERIT", "GRANT pg_signal_backend, pg_read_all_stats TO cordon_responder"}},
                             {"note", "CREATEROLE reaches every role but superusers. Taking CONNECT away also needs the owner of the database to have granted it "
                                      "by this role, or membership in the owner."}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "postgres", {"user", "password"}, {"new_values"}));
        std::map<std::string, std::string> parameters = m_options;
        parameters["user"] = credential["user"].asString();
        parameters["password"] = credential["password"].asString();
        auto client = PostgresClient::connect(parameters, context.timeLimit);
        crypto::wipe(parameters["password"]);
        if (!client)
            return fail(client.error());
        const auto letIn = [this, &context](const std::string& role, const crypto::SecretBytes& password) -> Result<void> {
            std::map<std::string, std::string> as = m_options;
            as["user"] = role;
            as["password"] = password.text();
            const auto trial = PostgresClient::connect(as, context.timeLimit);
            crypto::wipe(as["password"]);
            return trial ? Result<void>() : fail(trial.error());
        };
        return std::make_unique<PostgresSession>(std::move(*client), NewValues(credential["new_values"]), letIn);
    }

    std::map<std::string, std::string> m_options; ///< parameters of libpq
};

} // namespace

/// INVARIANT: a password goes to another machine only when its certificate shows that it is the one.
Result<std::unique_ptr<act::Provider>> makePostgresProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    static const std::set<std::string, std::less<>> known{"host", "port", "database", "authorities"};
    std::map<std::string, std::string> options{{"dbname", "postgres"}, {"port", "5432"}, {"sslmode", "verify-full"}};
    for (const auto& [name, content] : settings.options.asObject()) {
        if (!known.contains(name) || !content.isString())
            return fail(ErrorCode::Invalid, "postgres: unknown or malformed option '" + name + "'");
        options[name == "database" ? "dbname" : name == "authorities" ? "sslrootcert" : name] = content.asString();
    }
    if (options["host"].empty() || options["host"].find_first_of("/, ") != std::string::npos)
        return fail(ErrorCode::Invalid, "postgres: option 'host' is wanted, one name or address");
    if (isHere(options["host"]))
        options["sslmode"] = "disable";
    else if (options["sslrootcert"].empty())
        options["sslrootcert"] = "/etc/ssl/certs/ca-certificates.crt";
    return std::make_unique<PostgresProvider>(settings, std::move(options), std::move(pause));
}

} // namespace cordon::connectors::postgres
