#include "core/engine/alert_maker.h"

#include <algorithm>

namespace cordon::engine {

Timestamp dueAt(const Alert& alert)
{
    return alert.external ? std::max(alert.last, alert.external->updated) : alert.last;
}

} // namespace cordon::engine
