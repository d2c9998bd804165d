// Acts whose end nobody knows: looked at, never done again.
#include "core/engine/codec.h"
#include "core/engine/responder.h"
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

} // namespace

Result<void> Responder::settleUnknown(IncidentFile& file, Step& step, const OpenAct& open, const std::stop_token& stop)
{
    CORDON_TRY(const Action action, Action::fromValue(open.action));
    CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(action));
    auto seen = act::QueuedConnector(*line).verify(action, stop);
    Outcome outcome;
    if (seen)
        outcome = std::move(*seen);
    else
        outcome.detail = seen.error().detail;
    outcome.detail = "found after a restart: " + outcome.detail;
    outcome.finished = m_desk.clock->now();
    if (open.isUndo)
        return settleUndo(file, step, open, std::move(outcome));
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
    finish(file, step, std::move(outcome));
    if (isDoneAnew(step, state))
        step.state = StepState::Proposed;
    m_onChange(file);
    return {};
}

/// Taking back was begun: it is done when the effect is gone. Of what was done in part, or to several things, a look says
/// only that not all of it stands; whether anything was taken back nobody knows then.
Result<void> Responder::settleUndo(IncidentFile& file, Step& step, const OpenAct& open, Outcome seen)
{
    const OutcomeState effect = seen.state;
    const bool wasWhole = step.state == StepState::Verified && step.action.targets.size() == 1;
    seen.state = effect == OutcomeState::Failed     ? (wasWhole ? OutcomeState::Verified : OutcomeState::Unknown)
                 : effect == OutcomeState::Verified ? OutcomeState::Failed
                                                    : OutcomeState::Unknown;
    Value data = settledData(step, open, seen);
    data.set("undo", true);
    const bool isTakenBack = seen.state == OutcomeState::Verified;
    if (isTakenBack)
        data.set("usage", m_desk.usage.undone(step.action.type, step.action.targets));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("outcome." + std::string(toString(seen.state)), file, std::move(data))));
    if (isTakenBack) {
        m_desk.done.erase(AgentDesk::actKey(step.action));
        step.state = StepState::Reverted;
        step.leaseUntil.reset();
        step.isLeaseOverdue = false;
        step.note = {"step.said", {{"text", seen.detail}}};
    } else if (seen.state == OutcomeState::Unknown) {
        step.note = {"step.undo_unknown", {}};
    }
    m_onChange(file);
    return {};
}

Result<void> Responder::settle(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(step.action));
    auto seen = act::QueuedConnector(*line).verify(step.action, stop);
    if (!seen || seen->state == OutcomeState::Unknown)
        return {};
    Outcome outcome = std::move(*seen);
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
