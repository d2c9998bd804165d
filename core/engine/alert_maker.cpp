#include "core/engine/alert_maker.h"

#include "core/engine/alert_folder.h"

#include <algorithm>

namespace cordon::engine {

Timestamp dueAt(const Alert& alert)
{
    return alert.external ? std::max(alert.last, alert.external->updated) : alert.last;
}

std::vector<Alert> makeAlerts(std::vector<RuleHit> hits, const std::map<std::string, RuleInfo>& rules,
                              std::int64_t firstNumber)
{
    return AlertFolder(firstNumber).add(std::move(hits), rules);
}

} // namespace cordon::engine
