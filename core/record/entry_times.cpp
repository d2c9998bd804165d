#include "core/record/entry_times.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr Duration tolerance = std::chrono::seconds(2); ///< of a clock that is set right little by little

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
    m_latest = isStep ? entry.ts : std::max(m_latest, entry.ts);
    m_running[entry.boot] = entry.monoNanos;
    return true;
}

} // namespace cordon::record
