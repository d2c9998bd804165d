#pragma once

#include "core/domain/alert.h"
#include "core/domain/event.h"

#include <map>
#include <vector>

namespace cordon::engine {

/// What a rule hit measured against an identity's own past; see Alert.
struct Measured
{
    std::vector<Text> texts;
    std::optional<double> rarity;
};

/// A rule that matched an event (or, for correlation rules, the events from `events.front()` to the last).
struct RuleHit
{
    std::string rule;            ///< id
    std::vector<Event> events;   ///< in time order, at least one
    Measured measured{};
    /// Set where the alert is about something that the events do not name, such as a log that stopped after them.
    struct About
    {
        EntityRef entity;
        Timestamp at;
    };
    std::optional<About> about{};
    /// Set where another product raised it: its alert, from the one event in `events`, which is its record.
    std::optional<Alert> finding{};
};

/// When an alert is known: that of another product comes later than what it tells of.
[[nodiscard]] Timestamp dueAt(const Alert& alert);

inline constexpr Duration foldGap = std::chrono::seconds(60);
inline constexpr Duration foldSpan = std::chrono::minutes(5);
/// Entities kept per alert: enough for people and links, bounded against a hostile record.
inline constexpr std::size_t mostAlertEntities = 64;

} // namespace cordon::engine
