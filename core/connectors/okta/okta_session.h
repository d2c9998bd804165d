#pragma once

#include "core/connectors/new_values.h"
#include "core/connectors/rest_session.h"

namespace cordon::connectors::okta {

/// One call's talk with an Okta organisation.
class OktaSession final : public RestSession
{
public:
    /// @param hasUser  the credential is a person's token, so that it can be asked whose
    OktaSession(Asker& asker, const act::CallContext& context, RestClient::Manner manner, bool hasUser, NewValues newValues)
        : RestSession(asker, context, std::move(manner))
        , m_hasUser(hasUser)
        , m_newValues(std::move(newValues))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<void> addUser(TargetFacts& facts);
    [[nodiscard]] Result<void> addGrants(TargetFacts& facts, const std::string& user);
    [[nodiscard]] Result<void> addApplication(TargetFacts& facts);
    [[nodiscard]] Result<void> addSecret(TargetFacts& facts);
    [[nodiscard]] Result<void> addToken(TargetFacts& facts);
    [[nodiscard]] Result<void> addFactors(TargetFacts& facts);
    [[nodiscard]] Result<Deed> planOfSecret(const Action& action, const TargetFacts& facts);
    [[nodiscard]] Result<Deed> planOfUser(const Action& action, const TargetFacts& facts);
    [[nodiscard]] Result<Deed> leave(const Action& action, const TargetFacts& facts, const std::string& user);

    bool m_hasUser;
    NewValues m_newValues;
};

} // namespace cordon::connectors::okta
