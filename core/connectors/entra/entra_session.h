#pragma once

#include "core/connectors/new_values.h"
#include "core/connectors/rest_session.h"

namespace cordon::connectors::entra {

/// One call's talk with Microsoft Graph.
class EntraSession final : public RestSession
{
public:
    /// @param client  the application that asks, for people
    EntraSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, std::string clientId, NewValues newValues)
        : RestSession(asker, context, std::move(manner))
        , m_clientId(std::move(clientId))
        , m_newValues(std::move(newValues))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;
    [[nodiscard]] std::optional<act::MadeValue> takeMade() override { return std::exchange(m_made, std::nullopt); }

private:
    [[nodiscard]] Result<void> addPrincipal(TargetFacts& facts);
    [[nodiscard]] Result<void> addGrants(TargetFacts& facts);
    [[nodiscard]] Result<void> addCredential(TargetFacts& facts);
    [[nodiscard]] Result<Deed> replace(const Action& action, const TargetFacts& facts) const;
    [[nodiscard]] Result<Deed> planOfCredential(const Action& action, const TargetFacts& facts);
    [[nodiscard]] Result<Value::Array> list(const std::string& path);
    [[nodiscard]] Result<Deed> planOfPrincipal(const Action& action, const TargetFacts& facts);
    [[nodiscard]] Result<Deed> leave(const Action& action, const TargetFacts& facts);
    [[nodiscard]] Result<Deed> withdraw(const Action& action, const TargetFacts& facts);

    std::string m_clientId;
    NewValues m_newValues;
    std::optional<act::MadeValue> m_made;
    std::string m_path;   ///< of the principal or application looked at last: /users/ID, /servicePrincipals/ID, /applications/ID
    std::string m_object; ///< its object id
};

} // namespace cordon::connectors::entra
