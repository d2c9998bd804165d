#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// An identity whose log is too short to say what is usual for it.
struct ShortPast
{
    EntityRef identity;
    std::size_t events = 0; ///< before the incident
    std::vector<EventId> cites;
};

/// How much of what each attacking account and role did was new for it. Those with too short a past, or with one too
/// long to read whole, get no figure; the former are listed in `shortPasts`.
[[nodiscard]] Result<std::vector<Brief::Rarity>> raritiesOf(const Inquiry& inquiry, std::vector<ShortPast>& shortPasts);

} // namespace cordon::investigate
