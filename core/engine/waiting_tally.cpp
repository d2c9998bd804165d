#include "core/engine/waiting_tally.h"

namespace cordon::engine {

void WaitingTally::recount(const IncidentFiles& files)
{
    m_ofIncidents.clear();
    m_sum = {};
    for (const auto& [id, file] : files)
        count(file);
}

void WaitingTally::count(const IncidentFile& changed)
{
    const IncidentId id = changed.incident.id;
    const auto before = m_ofIncidents.find(id);
    if (before != m_ofIncidents.end()) {
        add(before->second, -1);
        m_ofIncidents.erase(before);
    }
    const Counts now = of(changed);
    if (now == Counts())
        return;
    add(now, 1);
    m_ofIncidents.emplace(id, now);
}

WaitingTally::Counts WaitingTally::of(const IncidentFile& file)
{
    Counts counts;
    bool isOpen = false; // somebody has to ask again
    for (const Step& step : file.plan.steps) {
        counts.approvals += step.state == StepState::AwaitingApproval ? 1 : 0;
        counts.executing += step.state == StepState::Executing ? 1 : 0;
        isOpen = isOpen || (step.state == StepState::Expired && file.incident.status != IncidentStatus::Closed);
    }
    counts.incidents = counts.approvals > 0 || isOpen ? 1 : 0;
    return counts;
}

void WaitingTally::add(const Counts& counts, int sign)
{
    m_sum.approvals += sign * counts.approvals;
    m_sum.incidents += sign * counts.incidents;
    m_sum.executing += sign * counts.executing;
}

} // namespace cordon::engine
