#include "core/connectors/vault/vault_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/vault/vault_session.h"

namespace cordon::connectors::vault {
namespace {

std::vector<Ability> abilities()
{
    return {{"account.suspend"},
            {"account.resume"},
            {"token.destroy"},
            {"secret.add_version"},
            {"secret.retire_version"},
            {"secret.delete_version"},
            {"credential.replace", act::Capability{"credential.replace", Back::None, {}}}};
}

Value path(Value::Array capabilities)
{
    return Value::Object{{"capabilities", std::move(capabilities)}};
}

class VaultProvider final : public PlannedProvider
{
public:
    VaultProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{{"path", Value::Object{{"identity/entity/id/*", path({"read", "update"})},
                                                    {"auth/token/lookup-accessor", path({"update"})},
                                                    {"auth/token/revoke-accessor", path({"update"})},
                                                    {"sys/leases/lookup", path({"update"})},
                                                    {"sys/leases/lookup/*", path({"list", "sudo"})},
                                                    {"sys/leases/revoke", path({"update"})},
                                                    {"sys/leases/revoke-prefix/*", path({"update", "sudo"})},
                                                    {"+/metadata/*", path({"read"})},
                                                    {"+/data/*", path({"create", "update"})},
                                                    {"+/delete/*", path({"update"})},
                                                    {"+/undelete/*", path({"update"})},
                                                    {"+/destroy/*", path({"update"})},
                                                    {"database/static-roles/*", path({"read"})},
                                                    {"database/config/*", path({"read"})},
                                                    {"database/rotate-role/*", path({"update"})},
                                                    {"database/rotate-root/*", path({"update"})}}}};
    }

private:
    RestClient::Manner manner(const std::string& token) const
    {
        RestClient::Manner manner{"vault", m_options.text("endpoint"), {{"x-vault-request", "true"}}, {}};
        if (const std::string space = m_options.text("namespace"); !space.empty())
            manner.headers.push_back({"x-vault-namespace", space});
        if (!token.empty())
            manner.headers.push_back({"x-vault-token", token});
        return manner;
    }

    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "vault", {}, {"token", "role_id", "secret_id", "new_values"}));
        std::string token = credential["token"].asString();
        const bool logsIn = token.empty();
        if (logsIn == credential["role_id"].asString().empty() || logsIn == credential["secret_id"].asString().empty())
            return fail(ErrorCode::Denied, "vault: the credential needs token, or role_id and secret_id");
        if (logsIn) {
            RestClient login(m_asker, context, manner({}));
            CORDON_TRY(const Value said, login.send({"POST", "/v1/auth/approle/login", Value::Object{{"role_id", credential["role_id"]}, {"secret_id", credential["secret_id"]}}, Repeat::IfNotBegun}));
            token = said["auth"]["client_token"].asString();
        }
        return std::make_unique<VaultSession>(m_asker, context, manner(token), logsIn, NewValues(credential["new_values"]));
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeVaultProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {"namespace"}, {"endpoint"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<VaultProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::vault
