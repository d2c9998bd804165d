#include "core/govern/fatigue_watch.h"

#include <algorithm>
#include <vector>

namespace cordon::govern {
namespace {

constexpr std::size_t watched = 20;
constexpr int mostApprovedPercent = 95;
constexpr std::int64_t fewestMillis = 2000;

} // namespace

std::optional<Fatigue> FatigueWatch::take(const std::string& person, bool isApproved, std::int64_t millis)
{
    Habit& habit = m_habits[person];
    habit.newest.emplace_back(isApproved, millis);
    if (habit.newest.size() > watched)
        habit.newest.pop_front();
    if (habit.newest.size() < watched)
        return std::nullopt;
    Fatigue fatigue;
    fatigue.person = person;
    fatigue.decided = static_cast<int>(watched);
    std::vector<std::int64_t> times;
    for (const auto& [wasApproved, took] : habit.newest) {
        fatigue.approved += wasApproved ? 1 : 0;
        if (took >= 0)
            times.push_back(took);
    }
    if (!times.empty()) {
        std::sort(times.begin(), times.end());
        fatigue.medianMillis = times[times.size() / 2];
    }
    const bool isHasty = times.size() >= watched / 2 && fatigue.medianMillis < fewestMillis;
    const bool isTired = isHasty || fatigue.approved * 100 > fatigue.decided * mostApprovedPercent;
    const bool isNew = isTired && !habit.isWarned;
    habit.isWarned = isTired;
    return isNew ? std::optional(fatigue) : std::nullopt;
}

} // namespace cordon::govern
