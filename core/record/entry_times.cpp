#include "core/record/entry_times.h"

#include "core/base/exact_time.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr Duration tolerance = std::chrono::seconds(2); ///< of a clock that is set right little by little

/// From the latest time that the ledger told, to this entry's own.
bool isToldRight(const LedgerEntry& entry, Timestamp latest)
{
    const auto from = exactTime(entry.data["from"].asString());
    const auto to = exactTime(entry.data["to"].asString());
    return from && to && *from == latest && *to >= entry.ts - tolerance && *to <= entry.ts + tolerance;
}

} // namespace

bool EntryTimes::fits(Timestamp wall, const std::string& boot, std::int64_t mono) const
{
    const auto ran = m_running.find(boot);
    const bool isTold = boot.find_first_not_of('0') != std::string::npos; // zeros name no start
    return wall >= m_latest - tolerance && (!isTold || ran == m_running.end() || mono >= ran->second);
}

bool EntryTimes::add(const LedgerEntry& entry)
{
    const bool isStep = entry.type == setBack;
    if (entry.type.starts_with("ledger.")) // says nothing of people, and has its place by what it holds
        return true;
    if (isStep == fits(entry.ts, entry.boot, entry.monoNanos)) // dated back, or said to be set back and was not
        return false;
    if (isStep && !isToldRight(entry, m_latest))
        return false;
    m_latest = isStep ? entry.ts : std::max(m_latest, entry.ts);
    m_running[entry.boot] = entry.monoNanos;
    m_reached = std::max(m_reached, entry.ts);
    if (entry.type == "clock.trusted" && entry.data["clock"].asString() == m_reached.toString())
        m_reached = entry.ts;
    return true;
}

} // namespace cordon::record
