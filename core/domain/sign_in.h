#pragma once

#include "core/domain/event.h"

#include <algorithm>
#include <string_view>

namespace cordon {

/// Relation of the account in whose name a sign-in was refused. Source: docs/formats/entities.md, "Relations of a target"
inline constexpr std::string_view refusedRelation = "refused";

/// Whether the event is a sign-in that was turned away: whom it names as the actor was attacked or mistyped and did nothing
/// with any right of theirs. A call that was denied to somebody who had signed in is none.
[[nodiscard]] inline bool isRefusedSignIn(const Event& event)
{
    return event.outcome == EventOutcome::Failure && event.actor &&
           std::any_of(event.targets.begin(), event.targets.end(), [&event](const EventTarget& target) {
               return target.relation == refusedRelation && target.entity == *event.actor;
           });
}

} // namespace cordon
