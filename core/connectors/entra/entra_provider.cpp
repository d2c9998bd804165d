#include "core/connectors/entra/entra_provider.h"

#include "core/connectors/entra/entra_session.h"
#include "core/connectors/http_options.h"
#include "core/value/json.h"

namespace cordon::connectors::entra {
namespace {

std::vector<Ability> abilities()
{
    return {{"account.suspend"}, {"account.resume"}, {"account.delete"},
            {"session.revoke", act::Capability{"session.revoke", Back::None, {}}},
            {"credential.delete"}, {"credential.replace"}, {"grant.remove"}, {"consent.revoke"}};
}

class EntraProvider final : public PlannedProvider
{
public:
    EntraProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{
            {"resourceAppId", "00000003-0000-0000-c000-000000000000"},
            {"application_permissions",
             Value::Array{"Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All", "DelegatedPermissionGrant.ReadWrite.All",
                          "Directory.Read.All", "GroupMember.ReadWrite.All", "RoleManagement.ReadWrite.Directory", "User.EnableDisableAccount.All",
                          "User.RevokeSessions.All"}},
            {"note", "RoleManagement.ReadWrite.Directory only where directory roles are to be taken away; disabling administrators also needs the role "
                     "Privileged Authentication Administrator."}};
    }

private:
    /// A token for Graph with the client's secret (OAuth 2, client credentials).
    Result<std::string> tokenFor(const Value& credential, const act::CallContext& context)
    {
        RestClient login(m_asker, context, {"entra", m_options.text("login", "https://login.microsoftonline.com"), {}, {}});
        std::string form = "client_id=" + net::percentEncoded(credential["client_id"].asString()) + "&client_secret=" +
                           net::percentEncoded(credential["client_secret"].asString()) + "&grant_type=client_credentials&scope=" +
                           net::percentEncoded("https://graph.microsoft.com/.default");
        RestCall call{"POST", '/' + net::percentEncoded(settings().tenant) + "/oauth2/v2.0/token", form, Repeat::Freely, "application/x-www-form-urlencoded"};
        crypto::wipe(form);
        auto reply = login.send(call);
        if (!reply)
            return fail(reply.error());
        if ((*reply)["access_token"].asString().empty())
            return fail(ErrorCode::Denied, "entra: an answer without a token");
        return (*reply)["access_token"].asString();
    }

    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "entra", {"client_id", "client_secret"}, {"new_values"}));
        CORDON_TRY(const std::string token, tokenFor(credential, context));
        return std::make_unique<EntraSession>(
            m_asker, context,
            RestClient::Manner{"entra", m_options.text("endpoint", "https://graph.microsoft.com") + "/v1.0", {{"authorization", "Bearer " + token}}, {}},
            credential["client_id"].asString(), NewValues(credential["new_values"]));
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeEntraProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {"login"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<EntraProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::entra
