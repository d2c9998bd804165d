#pragma once

#include "core/act/connector_line.h"

namespace cordon::act {

/// A connector as the engine sees it: every call goes through its line and waits there. Cheap to make, one for each use.
class QueuedConnector : public Connector
{
public:
    /// @param mayBegin  asked on the line's thread right before `execute` or `undo` begins: the stop switch is read
    ///                  last, however long the call stood in the queue. Without one nothing that changes begins.
    explicit QueuedConnector(ConnectorLine& line, ConnectorLine::MayBegin mayBegin = {});

    [[nodiscard]] std::string name() const override { return m_line.name(); }
    [[nodiscard]] std::string tenant() const override { return m_line.tenant(); }
    [[nodiscard]] std::string environment() const override { return m_line.environment(); }
    [[nodiscard]] bool isExercise() const override { return m_line.isExercise(); }
    [[nodiscard]] std::vector<Capability> capabilities() const override { return m_line.capabilities(); }
    [[nodiscard]] bool holds(const EntityRef& entity) const override { return m_line.holds(entity); }

    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) override;
    [[nodiscard]] Result<Preview> preview(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> execute(Permit permit, const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<Outcome> verify(const Action& action, const std::stop_token& stop) override;
    [[nodiscard]] Result<ExecuteReply> undo(Permit permit, const Action& action, const Value& undoRecord,
                                            bool overwritesDrift, const std::stop_token& stop) override;

private:
    ConnectorLine& m_line;
    ConnectorLine::MayBegin m_mayBegin;
};

} // namespace cordon::act
