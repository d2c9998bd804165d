#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// One sentence in the making: acts of one kind by one identity with one outcome.
struct Beat
{
    Text text;
    std::string claim;  ///< beats that say the same of different things have the same
    int importance = 0; ///< higher stays when there are too many
    Timestamp first;
    std::vector<EventId> events;
    bool isAttempt = false; ///< nothing came of any of it
};

/// What the acts of the incident come to, by time. Every act that a rule matched is in some beat.
[[nodiscard]] std::vector<Beat> beatsOf(const Inquiry& inquiry);

/// True when the incident spans more than one day, so that times need dates.
[[nodiscard]] bool needsDates(const Incident& incident);

} // namespace cordon::investigate
