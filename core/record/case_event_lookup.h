#pragma once

#include "core/domain/event_lookup.h"
#include "core/record/event_table.h"

namespace cordon::record {

/// The case's own answers to investigation and planning. Belongs to the thread of its database.
class CaseEventLookup final : public EventLookup
{
public:
    /// Both outlive this.
    CaseEventLookup(store::Database& database, EventTable& events)
        : m_database(database)
        , m_events(events)
    {}

    [[nodiscard]] Result<Event> event(EventId id) const override;
    [[nodiscard]] Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override;
    [[nodiscard]] Result<std::vector<Event>> doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override;
    [[nodiscard]] Result<std::vector<Event>> identityChangesOf(const EntityRef& entity, Timestamp from, Timestamp to,
                                                               std::size_t most) const override;
    [[nodiscard]] Result<void> each(const std::function<bool(const Event&)>& visit) const override;
    [[nodiscard]] Result<std::pair<Timestamp, Timestamp>> span() const override;

private:
    /// Events in which the entity has one of `anyOf` and all of `allOf`.
    Result<std::vector<Event>> inRoles(const EntityRef& entity, std::int64_t anyOf, std::int64_t allOf, Timestamp from,
                                       Timestamp to, std::size_t most) const;

    store::Database& m_database;
    EventTable& m_events;
};

} // namespace cordon::record
