#pragma once

#include "core/detect/correlation_match.h"

namespace cordon::detect {

/// What a correlation needs of one record that matched one of its rules; owns its texts.
struct CorrelationInput
{
    std::uint32_t window = 0;   ///< which correlation, by the engine's own count
    std::uint32_t position = 0; ///< which of the correlation's rules matched
    Timestamp time;
    EventRef event;
    std::vector<std::string> group;    ///< one value per group-by field
    std::vector<std::uint64_t> values; ///< what is counted, as hashes
    std::vector<EventRef> origin;      ///< events of the match of a chained correlation; else empty
};

} // namespace cordon::detect
