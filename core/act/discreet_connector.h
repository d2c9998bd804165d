#pragma once

#include "core/act/connector.h"

#include <memory>

namespace cordon::act {

/// A connector whose answers carry nothing that has the shape of a secret: what a provider lets slip into a state, a
/// preview or an error must not reach the ledger, a screen or a report. Of undo records only tokens of known shapes are
/// taken out, since undo needs the rest as it was.
class DiscreetConnector final : public Connector
{
public:
    explicit DiscreetConnector(std::unique_ptr<Connector> inner) : m_inner(std::move(inner)) {}

    [[nodiscard]] std::string name() const override { return m_inner->name(); }
    [[nodiscard]] std::string tenant() const override { return m_inner->tenant(); }
    [[nodiscard]] std::string environment() const override { return m_inner->environment(); }
    [[nodiscard]] bool isExercise() const override { return m_inner->isExercise(); }
    [[nodiscard]] std::vector<Capability> capabilities() const override { return m_inner->capabilities(); }
    [[nodiscard]] bool holds(const EntityRef& entity) const override { return m_inner->holds(entity); }
    [[nodiscard]] Result<void> prepare(const std::stop_token& stop) override;

    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override;
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> execute(Permit permit, const Action& action,
                                               const std::stop_token& stop) override;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                            bool overwritesDrift, const std::stop_token& stop) override;

private:
    std::unique_ptr<Connector> m_inner;
};

} // namespace cordon::act
