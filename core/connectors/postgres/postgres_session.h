#pragma once

#include "core/connectors/postgres/postgres_client.h"
#include "core/connectors/session.h"

namespace cordon::connectors::postgres {

/// One call's talk with a PostgreSQL cluster.
class PostgresSession final : public Session
{
public:
    explicit PostgresSession(PostgresClient client)
        : m_client(std::move(client))
    {}
    [[nodiscard]] Result<Value> identity() override;
    [[nodiscard]] Result<TargetFacts> facts(const EntityRef& target) override;
    [[nodiscard]] Result<Deed> plan(const Action& action, const TargetFacts& facts) override;
    [[nodiscard]] Result<void> run(const Value& call) override;
    [[nodiscard]] Result<Effect> effect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since) override;

private:
    [[nodiscard]] Result<void> addRole(TargetFacts& facts, const std::string& role);
    [[nodiscard]] Result<void> addPassword(TargetFacts& facts, const std::string& role);
    [[nodiscard]] Result<Deed> leave(const Action& action, const TargetFacts& facts, const std::string& role);

    PostgresClient m_client;
};

} // namespace cordon::connectors::postgres
