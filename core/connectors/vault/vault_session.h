#pragma once

#include "core/connectors/rest_session.h"

namespace cordon::connectors::vault {

/// One call's talk with a Vault cluster.
class VaultSession final : public RestSession
{
public:
    /// @param isOwn  the token was made for this call, and is given back at its end
    VaultSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, bool isOwn)
        : RestSession(asker, context, std::move(manner))
        , m_isOwn(isOwn)
    {}
    ~VaultSession() override;
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;

private:
    [[nodiscard]] Result<void> addEntity(TargetFacts& facts, const std::string& id);
    [[nodiscard]] Result<void> addToken(TargetFacts& facts, const RestCall& look);
    [[nodiscard]] Result<void> addLeases(TargetFacts& facts, const std::string& prefix);
    [[nodiscard]] Result<void> addAccount(TargetFacts& facts, const std::string& path);
    [[nodiscard]] Result<void> addSecret(TargetFacts& facts);

    bool m_isOwn;
};

} // namespace cordon::connectors::vault
