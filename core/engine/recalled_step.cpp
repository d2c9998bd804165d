// What the ledger says of one step, taken in again when a case is opened.
#include "core/engine/recalled_step.h"

#include "core/engine/codec.h"
#include "core/engine/step_history.h"

namespace cordon::engine {
namespace {

/// A lost answer stays lost until a look says what became of it, whatever else was tried meanwhile.
void recallUndo(AgentDesk& desk, const LedgerEntry& entry, OutcomeState state)
{
    const std::string& step = entry.data["step"].asString();
    if (state == OutcomeState::Unknown)
        desk.lostUndos.insert(step);
    else if (state == OutcomeState::Verified || entry.type == "undo.settled")
        desk.lostUndos.erase(step);
}

void recallUndo(AgentDesk& desk, IncidentFile& holder, Step& step, const Outcome& outcome)
{
    if (outcome.state != OutcomeState::Verified) {
        if (desk.lostUndos.contains(step.id))
            step.note = {"step.undo_unknown", {}};
        return;
    }
    step.state = StepState::Reverted;
    step.leaseUntil.reset();
    step.isLeaseOverdue = false;
    for (const Step& open : lookAgainAfterUndo(holder.plan, step.id))
        desk.done.erase(AgentDesk::actKey(open.action));
}

} // namespace

void takeBytes(Step& step, const Value& begun)
{
    auto action = Action::fromValue(begun);
    if (!action)
        return;
    action->targets = std::move(step.action.targets); // with their names
    step.action = std::move(*action);
}

bool recallAct(AgentDesk& desk, const LedgerEntry& entry, const Outcome& outcome, const Step* step)
{
    const auto action = Action::fromValue(entry.data["action"]);
    if (!action)
        return false;
    const std::string key = AgentDesk::actKey(*action);
    const bool isVerified = outcome.state == OutcomeState::Verified;
    if (entry.data["undo"].asBool()) {
        recallUndo(desk, entry, outcome.state);
        if (isVerified)
            desk.done.erase(key);
    } else if (isVerified) {
        desk.done[key] = outcome;
    }
    return step && AgentDesk::actKey(step->action) == key;
}

void recallOutcome(AgentDesk& desk, IncidentFile& holder, Step& step, const LedgerEntry& entry, Outcome outcome)
{
    if (entry.data["undo"].asBool())
        return recallUndo(desk, holder, step, outcome);
    const bool isVerified = outcome.state == OutcomeState::Verified;
    if (entry.type == "step.settled" && step.state == StepState::Skipped && !isVerified)
        return; // left out by a person, and not there
    if (entry.data["not_begun"].asBool() || isDoneAnew(step, outcome.state)) {
        step.state = StepState::Proposed;
        return;
    }
    takeBytes(step, entry.data["action"]);
    step.state = isVerified                              ? StepState::Verified
                 : outcome.state == OutcomeState::Failed ? StepState::Failed
                                                         : StepState::Unknown;
    step.doneBy = "agent";
    step.executedAt = outcome.finished;
    step.leaseUntil = codec::timeFrom(entry.data["lease_until"]);
    step.isTargetMadeByIncident = step.isTargetMadeByIncident || entry.data["made_by_incident"].asBool();
    step.outcome = std::move(outcome);
}

void recallRound(AgentDesk& desk, Step& step, const LedgerEntry& entry)
{
    desk.rounds[step.id] = static_cast<int>(entry.data["round"].asInt());
    desk.done.erase(AgentDesk::actKey(step.action));
    doAnew(step);
}

void recallDoneElsewhere(IncidentFile& holder, Step& step, const LedgerEntry& entry)
{
    Outcome outcome = codec::outcomeFrom(entry.data["outcome"]);
    if (outcome.state != OutcomeState::Verified)
        return;
    holder.isConfirmedByPerson = true;
    step.state = StepState::DoneElsewhere;
    step.doneBy = entry.actor.id;
    step.executedAt = outcome.finished;
    step.outcome = std::move(outcome);
}

} // namespace cordon::engine
