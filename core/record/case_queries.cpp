#include "core/record/case_queries.h"

#include "core/record/row_readers.h"

#include <algorithm>
#include <variant>

namespace cordon::record {
namespace {

/// A condition put together from constant fragments, and what is bound to its places.
class Condition
{
public:
    void add(std::string_view sql) { m_sql += (m_sql.empty() ? " WHERE " : " AND ") + std::string(sql); }
    void bind(std::int64_t value) { m_values.emplace_back(value); }
    void bind(std::string value) { m_values.emplace_back(std::move(value)); }
    [[nodiscard]] const std::string& sql() const { return m_sql; }
    /// @return the next free place
    int apply(store::Statement& statement, int index = 1) const
    {
        for (const auto& value : m_values) {
            if (const auto* number = std::get_if<std::int64_t>(&value))
                statement.bind(index++, *number);
            else
                statement.bind(index++, std::get<std::string>(value));
        }
        return index;
    }

private:
    std::string m_sql;
    std::vector<std::variant<std::int64_t, std::string>> m_values;
};

/// `%text%` with LIKE's own signs taken literally (ESCAPE '\').
std::string likePattern(const std::string& text)
{
    std::string pattern = "%";
    for (const char letter : text) {
        if (letter == '%' || letter == '_' || letter == '\\')
            pattern += '\\';
        pattern += letter;
    }
    return pattern + '%';
}

Result<Condition> conditionOf(const EventQuery& query, EntityTable& entities)
{
    Condition condition;
    if (query.from) {
        condition.add("e.time >= ?");
        condition.bind(query.from->micros());
    }
    if (query.to) {
        condition.add("e.time < ?");
        condition.bind(query.to->micros());
    }
    if (!query.entity.empty()) {
        CORDON_TRY(const std::int64_t entity, entities.find(query.entity));
        condition.add("e.id IN (SELECT event FROM event_entities WHERE entity = ? AND time >= ? AND time < ?)");
        condition.bind(entity);
        condition.bind(query.from ? query.from->micros() : INT64_MIN);
        condition.bind(query.to ? query.to->micros() : INT64_MAX);
    }
    if (query.incident) {
        condition.add(
            "e.id IN (SELECT x.event FROM alerts a JOIN alert_events x ON x.alert = a.id WHERE a.incident = ? "
            "UNION SELECT p.event FROM incidents i JOIN incident_entities m ON m.incident = i.id "
            "JOIN event_entities p ON p.entity = m.entity AND p.time BETWEEN i.first AND i.last WHERE i.id = ?)");
        condition.bind(query.incident->value);
        condition.bind(query.incident->value);
    }
    if (query.onlyFailures) {
        condition.add("e.outcome = ?");
        condition.bind(static_cast<std::int64_t>(EventOutcome::Failure));
    }
    if (query.onlyIdentityChanges)
        condition.add("e.flags & 1");
    if (!query.text.empty()) {
        condition.add(
            "(e.action IN (SELECT id FROM words WHERE text LIKE ? ESCAPE '\\') "
            "OR e.address IN (SELECT id FROM words WHERE text LIKE ? ESCAPE '\\') "
            "OR e.actor IN (SELECT id FROM entities WHERE name LIKE ? ESCAPE '\\' OR key LIKE ? ESCAPE '\\'))");
        for (int i = 0; i < 4; ++i)
            condition.bind(likePattern(query.text));
    }
    return condition;
}

Result<std::int64_t> numberOf(store::Database& database, std::string_view sql)
{
    CORDON_TRY(auto statement, database.prepare(sql));
    CORDON_CHECK(statement.step());
    return statement.integer(0);
}

/// Reads every row of a statement with `read`.
template<class Row, class Read>
Result<std::vector<Row>> rowsOf(store::Statement& statement, Read read)
{
    std::vector<Row> rows;
    for (;;) {
        CORDON_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return rows;
        rows.push_back(read(statement));
    }
}

/// The row with that number, or ErrorCode::NotFound with `missing`.
template<class Row, class Read>
Result<Row> rowOf(store::Database& database, std::string_view sql, std::int64_t number, const std::string& missing,
                  Read read)
{
    CORDON_TRY(auto statement, database.prepare(sql));
    statement.bind(1, number);
    CORDON_TRY(const bool isThere, statement.step());
    if (!isThere)
        return fail(ErrorCode::NotFound, "the case has no " + missing);
    return read(statement);
}

} // namespace

Result<Event> CaseQueries::event(EventId id)
{
    return rowOf<Event>(m_database,
                        "SELECT " + std::string(eventColumns) +
                            " FROM events e JOIN sources s ON s.id = e.source WHERE e.id = ?",
                        id.value, "event " + std::to_string(id.value),
                        [this](const store::Statement& row) { return m_events.read(row); });
}

Result<std::vector<Event>> CaseQueries::events(const EventQuery& query, std::int64_t offset, int limit)
{
    // The page is found in the narrow index first; only its rows are read whole.
    CORDON_TRY(const Condition condition, conditionOf(query, m_events.entities()));
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT " + std::string(eventColumns) +
                                  " FROM (SELECT e.id AS page_id FROM events e" + condition.sql() +
                                  " ORDER BY e.time, e.source, e.offset LIMIT ? OFFSET ?) "
                                  "CROSS JOIN events e ON e.id = page_id CROSS JOIN sources s ON s.id = e.source "
                                  "ORDER BY e.time, e.source, e.offset"));
    const int next = condition.apply(statement);
    statement.bind(next, std::int64_t{limit}).bind(next + 1, offset);
    return m_events.readAll(statement);
}

Result<std::int64_t> CaseQueries::countEvents(const EventQuery& query)
{
    CORDON_TRY(const Condition condition, conditionOf(query, m_events.entities()));
    // Ids count from 1 without gaps, because events are never deleted; only a sealed incident has some of them.
    if (condition.sql().empty())
        return numberOf(m_database, "SELECT CASE WHEN EXISTS (SELECT 1 FROM meta WHERE key = 'narrowed') THEN "
                                    "(SELECT count(*) FROM events) ELSE (SELECT max(id) FROM events) END");
    CORDON_TRY(auto statement, m_database.prepare("SELECT count(*) FROM events e" + condition.sql()));
    condition.apply(statement);
    CORDON_CHECK(statement.step());
    return statement.integer(0);
}

Result<std::vector<std::int64_t>> CaseQueries::histogram(const EventQuery& query, Timestamp from, Timestamp to,
                                                         int buckets)
{
    if (buckets < 1 || from >= to)
        return fail(ErrorCode::Invalid, "histogram of an empty span");
    EventQuery narrowed = query;
    narrowed.from = query.from ? std::max(*query.from, from) : from;
    narrowed.to = query.to ? std::min(*query.to, to) : to;
    CORDON_TRY(const Condition condition, conditionOf(narrowed, m_events.entities()));
    const std::int64_t width = ((to - from).count() - 1) / buckets + 1;
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT (e.time - ?) / ?, count(*) FROM events e" + condition.sql() + " GROUP BY 1"));
    statement.bind(1, from.micros()).bind(2, width);
    condition.apply(statement, 3);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(buckets));
    for (;;) {
        CORDON_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return counts;
        counts.at(static_cast<std::size_t>(statement.integer(0))) = statement.integer(1);
    }
}

Result<std::pair<Timestamp, Timestamp>> CaseQueries::span()
{
    // Two questions, because min and max together do not use the index.
    CORDON_TRY(const std::int64_t first, numberOf(m_database, "SELECT min(time) FROM events"));
    CORDON_TRY(const std::int64_t last, numberOf(m_database, "SELECT max(time) FROM events"));
    return std::pair(Timestamp::fromMicros(first), Timestamp::fromMicros(last));
}

Result<std::vector<StoredSource>> CaseQueries::sources()
{
    CORDON_TRY(auto statement, m_database.prepare(std::string(sourceColumns) + " ORDER BY id"));
    return rowsOf<StoredSource>(statement, sourceOf);
}

Result<std::vector<StoredSource>> CaseQueries::sourcesNotNoted()
{
    CORDON_TRY(auto statement,
               m_database.prepare(std::string(sourceColumns) + " WHERE is_noted = 0 AND digest <> '' ORDER BY id"));
    return rowsOf<StoredSource>(statement, sourceOf);
}

Result<std::map<std::uint64_t, EventId>> CaseQueries::eventIdsOf(const StoredSource& source)
{
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT offset, id FROM events WHERE time BETWEEN ? AND ? AND source = ?"));
    statement.bind(1, source.first.micros()).bind(2, source.last.micros()).bind(3, source.id.value);
    std::map<std::uint64_t, EventId> ids;
    for (;;) {
        CORDON_TRY(const bool hasRow, statement.step());
        if (!hasRow)
            return ids;
        ids.emplace(static_cast<std::uint64_t>(statement.integer(0)), EventId{statement.integer(1)});
    }
}

Result<std::vector<FollowedFile>> CaseQueries::followed()
{
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT id, root, path, device, inode, head, tail, position, size, changed, state, "
                                  "reason, same_as, arrived FROM followed ORDER BY id"));
    return rowsOf<FollowedFile>(statement, followedOf);
}

Result<std::vector<FollowedSum>> CaseQueries::followedSums()
{
    CORDON_TRY(auto statement,
               m_database.prepare("SELECT f.root, s.kind, count(DISTINCT f.id), sum(s.events), sum(s.duplicates), "
                                  "sum(s.rejected), sum(s.bytes), coalesce(min(s.first), 0), coalesce(max(s.last), 0), "
                                  "max(f.arrived) FROM sources s JOIN followed f ON f.id = s.followed "
                                  "WHERE s.digest <> '' GROUP BY f.root, s.kind ORDER BY f.root, s.kind"));
    return rowsOf<FollowedSum>(statement, followedSumOf);
}

Result<std::vector<FollowedCount>> CaseQueries::followedCounts()
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT root, state, count(*), max(reason) FROM followed "
                                                  "GROUP BY root, state ORDER BY root, state"));
    return rowsOf<FollowedCount>(statement, [](const store::Statement& row) {
        return FollowedCount{row.text(0), static_cast<FollowState>(std::clamp<std::int64_t>(row.integer(1), 0, 4)),
                             row.integer(2), row.text(3)};
    });
}

Result<std::int64_t> CaseQueries::countRejected()
{
    return numberOf(m_database, "SELECT count(*) FROM rejected");
}

Result<std::vector<RejectedRecord>> CaseQueries::rejected(std::int64_t offset, int limit)
{
    CORDON_TRY(
        auto statement,
        m_database.prepare("SELECT file, offset, length, reason FROM rejected ORDER BY id LIMIT ? OFFSET ?"));
    statement.bind(1, std::int64_t{limit}).bind(2, offset);
    return rowsOf<RejectedRecord>(statement, [](const store::Statement& row) {
        return RejectedRecord{row.text(0), static_cast<std::uint64_t>(row.integer(1)),
                              static_cast<std::uint64_t>(row.integer(2)), row.text(3)};
    });
}

Result<std::int64_t> CaseQueries::countAlerts()
{
    return numberOf(m_database, "SELECT count(*) FROM alerts");
}

Result<std::vector<StoredAlert>> CaseQueries::alerts(std::optional<IncidentId> incident, std::int64_t offset, int limit)
{
    Condition condition;
    if (incident) {
        condition.add("incident = ?");
        condition.bind(incident->value);
    }
    // The ids are put in order first: an incident may have 100,000 alerts, whose bodies nobody asked for.
    CORDON_TRY(auto statement, m_database.prepare(std::string(alertColumns) + " WHERE id IN (SELECT id FROM alerts" +
                                                  condition.sql() +
                                                  " ORDER BY first, id LIMIT ? OFFSET ?) ORDER BY first, id"));
    const int next = condition.apply(statement);
    statement.bind(next, std::int64_t{limit}).bind(next + 1, offset);
    return rowsOf<StoredAlert>(statement, alertOf);
}

Result<StoredAlert> CaseQueries::alert(AlertId id)
{
    return rowOf<StoredAlert>(m_database, std::string(alertColumns) + " WHERE id = ?", id.value,
                              "alert " + toString(id), alertOf);
}

Result<std::vector<StoredIncident>> CaseQueries::incidents(const std::vector<std::string>& without)
{
    std::string paths;
    for (const std::string& member : without)
        paths += ", '$." + member + "'";
    std::string columns(incidentColumns);
    if (!paths.empty())
        columns.replace(columns.find("body"), std::string_view("body").size(), "json_remove(body" + paths + ")");
    CORDON_TRY(auto statement, m_database.prepare(columns + " ORDER BY risk DESC, last DESC, id"));
    return rowsOf<StoredIncident>(statement, incidentOf);
}

Result<std::vector<IncidentId>> CaseQueries::incidentIds()
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT id FROM incidents ORDER BY risk DESC, last DESC, id"));
    return rowsOf<IncidentId>(statement, [](const store::Statement& row) { return IncidentId{row.integer(0)}; });
}

Result<std::vector<IncidentId>> CaseQueries::incidentsWithMembers()
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT DISTINCT incident FROM incident_entities ORDER BY incident"));
    return rowsOf<IncidentId>(statement, [](const store::Statement& row) { return IncidentId{row.integer(0)}; });
}

Result<StoredIncident> CaseQueries::incident(IncidentId id)
{
    return rowOf<StoredIncident>(m_database, std::string(incidentColumns) + " WHERE id = ?", id.value,
                                 "incident " + toString(id), incidentOf);
}

Result<std::int64_t> CaseQueries::countLedger()
{
    return numberOf(m_database, "SELECT coalesce(max(seq) + 1, 0) FROM ledger_index");
}

Result<std::int64_t> CaseQueries::countIndexedFromStart()
{
    return numberOf(m_database, "SELECT CASE WHEN max(seq) + 1 = count(*) THEN count(*) ELSE 0 END FROM ledger_index");
}

Result<std::vector<StoredEntry>> CaseQueries::ledger(std::int64_t offset, int limit)
{
    CORDON_TRY(auto statement, m_database.prepare(std::string(entryColumns) + " ORDER BY seq DESC LIMIT ? OFFSET ?"));
    statement.bind(1, std::int64_t{limit}).bind(2, offset);
    return rowsOf<StoredEntry>(statement, entryOf);
}

Result<StoredEntry> CaseQueries::ledgerEntry(std::int64_t seq)
{
    return rowOf<StoredEntry>(m_database, std::string(entryColumns) + " WHERE seq = ?", seq,
                              "ledger entry " + std::to_string(seq), entryOf);
}

Result<std::vector<StoredEntry>> CaseQueries::ledgerEntries(const std::string& type, const std::string& incident)
{
    Condition condition;
    if (!type.empty()) {
        condition.add("type = ?");
        condition.bind(type);
    }
    if (!incident.empty()) {
        condition.add("incident = ?");
        condition.bind(incident);
    }
    CORDON_TRY(auto statement, m_database.prepare(std::string(entryColumns) + condition.sql() + " ORDER BY seq"));
    condition.apply(statement);
    return rowsOf<StoredEntry>(statement, entryOf);
}

Result<std::string> CaseQueries::meta(const std::string& key)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT value FROM meta WHERE key = ?"));
    statement.bind(1, key);
    CORDON_TRY(const bool isThere, statement.step());
    return isThere ? statement.text(0) : std::string();
}

Result<std::string> CaseQueries::document(const std::string& kind, const std::string& key)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT body FROM documents WHERE kind = ? AND key = ?"));
    statement.bind(1, kind).bind(2, key);
    CORDON_TRY(const bool isThere, statement.step());
    if (!isThere)
        return fail(ErrorCode::NotFound, "the case has no " + kind + " " + key);
    return statement.text(0);
}

Result<std::vector<std::pair<std::string, std::string>>> CaseQueries::documents(const std::string& kind)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT key, body FROM documents WHERE kind = ? ORDER BY key"));
    statement.bind(1, kind);
    return rowsOf<std::pair<std::string, std::string>>(
        statement, [](const store::Statement& row) { return std::pair(row.text(0), row.text(1)); });
}

Result<std::vector<std::string>> CaseQueries::documentKeys(const std::string& kind)
{
    CORDON_TRY(auto statement, m_database.prepare("SELECT key FROM documents WHERE kind = ? ORDER BY key"));
    statement.bind(1, kind);
    return rowsOf<std::string>(statement, [](const store::Statement& row) { return row.text(0); });
}

} // namespace cordon::record
