#pragma once

#include "core/engine/agent_desk.h"

namespace cordon::engine {

/// As it was begun. A sequence that was made anew, or the step as kept before, names neither session nor state, nor what a note says;
/// what takes the act back, and what is recalled of it, is about the same bytes.
/// @param begun  the action, as the ledger has it
void takeBytes(Step& step, const Value& begun);
/// What an entry says of how an act ended, or of how it was taken back, goes into the desk's memory of acts.
/// @return whether it speaks of `step` as well: the step still is that act
[[nodiscard]] bool recallAct(AgentDesk& desk, const LedgerEntry& entry, const Outcome& outcome, const Step* step);
/// The same for the step itself. @param holder  of the step
void recallOutcome(AgentDesk& desk, IncidentFile& holder, Step& step, const LedgerEntry& entry, Outcome outcome);
/// A loop of the playbook took the step up once more.
void recallRound(AgentDesk& desk, Step& step, const LedgerEntry& entry);
void recallDoneElsewhere(IncidentFile& holder, Step& step, const LedgerEntry& entry);

} // namespace cordon::engine
