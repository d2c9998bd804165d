#include "core/record/case_store.h"

#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr const char* insertSource = "INSERT INTO sources (file, kind) VALUES (?, ?)";
constexpr const char* setReadingSql = "UPDATE sources SET zone = ?2, clock_offset = ?3, year = ?4, written = ?5, "
                                      "last_record = ?6, read_before = ?7 WHERE id = ?1";
constexpr const char* sealSourceSql =
    "UPDATE sources SET digest = ?2, bytes = ?3, packed_digest = ?4, packed_bytes = ?5, is_whole = ?6 WHERE id = ?1";
constexpr const char* insertPiece =
    "INSERT INTO sources (file, kind, followed, begins, is_noted) VALUES (?, ?, ?, ?, 0)";
constexpr const char* notedSql = "UPDATE sources SET is_noted = 1 WHERE id = ?";
constexpr const char* insertFollowed =
    "INSERT OR REPLACE INTO followed (id, root, path, device, inode, head, tail, position, size, changed, state, "
    "reason, same_as, arrived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* countSource =
    "UPDATE sources SET events = events + ?2, duplicates = duplicates + ?3, first = min(coalesce(first, ?4), ?4), "
    "last = max(coalesce(last, ?5), ?5) WHERE id = ?1";
constexpr const char* countRejectedSql = "UPDATE sources SET rejected = rejected + ?2 WHERE id = ?1";
constexpr const char* insertRejected =
    "INSERT INTO rejected (source, file, offset, length, reason) VALUES (?, ?, ?, ?, ?)";
constexpr const char* insertAlert =
    "INSERT INTO alerts (id, rule, title, severity, first, last, incident, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, title = excluded.title, severity = excluded.severity, "
    "first = excluded.first, last = excluded.last, incident = coalesce(excluded.incident, incident), body = "
    "excluded.body";
constexpr const char* insertAlertEvent = "INSERT OR IGNORE INTO alert_events (alert, event) VALUES (?, ?)";
constexpr const char* deleteAlerts = "DELETE FROM alerts WHERE id > ?";
constexpr const char* deleteAlertEvents = "DELETE FROM alert_events WHERE alert > ?";
constexpr const char* insertIncident =
    "INSERT OR REPLACE INTO incidents (id, title, risk, severity, status, first, last, assignee, body) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* clearMembers = "DELETE FROM incident_entities WHERE incident = ?";
constexpr const char* insertMember = "INSERT OR IGNORE INTO incident_entities (incident, entity) VALUES (?, ?)";
constexpr const char* moveAlert = "UPDATE alerts SET incident = ?2 WHERE id = ?1 AND incident IS NOT ?2";
constexpr const char* deleteIncident = "DELETE FROM incidents WHERE id = ?";
constexpr const char* replaceDocument = "INSERT OR REPLACE INTO documents (kind, key, body) VALUES (?, ?, ?)";
constexpr const char* deleteDocument = "DELETE FROM documents WHERE kind = ? AND key = ?";
constexpr const char* replaceMeta = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)";
constexpr const char* insertEntry =
    "INSERT OR IGNORE INTO ledger_index (seq, ts, at, type, actor_kind, actor, session, incident, mandate, data) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

void bindIdOrNull(store::Statement& statement, int index, std::int64_t id)
{
    if (id == 0)
        statement.bindNull(index);
    else
        statement.bind(index, id);
}

constexpr const char* discardUnsealedSql = R"(
CREATE TEMP TABLE gone AS SELECT id FROM events WHERE source IN (SELECT id FROM sources WHERE digest = '');
DELETE FROM event_entities WHERE event IN gone;
DELETE FROM alert_events WHERE event IN gone;
DELETE FROM documents WHERE kind = 'hit' AND CAST(substr(key, 1, 12) AS INTEGER) IN gone;
DELETE FROM events WHERE id IN gone;
DELETE FROM rejected WHERE source IN (SELECT id FROM sources WHERE digest = '');
DELETE FROM sources WHERE digest = '';
DROP TABLE gone;
)";

} // namespace

Result<store::Statement*> CaseStore::ready(const char* sql)
{
    const auto known = m_statements.find(sql);
    if (known != m_statements.end())
        return &known->second;
    CORDON_TRY(auto statement, m_database.prepare(sql));
    return &m_statements.emplace(sql, std::move(statement)).first->second;
}

Result<void> CaseStore::write(const std::function<Result<void>()>& work)
{
    if (m_isWriting)
        return work();
    auto keepAll = [&]() -> Result<void> {
        CORDON_TRY(auto transaction, store::Transaction::begin(m_database));
        CORDON_CHECK(work());
        return transaction.commit();
    };
    m_isWriting = true;
    auto written = keepAll();
    m_isWriting = false;
    if (!written)
        m_queries.table().forget(); // numbers of names that were just taken back
    return written;
}

Result<void> CaseStore::setLoading(bool isLoading)
{
    m_isLoading = isLoading;
    if (!isLoading)
        CORDON_CHECK(write([this] { return m_queries.table().flush(); }));
    return m_database.setDurable(!isLoading);
}

Result<SourceId> CaseStore::addSource(const std::string& file, const std::string& kind)
{
    CORDON_TRY(store::Statement * insert, ready(insertSource));
    CORDON_CHECK(insert->bind(1, file).bind(2, kind).run());
    return SourceId{m_database.lastRowId()};
}

Result<void> CaseStore::setReading(SourceId source, const StoredSource& as)
{
    CORDON_TRY(store::Statement * set, ready(setReadingSql));
    set->bind(1, source.value).bind(2, as.zone).bind(3, std::int64_t{as.clockOffset.count()});
    set->bind(4, std::int64_t{as.year}).bind(5, as.written.micros());
    return set->bind(6, static_cast<std::int64_t>(as.lastRecord)).bind(7, static_cast<std::int64_t>(as.readBefore)).run();
}

Result<void> CaseStore::sealSource(SourceId source, const EvidenceRecord& record)
{
    return write([&]() -> Result<void> {
        CORDON_CHECK(m_queries.table().flush());
        CORDON_TRY(store::Statement * seal, ready(sealSourceSql));
        seal->bind(1, source.value).bind(2, record.digest.hex()).bind(3, static_cast<std::int64_t>(record.size));
        seal->bind(4, record.packedDigest.hex()).bind(5, static_cast<std::int64_t>(record.packedSize));
        return seal->bind(6, std::int64_t{record.isWhole ? 1 : 0}).run();
    });
}

Result<SourceId> CaseStore::addPiece(const FollowedFile& file, const std::string& kind, std::uint64_t begins)
{
    CORDON_TRY(store::Statement * insert, ready(insertPiece));
    insert->bind(1, file.path).bind(2, kind).bind(3, file.id.value);
    CORDON_CHECK(insert->bind(4, static_cast<std::int64_t>(begins)).run());
    return SourceId{m_database.lastRowId()};
}

Result<void> CaseStore::sealPiece(SourceId piece, const EvidenceRecord& record, const FollowedFile& file)
{
    return write([&]() -> Result<void> {
        CORDON_CHECK(sealSource(piece, record));
        CORDON_TRY([[maybe_unused]] const FollowedFileId id, putFollowed(file));
        return {};
    });
}

Result<void> CaseStore::noted(SourceId piece)
{
    CORDON_TRY(store::Statement * update, ready(notedSql));
    return update->bind(1, piece.value).run();
}

Result<FollowedFileId> CaseStore::putFollowed(const FollowedFile& file)
{
    CORDON_TRY(store::Statement * insert, ready(insertFollowed));
    bindIdOrNull(*insert, 1, file.id.value);
    insert->bind(2, file.root).bind(3, file.path).bind(4, static_cast<std::int64_t>(file.device));
    insert->bind(5, static_cast<std::int64_t>(file.inode)).bindBlob(6, file.head).bindBlob(7, file.tail);
    insert->bind(8, static_cast<std::int64_t>(file.position)).bind(9, static_cast<std::int64_t>(file.size));
    insert->bind(10, file.changed.micros()).bind(11, static_cast<std::int64_t>(file.state)).bind(12, file.reason);
    insert->bind(13, file.sameAs.value).bind(14, file.arrived.micros());
    CORDON_CHECK(insert->run());
    return file.id.isSet() ? file.id : FollowedFileId{m_database.lastRowId()};
}

Result<std::size_t> CaseStore::addEvents(SourceId source, std::span<Event> events)
{
    if (events.empty())
        return 0;
    std::size_t added = 0;
    const auto written = write([&]() -> Result<void> {
        CORDON_TRY(added, m_queries.table().add(source, events));
        if (!m_isLoading)
            CORDON_CHECK(m_queries.table().flush());
        const auto [first, last] = std::minmax_element(events.begin(), events.end(),
                                                       [](const Event& a, const Event& b) { return a.time < b.time; });
        CORDON_TRY(store::Statement * count, ready(countSource));
        count->bind(1, source.value).bind(2, static_cast<std::int64_t>(added));
        count->bind(3, static_cast<std::int64_t>(events.size() - added));
        return count->bind(4, first->time.micros()).bind(5, last->time.micros()).run();
    });
    CORDON_CHECK(written);
    return added;
}

Result<void> CaseStore::addRejected(SourceId source, std::span<const RejectedRecord> records)
{
    return write([&]() -> Result<void> {
        CORDON_TRY(store::Statement * insert, ready(insertRejected));
        for (const RejectedRecord& record : records) {
            bindIdOrNull(*insert, 1, source.value);
            insert->bind(2, record.file).bind(3, static_cast<std::int64_t>(record.offset));
            CORDON_CHECK(insert->bind(4, static_cast<std::int64_t>(record.length)).bind(5, record.reason).run());
        }
        if (!source.isSet())
            return {};
        CORDON_TRY(store::Statement * count, ready(countRejectedSql));
        return count->bind(1, source.value).bind(2, static_cast<std::int64_t>(records.size())).run();
    });
}

Result<AlertId> CaseStore::putAlert(const StoredAlert& alert)
{
    AlertId id = alert.id;
    const auto written = write([&]() -> Result<void> {
        CORDON_TRY(store::Statement * insert, ready(insertAlert));
        bindIdOrNull(*insert, 1, alert.id.value);
        insert->bind(2, alert.rule).bind(3, alert.title).bind(4, static_cast<std::int64_t>(alert.severity));
        insert->bind(5, alert.first.micros()).bind(6, alert.last.micros());
        bindIdOrNull(*insert, 7, alert.incident.value);
        CORDON_CHECK(insert->bind(8, alert.body).run());
        if (!id.isSet())
            id.value = m_database.lastRowId();
        CORDON_TRY(store::Statement * link, ready(insertAlertEvent));
        for (const EventId event : alert.events)
            CORDON_CHECK(link->bind(1, id.value).bind(2, event.value).run());
        return {};
    });
    CORDON_CHECK(written);
    return id;
}

Result<void> CaseStore::removeAlertsAfter(AlertId last)
{
    return write([&]() -> Result<void> {
        for (const char* sql : {deleteAlertEvents, deleteAlerts}) {
            CORDON_TRY(store::Statement * remove, ready(sql));
            CORDON_CHECK(remove->bind(1, last.value).run());
        }
        return {};
    });
}

Result<IncidentId> CaseStore::putIncident(const StoredIncident& incident)
{
    IncidentId id = incident.id;
    const auto written = write([&]() -> Result<void> {
        CORDON_TRY(store::Statement * insert, ready(insertIncident));
        bindIdOrNull(*insert, 1, incident.id.value);
        insert->bind(2, incident.title).bind(3, std::int64_t{incident.risk});
        insert->bind(4, static_cast<std::int64_t>(incident.severity))
            .bind(5, static_cast<std::int64_t>(incident.status));
        insert->bind(6, incident.firstSeen.micros()).bind(7, incident.lastSeen.micros());
        CORDON_CHECK(insert->bind(8, incident.assignee).bind(9, incident.body).run());
        if (!id.isSet())
            id.value = m_database.lastRowId();
        CORDON_TRY(store::Statement * clear, ready(clearMembers));
        CORDON_CHECK(clear->bind(1, id.value).run());
        CORDON_TRY(store::Statement * member, ready(insertMember));
        for (const EntityRef& entity : incident.members) {
            CORDON_TRY(const std::int64_t number, m_queries.table().entities().idOf(entity));
            CORDON_CHECK(member->bind(1, id.value).bind(2, number).run());
        }
        CORDON_TRY(store::Statement * move, ready(moveAlert));
        for (const AlertId alert : incident.alerts)
            CORDON_CHECK(move->bind(1, alert.value).bind(2, id.value).run());
        return {};
    });
    CORDON_CHECK(written);
    return id;
}

Result<void> CaseStore::removeIncident(IncidentId id)
{
    return write([&]() -> Result<void> {
        CORDON_TRY(store::Statement * clear, ready(clearMembers));
        CORDON_CHECK(clear->bind(1, id.value).run());
        CORDON_TRY(store::Statement * remove, ready(deleteIncident));
        return remove->bind(1, id.value).run();
    });
}

Result<void> CaseStore::putDocument(const std::string& kind, const std::string& key, const std::string& body)
{
    CORDON_TRY(store::Statement * replace, ready(replaceDocument));
    return replace->bind(1, kind).bind(2, key).bind(3, body).run();
}

Result<void> CaseStore::removeDocument(const std::string& kind, const std::string& key)
{
    CORDON_TRY(store::Statement * remove, ready(deleteDocument));
    return remove->bind(1, kind).bind(2, key).run();
}

Result<void> CaseStore::setMeta(const std::string& key, const std::string& value)
{
    CORDON_TRY(store::Statement * replace, ready(replaceMeta));
    return replace->bind(1, key).bind(2, value).run();
}

Result<void> CaseStore::indexEntry(const LedgerEntry& entry)
{
    CORDON_TRY(store::Statement * insert, ready(insertEntry));
    insert->bind(1, entry.seq).bind(2, entry.ts.micros());
    const auto at = Timestamp::parse(entry.data["at"].asString());
    if (at)
        insert->bind(3, at->micros());
    else
        insert->bindNull(3);
    insert->bind(4, entry.type).bind(5, toString(entry.actor.kind)).bind(6, entry.actor.id);
    insert->bind(7, entry.session).bind(8, entry.incident).bind(9, entry.mandate);
    return insert->bind(10, json::write(entry.data)).run();
}

Result<void> CaseStore::dropNames(const std::vector<std::int64_t>& words, const std::vector<std::int64_t>& entities)
{
    if (words.empty() && entities.empty())
        return {};
    m_queries.table().forget();
    return write([&]() -> Result<void> {
        for (const auto& [sql, numbers] : {std::pair("DELETE FROM words WHERE id = ?", &words),
                                           std::pair("DELETE FROM entities WHERE id = ?", &entities)}) {
            CORDON_TRY(store::Statement * statement, ready(sql));
            for (const std::int64_t number : *numbers)
                CORDON_CHECK(statement->bind(1, number).run());
        }
        return {};
    });
}

Result<void> CaseStore::discardUnsealed()
{
    CORDON_TRY(auto count, m_database.prepare("SELECT count(*) FROM sources WHERE digest = ''"));
    CORDON_TRY(const bool hasRow, count.step());
    const bool isNeeded = hasRow && count.integer(0) > 0;
    count.reset();
    if (!isNeeded)
        return {};
    m_queries.table().forget();
    return write([this] { return m_database.execute(discardUnsealedSql); });
}

} // namespace cordon::record
