#pragma once

#include "core/domain/event.h"

#include <string>
#include <vector>

namespace cordon::investigate {

/// Where a right holds: the same right in a second project, subscription or namespace is a second right. What a record
/// tells as changed beside who was given what is the place.
struct AccessPlace
{
    std::string key;  ///< tells the places of one holder's right apart; "" where the record tells none
    std::string name; ///< for a sentence; "" where there is nothing to say

    bool operator==(const AccessPlace&) const = default;
};

/// Where the event gives its right: the thing that it changed, or what the binding that it made is in.
[[nodiscard]] AccessPlace placeOf(const Event& event);

/// The things that the event changed, as keys. Several where one record changes several.
[[nodiscard]] std::vector<std::string> placesIn(const Event& event);

} // namespace cordon::investigate
