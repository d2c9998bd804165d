#include "core/connectors/github/github_provider.h"

#include "core/connectors/github/github_session.h"

namespace cordon::connectors::github {
namespace {

std::vector<Ability> abilities()
{
    return {{"account.suspend"},
            {"account.resume"},
            {"token.destroy"},
            {"secret.add_version", act::Capability{"secret.add_version", Back::None, {}}},
            {"secret.delete_version"},
            {"credential.delete", act::Capability{"credential.delete", Back::Partly, "snapshot"}}};
}

class GithubProvider final : public PlannedProvider
{
public:
    GithubProvider(const act::ConnectorSettings& settings, HttpOptions options, Asker asker, Asker::Pause pause)
        : PlannedProvider(settings, abilities(), std::move(pause))
        , m_options(std::move(options))
        , m_asker(std::move(asker))
    {}
    Value privileges() const override
    {
        return Value::Object{
            {"permissions", Value::Object{{"administration", "write"}, {"secrets", "write"}, {"organization_personal_access_tokens", "write"}, {"metadata", "read"}}},
            {"note", "Permissions of a GitHub App installed in the organisation. An installation is suspended by its own App alone: each App to be "
                     "suspended is a system of its own, with its own key."}};
    }

private:
    Result<std::unique_ptr<Session>> open(const std::string&, const act::CallContext& context) override
    {
        CORDON_TRY(Credential credential, Credential::of(context));
        return std::make_unique<GithubSession>(m_asker, context, m_options.text("endpoint", "https://api.github.com"), settings().tenant,
                                               std::move(credential));
    }

    HttpOptions m_options;
    Asker m_asker;
};

} // namespace

Result<std::unique_ptr<act::Provider>> makeGithubProvider(const act::ConnectorSettings& settings, Asker::Pause pause)
{
    CORDON_TRY(HttpOptions options, HttpOptions::of(settings, {}));
    CORDON_TRY(Asker asker, options.asker(pause));
    return std::make_unique<GithubProvider>(settings, std::move(options), std::move(asker), std::move(pause));
}

} // namespace cordon::connectors::github
