#pragma once

#include "core/base/id.h"

#include <string>
#include <vector>

namespace cordon {

/// An alert by what it rests on: its number may change when a case is made anew.
struct AlertAnchor
{
    std::string rule; ///< id
    EventId event;    ///< one of its events

    bool operator==(const AlertAnchor&) const = default;
};

/// What a person said about which alerts belong together: those of one list do, those of different lists do not. It says
/// nothing of other alerts; a later order wins over an earlier one.
struct HandOrder
{
    std::string id;
    std::vector<std::vector<AlertAnchor>> lists;
};

} // namespace cordon
