#include "core/record/case_event_lookup.h"

#include <algorithm>

namespace cordon::record {

Result<Event> CaseEventLookup::event(EventId id) const
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT " + std::string(eventColumns) +
                                                  " FROM events e JOIN sources s ON s.id = e.source WHERE e.id = ?"));
    statement.bind(1, id.value);
    CORDON_TRY(const bool isThere, statement.step());
    if (!isThere)
        return fail(ErrorCode::NotFound, "the case has no event " + std::to_string(id.value));
    return m_events.read(statement);
}

Result<std::vector<Event>> CaseEventLookup::inRoles(const EntityRef& entity, std::int64_t anyOf, std::int64_t allOf,
                                                    Timestamp from, Timestamp to, std::size_t most) const
{
    CORDON_TRY(const std::int64_t number, m_events.entities().find(entity.key()));
    if (number == 0)
        return std::vector<Event>();
    CORDON_TRY(
        auto statement,
        m_database.prepare("SELECT " + std::string(eventColumns) +
                           " FROM event_entities p CROSS JOIN events e ON e.id = p.event "
                           "CROSS JOIN sources s ON s.id = e.source "
                           "WHERE p.entity = ? AND p.time >= ? AND p.time < ? AND p.roles & ? AND p.roles & ? = ? "
                           "ORDER BY p.time, s.digest, e.offset LIMIT ?"));
    statement.bind(1, number).bind(2, from.micros()).bind(3, to.micros());
    statement.bind(4, anyOf).bind(5, allOf).bind(6, allOf);
    statement.bind(7, static_cast<std::int64_t>(std::min<std::size_t>(most, INT64_MAX)));
    return m_events.readAll(statement);
}

Result<std::vector<Event>> CaseEventLookup::naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                   std::size_t most) const
{
    return inRoles(entity, ActorRole | ViaRole | TargetRole | AddressRole, 0, from, to, most);
}

Result<std::vector<Event>> CaseEventLookup::doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                   std::size_t most) const
{
    return inRoles(identity, ActorRole | ViaRole, 0, from, to, most);
}

Result<std::vector<Event>> CaseEventLookup::identityChangesOf(const EntityRef& entity, Timestamp from, Timestamp to,
                                                              std::size_t most) const
{
    return inRoles(entity, ActorRole | TargetRole, IdentityChangeRole, from, to, most);
}

Result<void> CaseEventLookup::each(const std::function<bool(const Event&)>& visit) const
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT " + std::string(eventColumns) +
                                                  " FROM events e CROSS JOIN sources s ON s.id = e.source "
                                                  "ORDER BY e.time, s.digest, e.offset"));
    for (;;) {
        CORDON_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return {};
        CORDON_TRY(const Event event, m_events.read(statement));
        if (!visit(event))
            return {};
    }
}

Result<std::pair<Timestamp, Timestamp>> CaseEventLookup::span() const
{
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT (SELECT min(time) FROM events), (SELECT max(time) FROM events)"));
    CORDON_CHECK(statement.step());
    return std::pair(Timestamp::fromMicros(statement.integer(0)), Timestamp::fromMicros(statement.integer(1)));
}

} // namespace cordon::record
