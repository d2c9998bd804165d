#pragma once

#include "core/detect/correlation_input.h"

namespace cordon::detect {

/// One value of one event within a correlation's window. Kept small: there may be millions.
struct CorrelationEntry
{
    Timestamp time;
    EventRef event;
    std::uint64_t value = 0; ///< as in CorrelationInput; the event or the position for kinds that count those
    OriginRef origin;
};

} // namespace cordon::detect
