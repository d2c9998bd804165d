#pragma once

#include "core/domain/event.h"
#include "core/record/case_rows.h"
#include "core/record/name_tables.h"

#include <span>

namespace cordon::record {

/// What an entity does in an event, as bits of event_entities.roles.
enum EventRole : std::int64_t {
    ActorRole = 1,
    ViaRole = 2,
    TargetRole = 4,
    AddressRole = 8,
    IdentityChangeRole = 16, ///< the event is flagged as an identity change
};

/// The columns that `EventTable::read` expects, of `events e JOIN sources s ON s.id = e.source`.
inline constexpr std::string_view eventColumns =
    "e.id, e.time, e.time_text, e.origin, e.tenant, e.actor, e.via, e.action, e.targets, e.address, e.user_agent, "
    "e.region, e.outcome, e.error, e.external_id, e.flags, s.digest, e.offset, e.length";

/// Events to rows and back. Belongs to the thread of its database.
class EventTable
{
public:
    explicit EventTable(store::Database& database)
        : m_database(database)
        , m_words(database)
        , m_entities(database)
    {}

    /// Adds events of one source within the caller's transaction and sets their ids. One that the case already has
    /// (same source name and external id, same time) is not added and gets no id. @return how many were added
    /// Their postings may wait for `flush`.
    [[nodiscard]] Result<std::size_t> add(SourceId source, std::span<Event> events);
    /// From now on events get the numbers from `first` on instead of the next free one; 0: the next free one again.
    void numberFrom(std::int64_t first) { m_nextId = first; }
    /// Writes the postings that wait, within the caller's transaction. Until then events are not found by entity.
    [[nodiscard]] Result<void> flush();
    /// The event of the statement's current row, which has `eventColumns`.
    [[nodiscard]] Result<Event> read(const store::Statement& row);
    /// The events of all rows that the statement still has.
    [[nodiscard]] Result<std::vector<Event>> readAll(store::Statement& rows);

    [[nodiscard]] EntityTable& entities() { return m_entities; }
    void forget();

private:
    struct Posting
    {
        std::int64_t entity;
        std::int64_t time;
        std::int64_t event;
        std::int64_t roles;
    };
    Result<bool> insert(SourceId source, Event& event);
    Result<void> post(std::int64_t entity, const Event& event, std::int64_t roles);
    Result<std::string> targetsOf(const Event& event, std::vector<std::int64_t>& ids);
    Result<std::vector<EventTarget>> targetsFrom(const std::string& text);

    /// Postings that may wait: many at once touch each leaf of their tree once, few touch each again and again.
    static constexpr std::size_t mostPostings = 200'000;

    store::Database& m_database;
    WordTable m_words;
    EntityTable m_entities;
    std::optional<store::Statement> m_insert;
    std::optional<store::Statement> m_insertPosting;
    std::vector<Posting> m_postings;
    std::int64_t m_nextId = 0; ///< 0: SQLite chooses
};

} // namespace cordon::record
