// Halting, in this case and in the whole installation, and going on.
#include "core/engine/codec.h"
#include "core/engine/people_office.h"
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"

namespace cordon::engine {

Result<void> Pipeline::applyOne(const Halt& halt, const std::stop_token&)
{
    // What stops does so in memory first: nothing of it waits for room on a disk.
    auto halted = m_killSwitch->halt(halt.by, halt.why, m_machine.now(), halt.isDrill);
    if (!m_haltedAt)
        m_haltedAt = m_clock.now();
    const int revoked = m_desk.permits->revokeAgents();
    const auto ended = m_desk.approvals ? m_desk.approvals->voidAll("halted", m_clock.now()) : std::vector<Value>();
    const auto record = m_killSwitch->record();
    const std::string id = record ? record->id : std::string();
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_journal->write(personDraft("agent.halted", halt.by,
                                            Value::Object{{"why", halt.why},
                                                          {"permits_revoked", revoked},
                                                          {"halt", id},
                                                          {"switch", isExercise() ? "case" : "installation"}})));
    m_lastStop = govern::StopState::Halted; // that entry says it; without it the next tick does
    m_notedHalt = id;
    if (halt.isDrill)
        CORDON_CHECK(noteDrill(halt.by, revoked));
    if (m_desk.approvals)
        CORDON_CHECK(writeDesk(ended, "approval.void"));
    return halted;
}

/// The PINs of an exercise are no secret: its people do not lift what halts the whole installation.
/// @return "" for its own people, and where it has none yet
std::string Pipeline::whyNotLift(const std::vector<std::string>& persons) const
{
    const auto roll = PeopleOffice::roll(m_options.home);
    if (!roll)
        return "installation_halted: its people cannot be checked: " + roll.error().detail;
    for (const std::string& id : roll->isEmpty() ? std::vector<std::string>() : persons) {
        const govern::Person* enrolled = roll->people().find(id);
        const govern::Person* here = m_desk.people.find(id);
        if (!enrolled || enrolled->isRevoked || !here || here->key != enrolled->key)
            return "installation_halted: the whole installation is halted, which only its own enrolled people lift; " +
                   id + " is not one of them in this case";
    }
    return {};
}

Result<void> Pipeline::applyOne(const Resume& resume, const std::stop_token& stop)
{
    govern::KillSwitch& installation = m_killSwitch->installation();
    const bool isOwn = &installation != m_killSwitch.get() && m_killSwitch->ownState() != govern::StopState::Running;
    const bool isWider = !isOwn || installation.state() != govern::StopState::Running;
    const std::string refused = isWider ? whyNotLift(resume.by) : std::string();
    if (!isOwn && !refused.empty())
        return fail(ErrorCode::Denied, refused);
    const govern::ResumeRule rule = m_desk.mandate ? govern::ResumeRule{m_desk.mandate->killSwitch.resumeT0,
                                                                        m_desk.mandate->killSwitch.resumeT1}
                                                   : govern::ResumeRule();
    if (isOwn)
        CORDON_CHECK(m_killSwitch->resume(resume.by, m_machine.now(), rule));
    if (isWider && refused.empty())
        CORDON_CHECK(installation.resume(resume.by, m_machine.now(), rule));
    const govern::StopState state = m_killSwitch->state();
    m_lastStop = state;
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry,
               m_journal->write(personDraft("agent.resumed", resume.by.empty() ? "" : resume.by.front(),
                                            Value::Object{{"by", codec::textList(resume.by)},
                                                          {"state", govern::toString(state)}})));
    if (!refused.empty())
        return fail(ErrorCode::Denied, "the case's own halt was taken back, the installation's stays: " + refused);
    return state == govern::StopState::Running ? goOn(stop) : Result<void>();
}

/// Nothing is halted any more: everything is judged again, and what waited is asked afresh.
Result<void> Pipeline::goOn(const std::stop_token& stop)
{
    m_notedHalt.clear();
    CORDON_CHECK(freezeLeases(std::max(Duration(0), m_clock.now() - m_haltedAt.value_or(m_clock.now()))));
    m_haltedAt.reset();
    const Job again = [this](IncidentFile& file, const std::stop_token& ends) {
        for (Step& step : file.plan.steps) { // judged again; requests were void while halted
            if (step.state == StepState::AwaitingApproval || step.state == StepState::Expired)
                step.state = StepState::Proposed;
        }
        return work(file, true, ends); // nothing could be asked while halted: the scope is looked at anew
    };
    std::vector<IncidentId> all;
    for (const auto& [id, file] : m_files)
        all.push_back(id);
    for (const IncidentId id : all)
        CORDON_CHECK(onIncident(id, again, stop));
    return {};
}

/// A halt that came from elsewhere (another console, a terminal, a file) belongs into this case's record too.
Result<void> Pipeline::noteStops(const std::stop_token& stop)
{
    const govern::StopState state = m_killSwitch->state();
    const govern::StopState before = std::exchange(m_lastStop, state);
    if (state == before)
        return {};
    auto noted = noteStop(state, stop);
    if (!noted && noted.error().code == ErrorCode::DiskFull)
        m_lastStop = before; // not written: seen again once there is room
    return noted;
}

Result<void> Pipeline::noteStop(govern::StopState state, const std::stop_token& stop)
{
    if (state == govern::StopState::Running) {
        LedgerDraft lifted;
        lifted.type = "agent.resumed";
        lifted.actor = {Actor::Kind::Engine, "cordon"};
        lifted.data = Value::Object{{"state", govern::toString(state)}, {"from", "outside this console"}};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(lifted)));
        return m_desk.canAct() ? goOn(stop) : Result<void>();
    }
    const auto record = m_killSwitch->record();
    const bool isNoted = record && record->id == m_notedHalt; // when the case was held before
    if (!m_haltedAt)
        m_haltedAt = m_clock.now();
    const int revoked = m_desk.permits->revokeAgents();
    if (m_desk.approvals && (!isNoted || state != govern::StopState::ObserveOnly))
        CORDON_CHECK(writeDesk(m_desk.approvals->voidAll("halted", m_clock.now()), "approval.void"));
    if (isNoted) {
        notify();
        return {};
    }
    const bool isGone = !record && !m_notedHalt.empty();
    const std::string id = record ? record->id : m_notedHalt; // a halt whose file is gone stays that halt
    const std::string why = record   ? record->why
                            : isGone ? "the file of a halt that nobody took back is gone: it holds until people resume"
                                     : "the halt file cannot be read";
    const bool isOwn = isExercise() && m_killSwitch->ownState() >= m_killSwitch->installation().state();
    LedgerDraft draft = personDraft("agent.halted", record ? record->who : "unknown",
                                    Value::Object{{"why", why},
                                                  {"state", govern::toString(state)},
                                                  {"switch", isOwn ? "case" : "installation"},
                                                  {"permits_revoked", revoked},
                                                  {"halt", id},
                                                  {"from", "outside this console"}});
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    m_notedHalt = id;
    if (record && record->isDrill && state != govern::StopState::ObserveOnly)
        CORDON_CHECK(noteDrill(record->who, revoked));
    notify();
    return {};
}

/// A halt that came and went while nothing was written down (nobody held the case, or the disk was full) voids what
/// people said before it all the same (R7).
Result<void> Pipeline::noteHaltsSince(Timestamp time)
{
    const bool cameAndWent = m_killSwitch->lastLifted() > std::optional(time);
    if (cameAndWent && m_desk.approvals)
        CORDON_CHECK(writeDesk(m_desk.approvals->voidAll("halted", m_clock.now()), "approval.void"));
    if ((cameAndWent || !m_notedHalt.empty()) && m_lastStop == govern::StopState::Running)
        m_lastStop = govern::StopState::Halted; // seen next
    return {};
}

/// Leases stood still while the agent was halted: each goes on as long as it had left.
Result<void> Pipeline::freezeLeases(Duration frozen)
{
    std::vector<LedgerDraft> drafts;
    for (auto& [id, file] : m_files) {
        for (Step& step : file.plan.steps) {
            if (step.state != StepState::Verified || !step.leaseUntil || step.isLeaseOverdue)
                continue;
            step.leaseUntil = *step.leaseUntil + frozen;
            LedgerDraft draft = m_desk.draft(
                "lease.extended", file,
                Value::Object{{"step", step.id}, {"until", step.leaseUntil->toString()}, {"why", "frozen while halted"}});
            draft.actor = {Actor::Kind::Engine, "cordon"};
            drafts.push_back(std::move(draft));
        }
    }
    return m_journal->writeAll(std::move(drafts));
}

/// What a drill shows: another look at the switch says halted, and nothing that was on its way may begin.
Result<void> Pipeline::noteDrill(const std::string& who, int permitsRevoked)
{
    const govern::KillSwitch asOthersSeeIt(record::haltPath(m_folder->path()), m_options.home / "halt");
    LedgerDraft draft;
    draft.type = "halt.drill";
    draft.actor = {Actor::Kind::Engine, "cordon"}; // anybody may halt, under any name
    draft.data = Value::Object{{"by", who},
                               {"state", govern::toString(asOthersSeeIt.state())},
                               {"permits_revoked", permitsRevoked},
                               {"next_due", (m_machine.now() + govern::drillEvery).toString()}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

/// A warning for people and nothing more: an overdue drill refuses nothing.
void Pipeline::warnOfDrill()
{
    const std::string where = isExercise() ? ".exercise" : "";
    switch (govern::drillState(m_killSwitch->lastDrill(), m_machine.now())) {
    case govern::DrillState::Fine: return;
    case govern::DrillState::DueSoon: notify(Text{"drill.due_soon" + where, {}}); return;
    case govern::DrillState::Overdue: notify(Text{"drill.overdue" + where, {}}); return;
    }
}

} // namespace cordon::engine
