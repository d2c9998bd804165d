#pragma once

#include "core/engine/alert_maker.h"

#include <string_view>

namespace cordon::engine {

/// Folds hits into alerts as they come, so that a burst is one alert also when it arrives in pieces. Alerts are numbered
/// as they are begun. Belongs to one thread.
class AlertFolder
{
public:
    explicit AlertFolder(std::int64_t firstNumber = 1)
        : m_next(firstNumber)
    {}

    /// @return the alerts that began or grew, by number; each replaces what was given under its number before
    [[nodiscard]] std::vector<Alert> add(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& rules);

private:
    std::map<std::string, Alert> m_open; ///< the newest by fold key
    std::int64_t m_next;
};

} // namespace cordon::engine
