#pragma once

#include "core/connectors/new_values.h"
#include "core/connectors/rest_session.h"

namespace cordon::connectors::vault {

/// One call's talk with a Vault cluster.
class VaultSession final : public RestSession
{
public:
    /// @param isOwn  the token was made for this call, and is given back at its end
    VaultSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, bool isOwn, NewValues newValues)
        : RestSession(asker, context, std::move(manner))
        , m_isOwn(isOwn)
        , m_newValues(std::move(newValues))
    {}
    ~VaultSession() override;
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<void> addEntity(TargetFacts& facts, const std::string& id);
    [[nodiscard]] Result<void> addToken(TargetFacts& facts, const RestCall& look);
    [[nodiscard]] Result<void> addLeases(TargetFacts& facts, const std::string& prefix);
    [[nodiscard]] Result<void> addAccount(TargetFacts& facts, const std::string& path);
    [[nodiscard]] Result<void> addSecret(TargetFacts& facts);
    [[nodiscard]] Result<Deed> addVersion(const TargetFacts& facts) const;

    bool m_isOwn;
    NewValues m_newValues;
    std::int64_t m_current = 0;       ///< newest version of the secret looked at last
    std::optional<Timestamp> m_added; ///< when that was made
};

} // namespace cordon::connectors::vault
