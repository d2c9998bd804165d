#pragma once

#include "core/base/time.h"
#include "core/detect/rule.h"

#include <compare>
#include <optional>
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
    /// Values of CorrelationWindow::carriedFields in one event.
    using Row = std::vector<std::optional<std::string>>;

    RuleIndex rule = 0;
    /// The same match is given again with more events while it goes on; the later one replaces the earlier.
    std::uint64_t episode = 0;
    bool isFinal = true;                                    ///< no event can join it any more
    std::vector<std::pair<std::string, std::string>> group; ///< group-by field or alias, and its value
    Timestamp first;
    Timestamp last;
    double count = 0;             ///< highest count, sum or other measure within one timespan
    std::vector<Row> carried;     ///< of its events, each once
    std::vector<EventRef> events; ///< each once, in time order; at most CorrelationWindow::mostEvents
};

} // namespace cordon::detect
