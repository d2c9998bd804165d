#pragma once

#include "core/connectors/github/credential.h"
#include "core/connectors/rest_client.h"
#include "core/connectors/session.h"

namespace cordon::connectors::github {

/// One call's talk with GitHub: as the App itself, as its installation, and as nobody.
class GithubSession final : public Session
{
public:
    GithubSession(Asker& asker, const act::CallContext& context, std::string endpoint, std::string organisation, Credential credential)
        : m_asker(asker)
        , m_context(context)
        , m_endpoint(std::move(endpoint))
        , m_organisation(std::move(organisation))
        , m_credential(std::move(credential))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] std::unique_ptr<RestClient> clientWith(const std::string& authorization);
    [[nodiscard]] Result<RestClient*> asApp();
    [[nodiscard]] Result<RestClient*> asInstallation();
    [[nodiscard]] Result<void> addInstallation(TargetFacts& facts, const std::string& id);
    [[nodiscard]] Result<void> addToken(TargetFacts& facts, const std::string& id);
    [[nodiscard]] Result<void> addDeployKey(TargetFacts& facts, const std::string& repository, const std::string& fingerprint);
    [[nodiscard]] Result<void> addExposed(TargetFacts& facts);
    [[nodiscard]] Result<void> addSecret(TargetFacts& facts, const std::string& path);
    [[nodiscard]] Result<Deed> planSecret(const Action& action, const TargetFacts& facts, const std::string& path) const;
    [[nodiscard]] Result<void> setSecret(const std::string& id, const std::string& path);

    Asker& m_asker;
    const act::CallContext& m_context;
    std::string m_endpoint;
    std::string m_organisation;
    Credential m_credential;
    std::unique_ptr<RestClient> m_app;
    std::unique_ptr<RestClient> m_installation;
    Value m_key; ///< the deploy key looked at last, as GitHub shows it
};

} // namespace cordon::connectors::github
