#include "core/record/undo_audit.h"

#include "core/base/exact_time.h"

namespace cordon::record {

std::string UndoAudit::add(const LedgerEntry& entry)
{
    const Value& data = entry.data;
    const std::string& step = data["step"].asString();
    const bool isOutcome = entry.type.starts_with("outcome.") && !data["undo"].asBool();
    if (isOutcome || entry.type == "step.settled") {
        if (const auto until = exactTime(data["lease_until"].asString()))
            m_leases.insert_or_assign(step, *until);
        else
            m_leases.erase(step);
    } else if (entry.type == "lease.overdue") {
        m_leases.erase(step); // it was kept
    } else if (entry.type == "lease.extended") {
        const auto before = m_leases.find(step);
        const auto until = exactTime(data["until"].asString());
        if (entry.actor.kind != Actor::Kind::Person && (before == m_leases.end() || !until || *until < before->second))
            return "a lease that was shortened, or given anew, by nobody";
        if (until)
            m_leases.insert_or_assign(step, *until);
    } else if (entry.type == "step.done_elsewhere" && data["outcome"]["state"].asString() == "verified") {
        confirm(entry.incident);
    } else if (entry.type == "incident.absorbed" || entry.type == "incident.restored") {
        m_isArranged = true;
    }
    return {};
}

bool UndoAudit::isStanding(const std::string& digest, const std::string& step) const
{
    const auto done = m_done.find(digest);
    return done != m_done.end() && done->second.contains(step);
}

std::string UndoAudit::allow(const LedgerEntry& entry, const std::string& digest)
{
    const std::string& step = entry.data["step"].asString();
    m_allowed.insert_or_assign(digest, Leave{entry.actor.id, step});
    if (entry.actor.kind == Actor::Kind::Person)
        return {};
    const auto until = m_leases.find(step);
    const auto at = exactTime(entry.data["at"].asString());
    if (until == m_leases.end() || !at || *at < until->second)
        return "an undo by nobody's order, and no lease had ended";
    if (m_confirmed.contains(entry.incident) && !m_isArranged)
        return "an undo by nobody's order of what people had confirmed";
    return {};
}

bool UndoAudit::use(const LedgerEntry& entry, const std::string& digest)
{
    const auto leave = m_allowed.find(digest);
    if (leave == m_allowed.end())
        return false;
    const Leave own = leave->second;
    m_allowed.erase(leave);
    return own.actor == entry.actor.id && own.step == entry.data["step"].asString();
}

} // namespace cordon::record
