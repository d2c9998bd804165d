#pragma once

#include "core/domain/decision.h"
#include "core/domain/plan.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace cordon::engine {

struct AgentDesk;
struct IncidentFile;

/// What a person wants to know of the gate.
struct TestQuestion
{
    IncidentId incident;
    std::string verb;
    std::vector<EntityRef> targets;
    Value params = Value::Object{};
};

/// The gate's answer to a question that nobody means to act on.
struct TestedDecision
{
    Action action; ///< as it would be judged: session, mandate and expected state filled in
    Decision decision;
    Tier floor = Tier::T4;
    std::vector<TargetFacts> facts;  ///< what the connector says of the targets now; empty when it was not asked
    std::string unread;              ///< why it was not asked; then all is judged with attributes unknown
    std::optional<Preview> preview;  ///< absent: nothing could be previewed
    std::string mandateId;
    int mandateRevision = 0;
    Timestamp asked;                 ///< case clock
};

/// Asks the gate as for a real step: the targets are looked at (under `inventory.read`, as always), everything else is
/// what the desk holds. Writes nothing, reserves nothing, and gives no permit away.
/// ErrorCode::Invalid for an unknown verb or no target, Unsupported when this case has no agent.
[[nodiscard]] Result<TestedDecision> testDecision(AgentDesk& desk, IncidentFile& file, const TestQuestion& question,
                                                  const std::stop_token& stop);

} // namespace cordon::engine
