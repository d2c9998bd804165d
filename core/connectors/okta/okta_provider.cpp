#include "core/connectors/okta/okta_provider.h"

#include "core/connectors/http_options.h"
#include "core/connectors/okta/okta_session.h"

namespace cordon::connectors::okta {
namespace {

std::vector<Ability> abilities()
{
    return {{"account.suspend"},
            {"account.resume"},
            {"account.delete"},
            {"session.revoke", act::Capability{"session.revoke", Back::None, {}}},
            {"credential.deactivate"},
            {"credential.activate"},
            {"credential.delete"},
            {"credential.replace", act::Capability{"credential.replace", Back::None, {}}},
            {"token.destroy"},
            {"grant.remove"},
            {"consent.revoke", act::Capability{"consent.revoke", Back::None, {}}}};
}

class OktaProvider final : public PlannedProvider
{
public:
    OktaProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{
            {"scopes", Value::Array{"okta.apiTokens.manage", "okta.apps.manage", "okta.groups.manage", "okta.logs.read", "okta.roles.manage",
                                    "okta.users.manage"}},
            {"role_permissions",
             Value::Array{"okta.apps.manage", "okta.groups.members.manage", "okta.users.apitokens.manage", "okta.users.credentials.resetFactors",
                          "okta.users.lifecycle.deactivate", "okta.users.lifecycle.suspend", "okta.users.lifecycle.unsuspend",
                          "okta.users.lifecycle.clearSessions", "okta.users.read"}},
            {"note", "Taking administrator roles away needs a super administrator; leave okta.roles.manage out where that is not wanted."}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(const Value credential, credentialOf(context, "okta", {}, {"api_token", "access_token", "new_values"}));
        const std::string& token = credential["api_token"].asString();
        const std::string& bearer = credential["access_token"].asString();
        if (token.empty() == bearer.empty())
            return fail(ErrorCode::Denied, "okta: the credential needs api_token or access_token");
        return std::make_unique<OktaSession>(
            m_asker, context,
            RestClient::Manner{"okta", m_options.text("endpoint"), {{"authorization", token.empty() ? "Bearer " + bearer : "SSWS " + token}}, {}},
            !token.empty(), NewValues(credential["new_values"]));
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeOktaProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {}, {"endpoint"}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<OktaProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::okta
