// What people ask of a sequence, and what time decides: replies, undo, leases, done elsewhere.
#include "core/engine/responder.h"

#include "core/act/actuator.h"
#include "core/engine/codec.h"
#include "core/engine/step_history.h"
#include "core/govern/approval_text.h"
#include "core/words/words.h"

#include <algorithm>

namespace cordon::engine {
namespace {

LedgerDraft personDraft(const AgentDesk& desk, std::string type, const IncidentFile& file, const std::string& person,
                        Value data)
{
    LedgerDraft draft = desk.draft(std::move(type), file, std::move(data));
    draft.actor = {Actor::Kind::Person, person};
    return draft;
}

Value stepData(const Step& step)
{
    return Value::Object{{"step", step.id}, {"title", codec::toValue(step.title)}};
}

} // namespace

Result<govern::DeskAnswer> Responder::takeReply(IncidentFile& file, const std::string& reply)
{
    govern::DeskAnswer answer = m_desk.approvals->accept(reply, m_desk.people, m_desk.context());
    const govern::DeskRequest* held = m_desk.approvals->find(answer.request);
    Value data = Value::Object{{"request", answer.request}, {"reason", answer.reason}, {"detail", answer.detail}};
    if (!answer.isAccepted) {
        if (const auto claimed = govern::readReply(reply)) // nobody vouches for the name
            data.set("claimed_by", claimed->approver.substr(0, 128));
        LedgerDraft draft = m_desk.draft("approval.refused", file, std::move(data));
        draft.actor = {Actor::Kind::Engine, "cordon"};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_desk.journal->write(std::move(draft)));
        return answer;
    }
    const Approval& given = held->approvals.back();
    Step* step = file.step(held->request.step);
    data = Value::Object{{"request", answer.request},
                         {"approval", given.toValue()},
                         {"signature", given.signature},
                         {"reason", given.reason},
                         {"desk", answer.event}};
    if (const govern::Person* approver = m_desk.people.find(given.approver)) {
        m_desk.journal->witness(given, approver->key);
        CORDON_TRY(std::string kept, govern::keptReply(reply, given.approver, approver->key));
        data.set("block", std::move(kept)); // the reason is under this signature alone
    }
    if (step)
        data.set("step", step->id);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(personDraft(m_desk, answer.isDenied ? "approval.denied" : "approval.granted", file,
                                                 given.approver, std::move(data))));
    if (answer.fatigue) {
        LedgerDraft draft = m_desk.draft("approval.fatigue", file,
                                         Value::Object{{"person", answer.fatigue->person},
                                                       {"decided", answer.fatigue->decided},
                                                       {"approved", answer.fatigue->approved},
                                                       {"median_ms", answer.fatigue->medianMillis},
                                                       {"told", m_desk.mandate->owner.accountable}});
        draft.actor = {Actor::Kind::Engine, "cordon"};
        CORDON_TRY([[maybe_unused]] const LedgerEntry warned, m_desk.journal->write(std::move(draft)));
    }
    if (!step)
        return answer;
    if (answer.isDenied) {
        step->state = StepState::Denied;
        step->note = {"step.person_said", {{"person", given.approver}, {"text", given.reason}}};
    } else if (answer.isComplete && step->state == StepState::AwaitingApproval) {
        file.isConfirmedByPerson = true;
        for (IncidentMember& member : file.incident.members) {
            const auto& targets = step->action.targets; // all under one digest, and all shown
            const bool isTarget = std::find(targets.begin(), targets.end(), member.entity) != targets.end();
            if (isTarget && !member.isConfirmedByPerson) {
                member.isConfirmedByPerson = true;
                member.why.push_back({"scope.confirmed_by", {{"person", given.approver}}});
            }
        }
        step->executeBy = m_desk.clock->now() + held->request.needs.executeWithin;
        step->state = StepState::Proposed; // judged again, now with the approval
    }
    m_onChange(file);
    return answer;
}

Result<void> Responder::undo(IncidentFile& file, Step& step, const Actor& actor, bool overwritesDrift,
                             const std::stop_token& stop)
{
    // Of what was done in part, or may have been, a person may take back whatever is there.
    const bool isInPart = actor.kind == Actor::Kind::Person && (step.state == StepState::Failed || step.state == StepState::Unknown ||
                                                                step.state == StepState::Skipped);
    if ((step.state != StepState::Verified && !isInPart) || !step.outcome || step.outcome->undoRecord.isNull())
        return fail(ErrorCode::Invalid, step.id + ": there is nothing to take back");
    if (m_desk.lostUndos.contains(step.id)) { // the answer to an earlier one was lost: it may have been done
        CORDON_CHECK(settleLostUndo(file, step, stop));
        if (step.state == StepState::Reverted)
            return {};
    }
    CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(step.action)); // before anything is said to begin
    CORDON_TRY(Judgement judgement, m_judge.judgeUndo(file, step, actor.kind == Actor::Kind::Person, stop));
    govern::Ruling ruling = m_gate.ruleUndo(judgement.request, actor.kind == Actor::Kind::Person);
    Value data = stepData(step);
    data.set("action", step.action.toValue());
    data.set("decision", codec::toValue(ruling.decision));
    data.set("undo", true);
    LedgerDraft draft = m_desk.draft("decision", file, data);
    draft.actor = actor;
    CORDON_TRY([[maybe_unused]] const LedgerEntry decided, m_desk.journal->write(std::move(draft)));
    if (!ruling.permit) {
        std::string clauses;
        for (const std::string& clause : ruling.decision.clauses)
            clauses += " " + clause;
        return fail(ErrorCode::Denied, step.id + ": undo is refused by" + clauses);
    }
    const std::string serial = ruling.permit->serial();
    data = stepData(step);
    data.set("action", step.action.toValue());
    data.set("digest", ruling.decision.digest);
    data.set("permit", serial);
    data.set("undo", true);
    draft = m_desk.draft("action.intended", file, data);
    draft.actor = actor;
    CORDON_TRY([[maybe_unused]] const LedgerEntry intended, m_desk.journal->write(std::move(draft)));

    const bool isByPerson = actor.kind == Actor::Kind::Person;
    m_desk.permits->add(serial, isByPerson ? std::string() : file.session.id);
    act::QueuedConnector connector(*line, mayBegin(serial, actor, step.floor));
    act::Actuator actuator(connector, *m_desk.clock, [this, isByPerson] {
        return !isByPerson && m_desk.killSwitch->state() != govern::StopState::Running;
    });
    auto result =
        actuator.undo(std::move(*ruling.permit), step.action, step.outcome->undoRecord, overwritesDrift, stop);
    (void)m_desk.permits->use(serial);
    Outcome outcome;
    outcome.state = OutcomeState::Failed;
    outcome.finished = m_desk.clock->now();
    if (result)
        outcome = std::move(*result);
    else
        outcome.detail = result.error().detail;
    data.set("outcome", codec::toValue(outcome));
    if (outcome.state == OutcomeState::Verified)
        data.set("usage", m_desk.usage.undone(step.action.type, step.action.targets));
    draft = m_desk.draft("outcome." + std::string(toString(outcome.state)), file, std::move(data));
    draft.actor = actor;
    CORDON_TRY([[maybe_unused]] const LedgerEntry closed, m_desk.journal->write(std::move(draft)));
    if (outcome.state == OutcomeState::Unknown) {
        m_desk.lostUndos.insert(step.id);
        step.note = {"step.undo_unknown", {}};
        m_onChange(file);
        return fail(ErrorCode::Conflict, step.id + ": whether it was taken back is not known: " + outcome.detail);
    }
    if (outcome.state != OutcomeState::Verified) {
        m_onChange(file);
        return fail(ErrorCode::Conflict, step.id + ": not taken back: " + outcome.detail);
    }
    m_desk.done.erase(AgentDesk::actKey(step.action));
    m_desk.lostUndos.erase(step.id);
    step.state = StepState::Reverted;
    step.leaseUntil.reset();
    step.isLeaseOverdue = false;
    step.note = {"step.taken_back", {{"person", actor.id}}};
    for (const Step& open : lookAgainAfterUndo(file.plan, step.id))
        m_desk.done.erase(AgentDesk::actKey(open.action));
    if (step.action.type == "credential.deactivate") { // it is a way in again
        const EntityRef& target = step.action.targets.front();
        file.brief.residual.push_back(
            {target, {"residual.original_key", {{"name", target.name.empty() ? target.id : target.name}}}, {}});
    }
    CORDON_CHECK(updateStatus(file));
    m_onChange(file);
    return {};
}

Result<void> Responder::recordDoneElsewhere(IncidentFile& file, Step& step, const std::string& person,
                                            const std::string& note, const std::stop_token& stop)
{
    if (step.state == StepState::Verified || step.state == StepState::Executing)
        return fail(ErrorCode::Invalid, step.id + ": Cordon did this step itself");
    CORDON_TRY(act::ConnectorLine* const line, m_desk.lineOf(step.action));
    CORDON_TRY(const Outcome outcome, act::QueuedConnector(*line).verify(step.action, stop));
    Value data = stepData(step);
    data.set("note", note);
    data.set("outcome", codec::toValue(outcome));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(personDraft(m_desk, "step.done_elsewhere", file, person, std::move(data))));
    if (outcome.state != OutcomeState::Verified)
        return fail(ErrorCode::Conflict, step.id + ": the effect is not there: " + outcome.detail);
    if (m_desk.approvals && !step.request.empty())
        CORDON_CHECK(voidRequest(file, step.request, "step_settled"));
    file.isConfirmedByPerson = true;
    step.state = StepState::DoneElsewhere;
    step.doneBy = person;
    step.executedAt = m_desk.clock->now();
    step.outcome = outcome;
    step.note = {"step.said", {{"text", note}}};
    m_onChange(file);
    return {};
}

Result<void> Responder::skip(IncidentFile& file, Step& step, const std::string& person, const std::string& why)
{
    // What failed, or nobody knows the end of, is let be: what waits for it goes on without it, and it is still looked at.
    if (step.state == StepState::Verified || step.state == StepState::Executing || step.state == StepState::Reverted ||
        step.state == StepState::DoneElsewhere || step.state == StepState::Skipped)
        return fail(ErrorCode::Invalid, step.id + ": a step that was done cannot be skipped");
    Value data = stepData(step);
    data.set("why", why);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(personDraft(m_desk, "step.skipped", file, person, std::move(data))));
    if (m_desk.approvals && !step.request.empty()) // nobody approves what nobody wants any more
        CORDON_CHECK(voidRequest(file, step.request, "step_settled"));
    step.state = StepState::Skipped;
    step.doneBy = person;
    step.note = {"step.said", {{"text", why}}};
    m_onChange(file);
    return {};
}

Result<void> Responder::keepContained(IncidentFile& file, Step& step, Timestamp until, const std::string& person)
{
    if (step.state != StepState::Verified || !step.leaseUntil)
        return fail(ErrorCode::Invalid, step.id + ": this step has no lease");
    if (until <= m_desk.clock->now())
        return fail(ErrorCode::Invalid, "the new end lies in the past");
    if (until > m_desk.mandate->validUntil) // a lease without an end would be a verb that the mandate does not name
        return fail(ErrorCode::Denied, "keep_too_long: mandate " + m_desk.mandate->id + " revision " +
                                           std::to_string(m_desk.mandate->revision) + " ends " +
                                           m_desk.mandate->validUntil.toString() + "; nothing is kept beyond that");
    Value data = stepData(step);
    data.set("until", until.toString());
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(personDraft(m_desk, "lease.extended", file, person, std::move(data))));
    step.leaseUntil = until;
    step.isLeaseOverdue = false;
    m_onChange(file);
    return {};
}

Result<void> Responder::tick(IncidentFile& file, const std::stop_token& stop)
{
    for (Step& step : file.plan.steps) {
        if (step.state == StepState::AwaitingApproval) {
            const govern::DeskRequest* held = m_desk.approvals->find(step.request);
            if (held && held->state != govern::RequestState::Pending && held->state != govern::RequestState::Approved) {
                step.state = StepState::Expired;
                step.note = {"step.request." + std::string(govern::toString(held->state)), {}};
                m_onChange(file);
            }
        }
        const bool hasEnded = step.leaseUntil && m_desk.clock->now() >= *step.leaseUntil;
        const bool isKnown = !m_desk.lostUndos.contains(step.id); // else it may be taken back already
        if (step.state == StepState::Verified && hasEnded && isKnown && !step.isLeaseOverdue && !m_desk.needsReauthentication &&
            m_desk.killSwitch->state() == govern::StopState::Running)
            CORDON_CHECK(decideLease(file, step, stop));
    }
    return {};
}

Result<void> Responder::decideLease(IncidentFile& file, Step& step, const std::stop_token& stop)
{
    const bool hasMoreSince = step.executedAt && file.incident.lastSeen > *step.executedAt;
    Text why;
    if (step.isTargetMadeByIncident)
        why.code = "step.lease_kept.made";
    else if (file.isConfirmedByPerson)
        why.code = "step.lease_kept.confirmed";
    else if (hasMoreSince)
        why.code = "step.lease_kept.events";
    if (why.code.empty()) {
        auto undone = undo(file, step, {Actor::Kind::Agent, m_desk.agentId}, false, stop);
        if (undone)
            return {};
        why = {"step.lease_kept.other", {{"text", undone.error().detail}}};
    }
    Value data = stepData(step);
    data.set("why", words::english(why));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_desk.journal->write(m_desk.draft("lease.overdue", file, std::move(data))));
    step.isLeaseOverdue = true;
    step.note = std::move(why);
    m_onChange(file);
    return {};
}

} // namespace cordon::engine
