// What waits for people: asking again, saying that one is here after the machine lost its clock, who is told next.
#include "core/engine/codec.h"
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_escalation.h"
#include "core/govern/approval_text.h"

#include <algorithm>
#include <chrono>

namespace cordon::engine {
namespace {

constexpr Duration backwardTolerance = std::chrono::seconds(2);
/// How far the wall clock may get ahead of the running time, besides a thousandth of it: what is set right little by
/// little stays below.
constexpr Duration forwardTolerance = std::chrono::minutes(1);

} // namespace

Result<void> Pipeline::applyOne(const AskAgain& again, const std::stop_token& stop)
{
    return onStep(again.step, stop, [this, again](IncidentFile& file, Step& step, const std::stop_token& ends) -> Result<void> {
        if (file.incident.status == IncidentStatus::Closed)
            return fail(ErrorCode::Invalid, step.id + ": the incident is closed; open it again first");
        if (step.state != StepState::Expired)
            return fail(ErrorCode::Invalid, step.id + ": only what ran out or became void can be asked again");
        if (!again.by.empty()) {
            const govern::Person* person = m_desk.people.find(again.by);
            if (!person || (!person->hasRole("analyst") && !person->hasRole("commander")))
                return fail(ErrorCode::Denied, "role_missing: an analyst or a commander asks again");
        }
        LedgerDraft draft = personDraft("approval.asked_again", again.by,
                                        Value::Object{{"step", step.id}, {"request", step.request}});
        draft.incident = toString(file.incident.id);
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        m_desk.askedBy[step.id].push_back(again.by); // who asks does not approve
        step.state = StepState::Proposed;
        return work(file, false, ends); // in a new session, where the old one ran out
    });
}

Result<void> Pipeline::applyOne(const ContinueSession& asked, const std::stop_token& stop)
{
    if (!m_desk.canAct() || !m_files.contains(asked.incident))
        return fail(ErrorCode::NotFound, "no agent works on " + toString(asked.incident));
    const Job goOn = [this, asked](IncidentFile& file, const std::stop_token& ends) -> Result<void> {
        CORDON_CHECK(m_responder->continueSession(file, asked.by));
        return work(file, true, ends);
    };
    return onIncident(asked.incident, goOn, stop);
}

Result<void> Pipeline::applyOne(const Present& present, const std::stop_token& stop)
{
    return trustClock(present.by, "", stop);
}

Result<void> Pipeline::applyOne(const KeepContained& keep, const std::stop_token& stop)
{
    const auto incident = std::find_if(m_files.begin(), m_files.end(),
                                       [&](const auto& item) { return toString(item.first) == keep.step; });
    if (incident == m_files.end()) {
        return onStep(keep.step, stop, [this, keep](IncidentFile& file, Step& step, const std::stop_token&) {
            return m_responder->keepContained(file, step, keep.until, keep.by);
        });
    }
    const Job keepAll = [this, keep](IncidentFile& file, const std::stop_token&) -> Result<void> {
        bool isAny = false;
        for (Step& step : file.plan.steps) {
            if (step.state != StepState::Verified || !step.leaseUntil || *step.leaseUntil >= keep.until)
                continue;
            CORDON_CHECK(m_responder->keepContained(file, step, keep.until, keep.by));
            isAny = true;
        }
        return isAny ? Result<void>() : fail(ErrorCode::Invalid, keep.step + ": no lease ends before that");
    };
    return onIncident(incident->first, keepAll, stop);
}

Result<void> Pipeline::noteClock()
{
    if (!m_desk.approvals || m_desk.needsReauthentication)
        return {};
    if (m_machine.now() < m_journal->lastTime() - backwardTolerance)
        return distrustClock("clock_back");
    if (!m_clockMark)
        m_clockMark = ClockMark{m_machine.now(), m_machine.monotonicNanos()};
    const Duration ran((m_machine.monotonicNanos() - m_clockMark->mono) / 1000);
    if (m_machine.now() - m_clockMark->wall > ran + ran / 1000 + forwardTolerance)
        return distrustClock("clock_ahead"); // it would end every lease at once
    return {};
}

Result<void> Pipeline::distrustClock(const std::string& why)
{
    m_desk.needsReauthentication = true;
    LedgerDraft draft;
    draft.type = "clock.distrusted";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"why", why}};
    const std::vector<Value> ended = m_desk.approvals->voidAll(why, m_clock.now());
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    CORDON_CHECK(writeDesk(ended, "approval.ended"));
    notify(Text{"engine.clock_distrusted", {{"why", why}}}, true);
    return {};
}

Timestamp Pipeline::reached() const
{
    return std::max(m_reached, m_folder->ledger().reached());
}

/// What was signed for a time before one that the ledger had reached says so itself, or it is an order of long ago that somebody
/// kept until a clock was set back.
Result<void> Pipeline::checkClock(const govern::Command& command) const
{
    constexpr Duration freshness = std::chrono::minutes(10);
    const std::string told = reached().toString();
    if (command.issued >= reached() - freshness || command.args["clock"].asString() == told)
        return {};
    return fail(ErrorCode::Denied, "clock_set_back: the clock was set back from " + told + ", and what was signed does not say so; sign it again");
}

/// Somebody signed something now: the clock and the machine are theirs to vouch for.
/// @param clock  the time that they named, from which a clock was set back; "" when they named none
Result<void> Pipeline::trustClock(const std::string& person, const std::string& clock, const std::stop_token& stop)
{
    const bool isNamed = !clock.empty() && clock == reached().toString();
    if (!m_desk.needsReauthentication && !isNamed)
        return {};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_journal->write(personDraft("clock.trusted", person, isNamed ? Value::Object{{"clock", clock}} : Value::Object{})));
    if (isNamed)
        m_reached = {};
    m_journal->setLastTime(m_machine.now());
    m_clockMark.reset();
    m_desk.needsReauthentication = false;
    if (!m_desk.approvals)
        return {};
    const Job askAnew = [this](IncidentFile& file, const std::stop_token& ends) {
        for (Step& step : file.plan.steps) { // what became void with the clock is asked anew
            const govern::DeskRequest* held = m_desk.approvals->find(step.request);
            const bool isVoid = held && held->state == govern::RequestState::Void &&
                                (held->why == "boot_changed" || held->why == "clock_back" || held->why == "clock_ahead");
            if (isVoid && (step.state == StepState::Expired || step.state == StepState::AwaitingApproval))
                step.state = StepState::Proposed;
        }
        return work(file, false, ends);
    };
    std::vector<IncidentId> all;
    for (const auto& [id, file] : m_files)
        all.push_back(id);
    const JobCause cause = std::exchange(m_cause, {}); // it waits for its own job, not for these
    Result<void> asked;
    for (std::size_t i = 0; i < all.size() && asked; ++i)
        asked = onIncident(all[i], askAnew, stop);
    m_cause = cause;
    return asked;
}

Result<std::string> Pipeline::requestText(const std::string& request, int slot) const
{
    const govern::DeskRequest* held = m_desk.approvals ? m_desk.approvals->find(request) : nullptr;
    if (!held)
        return fail(ErrorCode::NotFound, "no request " + request + " in this case");
    return govern::signRequest(held->request, m_desk.agentId, *m_desk.agentKey, slot);
}

/// A revoked key takes its approvals with it, and what was asked about a target that left the incident is void.
Result<void> Pipeline::voidStale()
{
    if (!m_desk.approvals)
        return {};
    std::vector<Value> ended;
    const auto take = [&](std::vector<Value> events) { ended.insert(ended.end(), events.begin(), events.end()); };
    for (const govern::Person& person : m_desk.people.all()) {
        if (person.isRevoked)
            take(m_desk.approvals->voidPerson(person.id, "key_revoked", m_clock.now()));
    }
    for (const auto& [id, held] : m_desk.approvals->all()) {
        const bool isOpen =
            held.state == govern::RequestState::Pending || held.state == govern::RequestState::Approved;
        const IncidentFile* file = isOpen ? fileOfStep(held.request.step) : nullptr;
        const auto action = file ? govern::actionFromBytes(held.request.actionBytes)
                                 : Result<Action>(fail(ErrorCode::NotFound, "no step"));
        if (!action)
            continue;
        for (const EntityRef& target : action->targets) {
            const auto& members = file->incident.members;
            const bool isMember = std::any_of(members.begin(), members.end(), [&](const IncidentMember& member) {
                return member.entity == target;
            });
            if (!isMember)
                take(m_desk.approvals->voidTarget(target, "membership_changed", m_clock.now()));
        }
    }
    return writeDesk(ended, "approval.ended");
}

Result<void> Pipeline::escalate()
{
    if (m_killSwitch->state() != govern::StopState::Running)
        return {};
    for (const auto& [id, held] : m_desk.approvals->all()) {
        const IncidentFile* file =
            held.state == govern::RequestState::Pending ? fileOfStep(held.request.step) : nullptr;
        if (!file)
            continue;
        const Severity severity = file->incident.severity;
        const int level = govern::escalationLevel(severity, held.request, m_clock.now());
        if (level <= held.escalation)
            continue;
        const std::string to = govern::escalatedTo(level, m_desk.mandate->owner);
        LedgerDraft draft;
        draft.type = "approval.escalated";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.incident = held.request.incident;
        draft.mandate = m_desk.mandate->digest;
        draft.data = Value::Object{{"request", id},
                                   {"step", held.request.step},
                                   {"to", to},
                                   {"severity", toString(severity)},
                                   {"approve_by", held.request.approveBy.toString()},
                                   {"desk", m_desk.approvals->escalated(id, level)}};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        notify(Text{"engine.approval_escalated",
                    {{"request", id}, {"to", to}, {"until", held.request.approveBy.toString()}}});
    }
    return {};
}

} // namespace cordon::engine
