#pragma once

#include "core/base/time.h"
#include "core/detect/correlation_match.h"

#include <memory>
#include <string>
#include <vector>

namespace cordon::detect {

/// What stands behind an input of a chained correlation, beyond the event itself.
struct CorrelationOrigin
{
    std::vector<EventRef> events;  ///< of the match that the input stands for; empty for a record
    CorrelationMatch::Row carried; ///< for correlations on the matches of this one
};

/// What a correlation needs of one record that matched one of its rules; owns its texts.
struct CorrelationInput
{
    std::uint32_t window = 0;   ///< which correlation, by the engine's own count
    std::uint32_t position = 0; ///< which of the correlation's rules matched
    Timestamp time;
    EventRef event;
    std::string group;      ///< text list: one folded value per group-by field
    std::string shownGroup; ///< the same as written; empty when folding changed nothing
    std::uint64_t groupHash = 0;
    /// What is measured: a hash for value_count and shares, the bits of a number for sums and the like; not used by
    /// the other kinds.
    std::uint64_t value = 0;
    std::vector<std::uint64_t> moreValues;           ///< of a list in the record
    std::shared_ptr<const CorrelationOrigin> origin; ///< shared by the entries that it becomes; mostly none
};

} // namespace cordon::detect
