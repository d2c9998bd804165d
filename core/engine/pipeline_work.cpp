// How incidents are worked on: one after the other in a replay, side by side in a living console.
#include "core/base/log.h"
#include "core/engine/pipeline.h"
#include "core/engine/stage_time.h"
#include "core/engine/step_history.h"

#include <algorithm>

namespace cordon::engine {

plan::ConnectorView Pipeline::connectorView() const
{
    plan::ConnectorView view;
    if (m_lines && !m_views.empty()) {
        view = m_views.back();
        view.doerOf = [this](const std::string& verb, const EntityRef& entity) -> const plan::ConnectorView* {
            for (std::size_t i = 0; i < m_views.size(); ++i) {
                if (m_lines->all()[i]->holds(entity) && m_views[i].can(verb))
                    return &m_views[i];
            }
            // A record of changes is about things that other systems hold.
            const bool isAnywhere = m_folder->isExercise() || verb.starts_with("change.");
            const auto able = std::find_if(m_views.rbegin(), m_views.rend(), [&](const auto& one) { return one.can(verb); });
            return isAnywhere && able != m_views.rend() ? &*able : nullptr;
        };
        return view;
    }
    view.name = "none";
    for (const Verb& verb : verbCatalogue())
        view.verbs.emplace_back(verb.name);
    return view;
}

Result<void> Pipeline::advance(Timestamp upTo, const std::stop_token& stop)
{
    CORDON_CHECK(beat());
    std::vector<IncidentId> changed;
    {
        const StageTime time(m_seconds, "correlate");
        const auto isBusy = [this](IncidentId id) { return m_work.isBusy(id); };
        const auto takeIn = [&]() -> Result<void> {
            CORDON_TRY(changed, m_incidents->take(upTo, connectorView(), isBusy));
            for (const IncidentId id : changed)
                CORDON_CHECK(saveIncident(m_folder->store(), m_files.at(id), *m_indexKey));
            return {};
        };
        CORDON_CHECK(m_folder->store().write(takeIn));
        CORDON_CHECK(noteJoined());
    }
    const StageTime time(m_seconds, "act");
    for (const IncidentId id : changed) {
        if (stop.stop_requested())
            break;
        CORDON_CHECK(onIncident(
            id, [this](IncidentFile& file, const std::stop_token& ends) { return workAlone(file, ends); }, stop));
    }
    CORDON_CHECK(openWaiting(stop));
    savePages();
    notify();
    return {};
}

Result<void> Pipeline::settle(Timestamp upTo, const std::stop_token& stop)
{
    CORDON_CHECK(advance(upTo, stop));
    std::vector<IncidentId> all;
    const auto isBusy = [this](IncidentId id) { return m_work.isBusy(id); };
    CORDON_CHECK(m_folder->store().write([&]() -> Result<void> {
        CORDON_TRY(all, m_incidents->refreshAll(upTo, connectorView(), isBusy));
        return {};
    }));
    for (const IncidentId id : all)
        CORDON_CHECK(onIncident(
            id, [this](IncidentFile& file, const std::stop_token& ends) { return workAlone(file, ends); }, stop));
    savePages();
    notify();
    return {};
}

Result<void> Pipeline::onIncident(IncidentId incident, Job job, const std::stop_token& stop)
{
    if (!m_work.isShared())
        return job(m_files.at(incident), stop);
    JobCause cause = std::exchange(m_cause, {});
    m_work.add(
        incident,
        [this, incident, job = std::move(job), cause = std::move(cause)](const std::stop_token& ends) {
            const auto place = m_files.find(incident);
            endJob(incident, cause,
                   place != m_files.end() ? job(place->second, ends)
                                          : fail(ErrorCode::NotFound, toString(incident) + " is gone: merged"));
        },
        stop);
    return {};
}

void Pipeline::endJob(IncidentId incident, const JobCause& cause, const Result<void>& done)
{
    if (!done && !m_journal->isHealthy())
        m_failure = done.error();
    else if (!done && done.error().code == ErrorCode::DiskFull)
        pauseForRoom(done.error());
    if (cause.order) {
        if (auto ended = endOrder(*cause.order, done); !ended)
            m_failure = ended.error();
    }
    if (cause.file) {
        if (auto ended = endCommandFile(*cause.file, done); !ended)
            m_failure = ended.error();
    }
    savePages();
    if (done) {
        notify();
        return;
    }
    logWarning(toString(incident) + ": " + done.error().detail);
    notify(Text{"engine.command_refused", {{"why", done.error().detail}}}, true);
}

Result<void> Pipeline::workAlone(IncidentFile& file, const std::stop_token& stop)
{
    auto done = work(file, true, stop);
    if (done || !m_journal->isHealthy() || done.error().code == ErrorCode::DiskFull)
        return done;
    // What is wrong with one incident (a hostile record, say) must not hold up the others.
    notify(Text{"engine.incident_failed", {{"incident", toString(file.incident.id)}, {"why", done.error().detail}}}, true);
    logError(toString(file.incident.id) + ": " + done.error().detail);
    return {};
}

Result<void> Pipeline::work(IncidentFile& file, bool isNew, const std::stop_token& stop)
{
    m_desk.logReaches = m_notice.logReaches;
    CORDON_CHECK(reopenOnNews(file));
    if (!m_desk.canAct() || file.incident.status == IncidentStatus::Closed) {
        onChange(file);
        return {};
    }
    CORDON_TRY(const bool mayConclude, m_responder->mayConclude(file));
    if (!mayConclude) {
        onChange(file);
        return {};
    }
    const std::string session = file.session.id;
    CORDON_TRY(const bool hasSession, m_responder->openSession(file));
    if (!hasSession) {
        for (Step& step : file.plan.steps) {
            if (step.note.code.empty())
                step.note = {"step.waits.session", {}};
        }
        onChange(file);
        return {};
    }
    if (isNew || file.session.id != session) {
        CORDON_TRY(const std::vector<Event> misuse, m_incidents->misuseEvents(file));
        CORDON_CHECK(m_responder->verifyScope(file, misuse, m_incidents->independentFindings(file), stop));
        CORDON_CHECK(m_incidents->addConsumers(file, connectorView()));
    }
    CORDON_CHECK(m_responder->advance(file, stop));
    const bool isOver = !m_responder->hasOpenLoop(file) && std::none_of(file.plan.steps.begin(), file.plan.steps.end(), [](const Step& step) {
        return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval ||
               step.state == StepState::Paused || step.state == StepState::Executing;
    });
    if (isOver)
        CORDON_CHECK(m_responder->closeSession(file, "done"));
    onChange(file);
    return {};
}

Result<void> Pipeline::openWaiting(const std::stop_token& stop)
{
    if (!m_desk.canAct())
        return {};
    std::vector<IncidentFile*> waiting;
    for (auto& [id, file] : m_files) {
        if (file.session.isWaiting && !m_work.isBusy(id))
            waiting.push_back(&file);
    }
    std::stable_sort(waiting.begin(), waiting.end(),
                     [](const IncidentFile* a, const IncidentFile* b) { return a->incident.risk > b->incident.risk; });
    for (IncidentFile* file : waiting) {
        if (!m_desk.mayOpenSession() || stop.stop_requested())
            break;
        CORDON_CHECK(onIncident(
            file->incident.id, [this](IncidentFile& next, const std::stop_token& ends) { return workAlone(next, ends); },
            stop));
    }
    return {};
}

/// Time that the loop lost is told: nothing was judged or begun in it.
Result<void> Pipeline::beat()
{
    const Duration gap = m_heartbeat.beat();
    if (m_failure)
        return fail(*m_failure);
    if (!m_isAgentReady || gap < m_desk.mandate->killSwitch.heartbeat)
        return {};
    LedgerDraft draft;
    draft.type = "agent.heartbeat_missed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"seconds", gap.count() / 1'000'000}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

bool Pipeline::isAnythingDue(const IncidentFile& file) const
{
    const Timestamp now = m_clock.now();
    if (!m_responder->overBecause(file).empty() || m_responder->waitsForRound(file))
        return true;
    return std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& step) {
        const auto look = m_lookAgainAfter.find(step.id);
        const bool isOpen = m_responder->isToBeLookedAt(step) || Responder::waitsForLater(step);
        const bool isToLookAt = isOpen && (look == m_lookAgainAfter.end() || now >= look->second);
        const bool hasLeaseEnded = step.state == StepState::Verified && step.leaseUntil && !step.isLeaseOverdue &&
                                   !m_desk.lostUndos.contains(step.id) && !m_desk.needsReauthentication && now >= *step.leaseUntil;
        const govern::DeskRequest* asked =
            step.state == StepState::AwaitingApproval ? m_desk.approvals->find(step.request) : nullptr;
        const bool hasRequestEnded = asked && asked->state != govern::RequestState::Pending &&
                                     asked->state != govern::RequestState::Approved;
        return isToLookAt || hasLeaseEnded || hasRequestEnded;
    });
}

/// What time brings to one incident: requests and leases that end, outcomes to look at, a session that runs out.
Result<void> Pipeline::tickIncident(IncidentFile& file, const std::stop_token& stop)
{
    CORDON_CHECK(m_responder->tick(file, stop));
    bool isToJudge = false;
    for (Step& step : file.plan.steps) {
        const bool isHeld = Responder::waitsForLater(step);
        if ((!m_responder->isToBeLookedAt(step) && !isHeld) || stop.stop_requested())
            continue;
        Timestamp& after = m_lookAgainAfter.try_emplace(step.id, m_clock.now()).first->second;
        if (m_clock.now() < after)
            continue;
        after = m_clock.now() + std::chrono::minutes(1);
        isToJudge = isToJudge || isHeld;
        if (isHeld)
            continue;
        CORDON_CHECK(m_responder->settle(file, step, stop));
        after = m_clock.now() + m_responder->patience(step);
    }
    isToJudge = isToJudge || m_responder->waitsForRound(file);
    const std::string over = m_responder->overBecause(file);
    if (m_killSwitch->state() != govern::StopState::Running || (over.empty() && !isToJudge))
        return {};
    if (over.empty())
        return workAlone(file, stop);
    // Idle: nothing is left to do until something comes. Out of time with work left: a new session judges it anew.
    if (over == "ttl")
        return workAlone(file, stop);
    CORDON_CHECK(m_responder->closeSession(file, over));
    onChange(file);
    return {};
}

/// Sessions whose time ended while nobody held the case: nothing of theirs is left afterwards.
Result<void> Pipeline::cleanUpSessions()
{
    for (auto& [id, file] : m_files) {
        const std::string over = m_responder->overBecause(file);
        if (!over.empty())
            CORDON_CHECK(m_responder->closeSession(file, over + ", found at the start"));
    }
    std::vector<IncidentId> gone; // whose session was not ended when they went into another
    for (const auto& [id, absorbed] : m_incidents->absorbed())
        gone.push_back(id);
    for (const IncidentId id : gone)
        CORDON_CHECK(endSessionOfGone(id));
    return {};
}

} // namespace cordon::engine
