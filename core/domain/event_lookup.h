#pragma once

#include "core/domain/event.h"

#include <functional>

namespace cordon {

/// Questions that investigation and planning ask of the event index. The engine hands in the case's own; tests a list.
/// Belongs to the engine thread. All windows are [from, to); answers come in (time, evidence, offset) order.
class EventLookup
{
public:
    EventLookup() = default;
    EventLookup(const EventLookup&) = delete;
    EventLookup& operator=(const EventLookup&) = delete;
    virtual ~EventLookup() = default;

    [[nodiscard]] virtual Result<Event> event(EventId id) const = 0;
    /// Events in which the entity is actor, credential or target.
    [[nodiscard]] virtual Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                            std::size_t most) const = 0;
    /// Events done by the account or role (actor) or with the credential (via).
    [[nodiscard]] virtual Result<std::vector<Event>> doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                            std::size_t most) const = 0;
    /// Events flagged as identity changes that name the entity as actor or target.
    [[nodiscard]] virtual Result<std::vector<Event>> identityChangesOf(const EntityRef& entity, Timestamp from,
                                                                       Timestamp to, std::size_t most) const = 0;
    /// Every event once, in order; stops when `visit` returns false.
    [[nodiscard]] virtual Result<void> each(const std::function<bool(const Event&)>& visit) const = 0;
    /// Times of the first and last event; both default when there is none.
    [[nodiscard]] virtual Result<std::pair<Timestamp, Timestamp>> span() const = 0;
};

} // namespace cordon
