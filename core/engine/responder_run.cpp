#include "core/act/actuator.h"
#include "core/act/expected_state.h"
#include "core/engine/codec.h"
#include "core/engine/responder.h"
#include "core/engine/step_entry.h"
#include "core/engine/step_history.h"
#include "core/govern/verb_schema.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>

// The act itself: leave, record before, deed, record after.

namespace cordon::engine {
namespace {

/// What was told before the act of how to take it back, as far as an entry of the ledger can hold it.
Value wayBackOf(const Preview& preview)
{
    constexpr std::size_t longest = 16U << 10U;
    return json::write(preview.undoRecord).size() <= longest ? preview.undoRecord : Value();
}

} // namespace

Result<bool> Responder::run(IncidentFile& file, Step& step, Judgement judgement, const std::stop_token& stop)
{
    Permit permit = std::move(*judgement.ruling.permit);
    const std::string serial = permit.serial();
    const Tier tier = judgement.ruling.decision.tier;
    Value data = actionData(step, judgement.ruling.decision.digest);
    data.set("permit", serial);
    data.set("tier", toString(tier));
    if (tier >= Tier::T1) {
        govern::Reservation reservation;
        reservation.serial = serial;
        reservation.digest = judgement.ruling.decision.digest;
        reservation.verb = step.action.type;
        reservation.connector = step.action.connector;
        reservation.targets = step.action.targets;
        reservation.accounts = govern::accountsTouched(step.action, judgement.facts);
        reservation.at = m_desk.clock->now();
        data.set("usage", m_desk.usage.reserve(reservation));
        ++file.session.actionsUsed;
    }
    if (const Value used = m_desk.approvals->consume(judgement.ruling.decision.digest, m_desk.clock->now());
        !used.isNull())
        data.set("desk", used);
    const Value wayBack = wayBackOf(judgement.preview);
    if (!wayBack.isNull())
        data.set("way_back", wayBack);
    // Durable before anything moves: a crash after this line leaves an action that is looked at, never repeated.
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("action.intended", file, std::move(data))));
    file.session.lastActive = m_desk.clock->now();
    step.state = StepState::Executing;
    m_onChange(file);

    const auto isHalted = [this, tier] {
        const govern::StopState state = m_desk.killSwitch->state();
        return !(state == govern::StopState::Running || (state == govern::StopState::ObserveOnly && tier == Tier::T0));
    };
    auto result = [&]() -> Result<Outcome> {
        if (step.action.type == "evidence.snapshot")
            CORDON_CHECK(preserve(file, step, judgement.facts));
        CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(step.action));
        m_desk.permits->add(serial, file.session.id);
        act::QueuedConnector connector(*line, mayBegin(serial, {Actor::Kind::Agent, m_desk.agentId}, tier));
        act::Actuator actuator(connector, *m_desk.clock, isHalted,
                               [&](const Action& action, const std::vector<TargetFacts>& facts) {
                                   return recheck(file, step, action, facts, serial);
                               });
        return actuator.run(std::move(permit), step.action, stop);
    }();
    if (!result && result.error().code == ErrorCode::DiskFull)
        return fail(result.error()); // it cannot be closed either: looked at once there is room
    (void)m_desk.permits->use(serial); // also where it did not come to the call: nothing of it is on its way
    Outcome outcome;
    if (result) {
        outcome = std::move(*result);
    } else { // nothing was attempted
        outcome.state = OutcomeState::Failed;
        outcome.detail = result.error().detail;
        outcome.finished = m_desk.clock->now();
    }
    if (result && outcome.state == OutcomeState::Unknown && outcome.undoRecord.isNull())
        outcome.undoRecord = wayBack; // the answer is lost; what was told before takes it back all the same
    const bool isNotBegun = !result && (result.error().code == ErrorCode::Cancelled || isHalted());
    Value closing = actionData(step, judgement.ruling.decision.digest);
    closing.set("made_by_incident", step.isTargetMadeByIncident);
    if (const auto lease = leaseOf(step, outcome))
        closing.set("lease_until", lease->toString());
    closing.set("permit", serial);
    closing.set("outcome", codec::toValue(outcome));
    closing.set("attempted", result.has_value());
    if (isNotBegun)
        closing.set("not_begun", true);
    if (tier >= Tier::T1)
        closing.set("usage", isNotBegun ? m_desk.usage.notBegun(serial) : m_desk.usage.finish(serial, outcome.state));
    CORDON_TRY([[maybe_unused]] const LedgerEntry end,
               m_desk.journal->write(m_desk.draft("outcome." + std::string(toString(outcome.state)), file,
                                                  std::move(closing))));
    if (outcome.state == OutcomeState::Verified)
        m_desk.done[AgentDesk::actKey(step.action)] = outcome;
    step.doneBy = "agent";
    const OutcomeState state = outcome.state;
    const bool isSecondTry = step.outcome.has_value();
    finish(file, step, std::move(outcome));
    // Halted, or kept back by a call that hangs: nothing moved. What only looks is tried once more.
    if (isNotBegun || (result && !isSecondTry && isDoneAnew(step, state)))
        step.state = StepState::Proposed;
    m_onChange(file);
    if (result)
        CORDON_CHECK(countAnswer(file, step, state == OutcomeState::Verified));
    return !isNotBegun;
}

Result<void> Responder::recheck(const IncidentFile& file, const Step& step, const Action& action,
                                const std::vector<TargetFacts>& facts, const std::string& serial)
{
    if (m_desk.isMandateCurrent && !m_desk.isMandateCurrent()) // evidence and inspection took their time
        return fail(ErrorCode::Denied, "re-check at the point of use: mandate_changed");
    CORDON_TRY(const std::string state, act::expectedState(action.type, facts));
    std::vector<TargetFacts> known = facts;
    for (TargetFacts& fact : known) {
        m_desk.complete(fact);
        m_judge.addDependents(file, fact);
    }
    for (const EntityRef& named : govern::entitiesIn(action)) {
        CORDON_TRY(TargetFacts fact, m_judge.read(file, named, {}));
        known.push_back(std::move(fact));
    }
    if (const govern::DeskRequest* held = m_desk.approvals->find(step.request);
        held && held->state == govern::RequestState::Consumed && !isWhatWasShown(held->request, known))
        return fail(ErrorCode::Denied, "re-check at the point of use: facts_changed");
    const Tier tier = step.decision ? step.decision->tier : step.floor;
    const Decision decision = m_gate.recheck(m_judge.question(file, action, std::move(known), {}), tier, serial, state);
    if (decision.effect != Effect::Allow)
        return fail(ErrorCode::Denied, "re-check at the point of use: " + words::english(denyNote(decision)));
    return {};
}

std::optional<Timestamp> Responder::leaseOf(const Step& step, const Outcome& outcome) const
{
    if (outcome.state != OutcomeState::Verified || step.back != Back::Reversible || !step.decision)
        return std::nullopt;
    for (const std::string& id : step.decision->clauses) {
        const PermitClause* clause = m_desk.mandate->permit(id);
        if (clause && clause->lease)
            return outcome.finished + std::min(*clause->lease, step.lease.value_or(*clause->lease));
    }
    return std::nullopt;
}

void Responder::finish(IncidentFile& file, Step& step, Outcome outcome)
{
    step.executedAt = outcome.finished;
    step.note = outcome.state == OutcomeState::Verified ? Text() : saidNote(outcome.detail);
    step.state = outcome.state == OutcomeState::Verified ? StepState::Verified
                 : outcome.state == OutcomeState::Failed ? StepState::Failed
                                                         : StepState::Unknown;
    if (!step.leaseUntil)
        step.leaseUntil = leaseOf(step, outcome);
    step.outcome = std::move(outcome);
    file.dropContained();
}

} // namespace cordon::engine
