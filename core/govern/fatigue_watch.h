#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace cordon::govern {

/// A person who approves too fast, or everything.
struct Fatigue
{
    std::string person;
    int decided = 0;
    int approved = 0;
    std::int64_t medianMillis = -1; ///< from all shown to decided; -1: never measured
};

/// Watches each person's newest twenty decisions: a median below two seconds or more than 95 % approved is a warning
/// for the owner (CISA's push fatigue). It hinders nobody. Source: docs/formats/approval.md, "Fatigue"
class FatigueWatch
{
public:
    /// @param millis  -1: not measured
    /// @return a warning when this decision begins a bad stretch; not again until a good one lay between
    std::optional<Fatigue> take(const std::string& person, bool isApproved, std::int64_t millis);

private:
    struct Habit
    {
        std::deque<std::pair<bool, std::int64_t>> newest;
        bool isWarned = false;
    };
    std::map<std::string, Habit> m_habits;
};

} // namespace cordon::govern
