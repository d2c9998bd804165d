#pragma once

#include "core/base/time.h"
#include "core/detect/correlation_origin.h"

#include <vector>

namespace cordon::detect {

/// What a correlation needs of one record that matched one of its rules; owns its texts.
struct CorrelationInput
{
    std::uint32_t window = 0;   ///< which correlation, by the engine's own count
    std::uint32_t position = 0; ///< which of the correlation's rules matched
    Timestamp time;
    EventRef event;
    /// keyedHash of one folded value per group-by field; the values themselves are kept only where others are chained on
    /// the correlation.
    std::uint64_t group = 0;
    /// What is measured: a hash for value_count and shares, the bits of a number for sums and the like; not used by
    /// the other kinds.
    std::uint64_t value = 0;
    std::vector<std::uint64_t> moreValues; ///< of a list in the record
    OriginRef origin;                      ///< shared by the entries that it becomes; mostly none
};

} // namespace cordon::detect
