// How incidents are closed with a verdict, and opened again by people or by new alerts.
#include "core/engine/incident_closing.h"
#include "core/engine/person_draft.h"
#include "core/engine/pipeline.h"

namespace cordon::engine {
namespace {

constexpr std::size_t longestReason = 8000;

Result<void> checkReason(const std::string& reason)
{
    if (reason.empty() || reason.size() > longestReason)
        return fail(ErrorCode::Invalid, "a reason has 1 to 8,000 bytes");
    return {};
}

} // namespace

Result<void> Pipeline::applyOne(const CloseIncident& asked, const std::stop_token& stop)
{
    CORDON_CHECK(checkReason(asked.reason));
    if (!m_files.contains(asked.incident))
        return fail(ErrorCode::NotFound, "no incident " + toString(asked.incident));
    const Job close = [this, asked](IncidentFile& file, const std::stop_token&) -> Result<void> {
        if (file.incident.status == IncidentStatus::Closed)
            return fail(ErrorCode::Invalid, toString(asked.incident) + ": it is closed already");
        Value::Array leases;
        for (const Step& step : file.plan.steps) {
            if (step.state == StepState::Verified && step.leaseUntil)
                leases.push_back(Value::Object{{"step", step.id}, {"until", step.leaseUntil->toString()}});
        }
        Value::Array undoable;
        for (const Step* step : undoableSteps(file.plan))
            undoable.emplace_back(step->id);
        Value data = Value::Object{{"verdict", toString(asked.verdict)},
                                   {"reason", asked.reason},
                                   {"alerts", static_cast<std::int64_t>(file.incident.alerts.size())},
                                   {"leases", std::move(leases)}};
        if (asked.verdict == Verdict::FalsePositive)
            data.set("undo_offered", std::move(undoable));
        LedgerDraft draft = personDraft("incident.closed", asked.by, data);
        draft.incident = toString(asked.incident);
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        takeClosing(file, "incident.closed", asked.by, m_clock.now(), data);
        if (m_desk.canAct()) {
            file.session.isWaiting = false;
            CORDON_CHECK(m_responder->closeSession(file, "incident_closed"));
        }
        onChange(file);
        return {};
    };
    return onIncident(asked.incident, close, stop);
}

Result<void> Pipeline::applyOne(const ReopenIncident& asked, const std::stop_token& stop)
{
    CORDON_CHECK(checkReason(asked.reason));
    if (!m_files.contains(asked.incident))
        return fail(ErrorCode::NotFound, "no incident " + toString(asked.incident));
    const Job reopen = [this, asked](IncidentFile& file, const std::stop_token& ends) -> Result<void> {
        if (file.incident.status != IncidentStatus::Closed)
            return fail(ErrorCode::Invalid, toString(asked.incident) + ": it is not closed");
        LedgerDraft draft = personDraft("incident.reopened", asked.by, Value::Object{{"reason", asked.reason}});
        draft.incident = toString(asked.incident);
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        takeClosing(file, "incident.reopened", asked.by, m_clock.now(), {});
        return work(file, true, ends);
    };
    return onIncident(asked.incident, reopen, stop);
}

/// What came after the verdict was not part of it.
Result<void> Pipeline::reopenOnNews(IncidentFile& file)
{
    const auto alerts = static_cast<std::int64_t>(file.incident.alerts.size());
    if (!file.closing || alerts <= file.closing->alerts)
        return {};
    LedgerDraft draft;
    draft.type = "incident.reopened";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.incident = toString(file.incident.id);
    draft.data = Value::Object{{"alerts", alerts}, {"alerts_before", file.closing->alerts}};
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    takeClosing(file, "incident.reopened", "cordon", m_clock.now(), {});
    return {};
}

} // namespace cordon::engine
