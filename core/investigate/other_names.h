#pragma once

#include "core/domain/event.h"

#include <functional>
#include <vector>

namespace cordon::investigate {

/// Events that name an entity.
using EventsOf = std::function<Result<std::vector<Event>>(const EntityRef&)>;

/// Events of a thing under every name that its own events tell of it (a user who was renamed, an object beside its id), in
/// order of time, each as if it spoke of `entity`. More than two other names are not followed: nobody has so many.
/// @param eventsOf  asked for `entity` and for each other name
/// @return the error of `eventsOf`
[[nodiscard]] Result<std::vector<Event>> underEveryName(const EntityRef& entity, const EventsOf& eventsOf);

} // namespace cordon::investigate
