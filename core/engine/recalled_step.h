#pragma once

#include "core/engine/agent_desk.h"

namespace cordon::engine {

/// What an entry says of how an act ended, or of how it was taken back, goes into the desk's memory of acts.
/// @return whether it speaks of `step` as well: the step still is that act
[[nodiscard]] bool recallAct(AgentDesk& desk, const LedgerEntry& entry, const Outcome& outcome, const Step* step);
/// The same for the step itself. @param holder  of the step
void recallOutcome(AgentDesk& desk, IncidentFile& holder, Step& step, const LedgerEntry& entry, Outcome outcome);
/// A loop of the playbook took the step up once more.
void recallRound(AgentDesk& desk, Step& step, const LedgerEntry& entry);
void recallDoneElsewhere(IncidentFile& holder, Step& step, const LedgerEntry& entry);

} // namespace cordon::engine
