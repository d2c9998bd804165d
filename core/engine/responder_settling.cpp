// Acts whose end nobody knows: looked at, never done again.
#include "core/act/expected_state.h"
#include "core/engine/codec.h"
#include "core/engine/recalled_step.h"
#include "core/engine/responder.h"
#include "core/engine/step_entry.h"
#include "core/engine/step_history.h"

namespace cordon::engine {
namespace {

Value settledData(const Step& step, const Outcome& outcome)
{
    return Value::Object{{"step", step.id}, {"title", codec::toValue(step.title)}, {"outcome", codec::toValue(outcome)}};
}

/// As it was begun, by the ledger's word.
Value settledData(const Step& step, const OpenAct& open, const Outcome& outcome)
{
    Value data = settledData(step, outcome);
    data.set("action", open.action).set("digest", open.digest).set("permit", open.permit).set("settled_after_restart", true);
    return data;
}

/// Read back; unknown, with the reason, when nobody can: its connector may have left the settings.
Outcome readBack(const AgentDesk& desk, const Action& action, const std::stop_token& stop)
{
    const auto line = desk.lineOf(action);
    auto seen = line ? act::QueuedConnector(**line).verify(action, stop) : Result<Outcome>(fail(line.error()));
    Outcome outcome;
    if (seen)
        outcome = std::move(*seen);
    else
        outcome.detail = seen.error().detail;
    return outcome;
}

/// True when everything that the verb changes is as it was when the act was decided.
bool isAsBefore(const AgentDesk& desk, const Action& action, const std::stop_token& stop)
{
    const auto* changed = act::attributesChangedBy(action.type);
    if (!changed || changed->empty())
        return false;
    std::vector<TargetFacts> facts;
    for (const EntityRef& target : action.targets) {
        auto fact = desk.inspect(target, stop);
        if (!fact)
            return false;
        facts.push_back(std::move(*fact));
    }
    const auto now = act::expectedState(action.type, facts);
    return now && *now == action.expectedState;
}

/// What became of a taking back: verified when all is as it was before the act, or when the effect of what was done to one
/// thing is gone; failed when the whole effect is still there. Of what was done in part, or to several things, anything
/// else says no more than that not all of it stands.
Outcome lookAtUndo(const AgentDesk& desk, const Step& step, const Action& action, const std::stop_token& stop)
{
    Outcome seen = readBack(desk, action, stop);
    const bool wasWhole = step.state == StepState::Verified && action.targets.size() == 1;
    if (seen.state == OutcomeState::Verified) {
        seen.state = OutcomeState::Failed;
    } else if (seen.state == OutcomeState::Failed && (wasWhole || isAsBefore(desk, action, stop))) {
        seen.state = OutcomeState::Verified;
    } else {
        seen.state = OutcomeState::Unknown;
    }
    return seen;
}

} // namespace

Result<void> Responder::settleUnknown(IncidentFile& file, Step& step, const OpenAct& open, const std::stop_token& stop)
{
    CORDON_TRY(const Action action, Action::fromValue(open.action));
    if (open.isUndo) {
        Outcome seen = lookAtUndo(m_desk, step, action, stop);
        seen.detail = "found after a restart: " + seen.detail;
        return settleUndo(file, step, "outcome." + std::string(toString(seen.state)), settledData(step, open, seen), seen);
    }
    Outcome outcome = readBack(m_desk, action, stop);
    outcome.detail = "found after a restart: " + outcome.detail;
    outcome.finished = m_desk.clock->now();
    // The answer went down with the process; what was told before the act takes back whatever of it is there.
    outcome.undoRecord = open.wayBack;
    Value data = settledData(step, open, outcome);
    if (const auto lease = leaseOf(step, outcome))
        data.set("lease_until", lease->toString());
    if (step.floor >= Tier::T1)
        data.set("usage", m_desk.usage.finish(open.permit, outcome.state));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("outcome." + std::string(toString(outcome.state)), file,
                                                  std::move(data))));
    if (outcome.state == OutcomeState::Verified)
        m_desk.done[AgentDesk::actKey(action)] = outcome;
    step.doneBy = "agent";
    const OutcomeState state = outcome.state;
    if (!isDoneAnew(step, state))
        takeBytes(step, open.action);
    finish(file, step, std::move(outcome));
    if (isDoneAnew(step, state))
        step.state = StepState::Proposed;
    m_onChange(file);
    return {};
}

/// Writes down what became of a taking back, and puts the step where it belongs then.
Result<void> Responder::settleUndo(IncidentFile& file, Step& step, const std::string& type, Value data, const Outcome& seen)
{
    data.set("undo", true);
    const bool isTakenBack = seen.state == OutcomeState::Verified;
    if (isTakenBack)
        data.set("usage", m_desk.usage.undone(step.action.type, step.action.targets));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_desk.journal->write(m_desk.draft(type, file, std::move(data))));
    m_desk.looksInVain.erase(step.id);
    if (isTakenBack) {
        m_desk.done.erase(AgentDesk::actKey(step.action));
        m_desk.lostUndos.erase(step.id);
        step.state = StepState::Reverted;
        step.leaseUntil.reset();
        step.isLeaseOverdue = false;
        step.note = saidNote(seen.detail);
        for (const Step& open : lookAgainAfterUndo(file.plan, step.id))
            m_desk.done.erase(AgentDesk::actKey(open.action));
        CORDON_CHECK(updateStatus(file));
    } else if (seen.state == OutcomeState::Unknown) {
        m_desk.lostUndos.insert(step.id);
        step.note = {"step.undo_unknown", {}};
    } else {
        m_desk.lostUndos.erase(step.id);
        step.note = {"step.not_taken_back", {{"text", seen.detail}}};
    }
    m_onChange(file);
    return {};
}

Result<void> Responder::settleLostUndo(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    Outcome seen = lookAtUndo(m_desk, step, step.action, stop);
    if (seen.state == OutcomeState::Unknown) {
        ++m_desk.looksInVain[step.id];
        return {};
    }
    seen.finished = m_desk.clock->now();
    seen.detail = "looked at later: " + seen.detail;
    Value data = settledData(step, seen);
    data.set("action", step.action.toValue());
    return settleUndo(file, step, "undo.settled", std::move(data), seen);
}

Result<void> Responder::settle(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    if (m_desk.lostUndos.contains(step.id))
        return settleLostUndo(file, step, stop);
    Outcome outcome = readBack(m_desk, step.action, stop);
    if (outcome.state == OutcomeState::Unknown) {
        ++m_desk.looksInVain[step.id];
        return {};
    }
    m_desk.looksInVain.erase(step.id);
    outcome.finished = m_desk.clock->now();
    outcome.detail = "looked at later: " + outcome.detail;
    if (step.outcome) // also of what was done in part
        outcome.undoRecord = step.outcome->undoRecord;
    Value data = settledData(step, outcome);
    data.set("action", step.action.toValue());
    if (const auto lease = leaseOf(step, outcome))
        data.set("lease_until", lease->toString());
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("step.settled", file, std::move(data))));
    if (outcome.state == OutcomeState::Verified)
        m_desk.done[AgentDesk::actKey(step.action)] = outcome;
    const OutcomeState state = outcome.state;
    const bool isLeftOut = step.state == StepState::Skipped; // and stays so, unless it turns out to be done
    const Text note = step.note;
    finish(file, step, std::move(outcome));
    if (isLeftOut && state == OutcomeState::Failed) {
        step.state = StepState::Skipped;
        step.note = note;
    } else if (isDoneAnew(step, state)) {
        step.state = StepState::Proposed;
    }
    CORDON_CHECK(updateStatus(file));
    m_onChange(file);
    return {};
}

} // namespace cordon::engine
