#pragma once

#include "core/detect/correlation_input.h"

namespace cordon::detect {

/// One value of one event within a correlation's window.
struct CorrelationEntry
{
    Timestamp time;
    EventRef event;
    std::uint64_t value = 0; ///< as in CorrelationInput; the event or the position for kinds that count those
    std::uint32_t position = 0;
    std::shared_ptr<const CorrelationOrigin> origin;
};

} // namespace cordon::detect
