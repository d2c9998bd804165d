#pragma once

#include "core/connectors/postgres/postgres_client.h"
#include "core/connectors/new_values.h"
#include "core/connectors/session.h"

#include <functional>

namespace cordon::connectors::postgres {

/// One call's talk with a PostgreSQL cluster.
class PostgresSession final : public Session
{
public:
    /// Lets a role in with a password, to see whether it works: what `PostgresClient::connect` says.
    using LetIn = std::function<Result<void>(const std::string& role, const crypto::SecretBytes& password)>;

    PostgresSession(PostgresClient client, NewValues newValues, LetIn letIn)
        : m_client(std::move(client))
        , m_newValues(std::move(newValues))
        , m_letIn(std::move(letIn))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<void> addRole(TargetFacts& facts, const std::string& role);
    [[nodiscard]] Result<void> addPassword(TargetFacts& facts, const std::string& role);
    [[nodiscard]] Result<Deed> replace(const TargetFacts& facts, const std::string& role) const;
    [[nodiscard]] Result<void> setPassword(const std::string& role);
    /// Whether a statement of a connection that is gone still waits in the server: what is not so now may be so later.
    [[nodiscard]] Result<bool> isPending();
    [[nodiscard]] Result<Effect> seen(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since);
    [[nodiscard]] Result<Deed> leave(const Action& action, const TargetFacts& facts, const std::string& role);

    PostgresClient m_client;
    NewValues m_newValues;
    LetIn m_letIn;
};

} // namespace cordon::connectors::postgres
