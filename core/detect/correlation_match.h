#pragma once

#include "core/base/time.h"
#include "core/detect/rule.h"

#include <compare>
#include <string>
#include <utility>
#include <vector>

namespace cordon::detect {

/// The caller's own name for a record, such as its event id or file and record number in one number.
struct EventRef
{
    std::uint64_t value = 0;
    auto operator<=>(const EventRef&) const = default;
};

/// A correlation rule's match: one burst or sequence, from the first event that counted to the last.
struct CorrelationMatch
{
    RuleIndex rule = 0;
    /// The same match is given again with more events while it goes on; the later one replaces the earlier.
    std::uint64_t episode = 0;
    bool isFinal = true;                                    ///< no event can join it any more
    std::vector<std::pair<std::string, std::string>> group; ///< group-by field or alias, and its value
    Timestamp first;
    Timestamp last;
    std::int64_t count = 0;       ///< most events, values or rules counted within one timespan
    std::vector<EventRef> events; ///< each once, in time order; at most CorrelationWindow::mostEvents
};

} // namespace cordon::detect
