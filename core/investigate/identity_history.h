#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// What the look-up of identity changes found. The counts are of everything that was found, listed or not.
struct IdentityHistory
{
    std::vector<IdentityChange> changes; ///< in order of time; at most 500, the gravest
    Timestamp lookedBackTo;              ///< the window's start, or the log's if that is later
    Timestamp lookedUpTo;                ///< the window's end, or the log's if that is earlier
    std::size_t inside = 0;              ///< done by the incident
    std::size_t outside = 0;             ///< before its last alert, by others or before it began
    std::size_t after = 0;               ///< after its last alert, by anybody
    bool isWhole = true;                 ///< false when the log holds more than were read

    [[nodiscard]] std::size_t found() const { return inside + outside + after; }
};

/// Changes of the rights of everyone involved, also those before and after the incident.
[[nodiscard]] Result<IdentityHistory> identityChangesOf(const Inquiry& inquiry);

/// How much a change matters where not all can be told: what worked before what was refused, rights before keys before
/// settings.
[[nodiscard]] int weightOf(const IdentityChange& change);

} // namespace cordon::investigate
