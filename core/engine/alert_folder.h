#pragma once

#include "core/engine/alert_maker.h"

#include <set>
#include <string_view>

namespace cordon::engine {

/// Folds hits into alerts as they come: hits of one rule by one identity with one credential from one address join while
/// they are at most `foldGap` apart and the alert spans at most `foldSpan`, so that a burst is one alert with all its
/// events, also when it arrives in pieces. Alerts are numbered as they are begun; those of one `add` in (time, evidence,
/// offset, rule) order. Belongs to one thread.
class AlertFolder
{
public:
    explicit AlertFolder(std::int64_t firstNumber = 1)
        : m_next(firstNumber)
    {}

    /// @return the alerts that began or grew, by number; each replaces what was given under its number before
    [[nodiscard]] std::vector<Alert> add(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& rules);
    /// The same hit by hit, where they are too large to be held at once. The caller gives them in the order of their first
    /// events (time, evidence, offset) and then of their rules.
    void fold(const RuleHit& hit, const std::map<std::string, RuleInfo>& rules);
    /// What `add` gives, of the hits since the last call.
    [[nodiscard]] std::vector<Alert> take();

private:
    std::map<std::string, Alert> m_open; ///< the newest by fold key
    std::map<AlertId, Alert> m_displaced; ///< begun or grown since `take`, and no longer open
    std::set<std::string> m_touched;      ///< keys of those that began or grew since `take`
    std::int64_t m_next;
};

} // namespace cordon::engine
