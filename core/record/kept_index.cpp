#include "core/record/kept_index.h"

#include "core/crypto/sha256.h"
#include "core/record/kept_rows.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace cordon::record {
namespace {

/// Every table but those that ledger and evidence give: events with their words, entities and postings, and ledger_index.
constexpr std::array<const char*, 8> keptTables{"meta",   "documents",    "sources",   "followed",
                                                "rejected", "alerts", "alert_events", "incidents"};
/// Members of incidents, by the entity's own name instead of its number in this index.
constexpr const char* membersTable = "incident_members";
constexpr const char* membersQuery =
    "SELECT i.incident, e.key, e.type, e.name FROM incident_entities i JOIN entities e ON e.id = i.entity "
    "ORDER BY i.incident, e.key";
constexpr const char* putMembers = R"(
CREATE TEMP TABLE incident_members (incident INTEGER, key TEXT, type TEXT, name TEXT);
)";
constexpr const char* takeMembers = R"(
INSERT OR IGNORE INTO entities (key, type, name) SELECT key, type, name FROM temp.incident_members ORDER BY rowid;
INSERT OR IGNORE INTO incident_entities (incident, entity)
  SELECT m.incident, e.id FROM temp.incident_members m JOIN entities e ON e.key = m.key;
DROP TABLE temp.incident_members;
)";

Result<std::vector<std::string>> columnsOf(store::Database& database, const std::string& table)
{
    CORDON_TRY(auto rows, database.prepare("PRAGMA table_info(" + table + ")"));
    std::vector<std::string> columns;
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return columns;
        columns.push_back(rows.text(1));
    }
}

/// Nothing when the event is not of that source.
Result<bool> isOfSource(store::Database& database, std::int64_t event, std::int64_t source)
{
    CORDON_TRY(auto row, database.prepare("SELECT source FROM events WHERE id = ?"));
    CORDON_TRY(const bool hasRow, row.bind(1, event).step());
    return hasRow && row.integer(0) == source;
}

Result<std::int64_t> firstEventOf(store::Database& database, std::int64_t source)
{
    CORDON_TRY(auto row, database.prepare("SELECT min(id) FROM events WHERE source = ?"));
    CORDON_CHECK(row.bind(1, source).step());
    return row.integer(0);
}

/// Sources are read one after the other, so their events' numbers go on without a gap but for what a failure took back.
Result<Value> firstEventsOf(store::Database& database)
{
    CORDON_TRY(auto rows, database.prepare("SELECT id, events FROM sources WHERE events > 0 ORDER BY id"));
    Value::Object firsts;
    std::int64_t next = 1;
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return Value(std::move(firsts));
        const std::int64_t source = rows.integer(0);
        const std::int64_t count = rows.integer(1);
        CORDON_TRY(const bool isFirst, isOfSource(database, next, source));
        CORDON_TRY(const bool isLast, isOfSource(database, next + count - 1, source));
        if (!isFirst || !isLast) {
            CORDON_TRY(next, firstEventOf(database, source));
            firsts.emplace(std::to_string(source), next);
        }
        next += count;
    }
}

std::string joined(const std::vector<std::string>& items, const std::string& each = {})
{
    std::string text;
    for (const std::string& item : items)
        text += (text.empty() ? "" : ", ") + (each.empty() ? item : each);
    return text;
}

Result<void> writeRows(store::Database& database, KeptRowsWriter::Into into)
{
    KeptRowsWriter writer(std::move(into));
    CORDON_TRY(Value firsts, firstEventsOf(database));
    CORDON_CHECK(writer.head(json::write(Value::Object{{"v", 1}, {"first_events", std::move(firsts)}})));
    for (const char* table : keptTables) {
        CORDON_TRY(const auto columns, columnsOf(database, table));
        CORDON_CHECK(writer.table(database, table, columns,
                                  "SELECT " + joined(columns) + " FROM " + table + " ORDER BY 1, 2"));
    }
    CORDON_CHECK(writer.table(database, membersTable, {"incident", "key", "type", "name"}, membersQuery));
    return writer.end();
}

} // namespace

platform::Path keptPath(const platform::Path& caseFolder)
{
    return caseFolder / "kept";
}

Result<Digest> KeptIndex::keep(store::Database& database, const EvidenceVault& vault)
{
    CORDON_TRY(auto object, vault.create());
    CORDON_CHECK(writeRows(database, [&](ByteView bytes) { return object.add(bytes); }));
    return object.seal();
}

Result<Digest> KeptIndex::digestOf(store::Database& database)
{
    crypto::Sha256 hash;
    CORDON_CHECK(writeRows(database, [&](ByteView bytes) {
        hash.update(bytes);
        return Result<void>();
    }));
    return hash.digest();
}

Result<KeptIndex> KeptIndex::restore(store::Database& database, const EvidenceVault& vault, const Digest& digest)
{
    CORDON_CHECK(vault.verify(digest));
    CORDON_TRY(auto object, vault.open(digest));
    CORDON_TRY(auto reader, KeptRowsReader::open(std::move(object)));
    CORDON_TRY(const Value head, json::parse(reader.head()));
    KeptIndex kept;
    for (const auto& [source, first] : head["first_events"].asObject())
        kept.firstEvents.emplace(std::atoll(source.c_str()), first.asInt());
    CORDON_CHECK(database.execute(putMembers));
    // Only names that this program knows get into a statement.
    std::map<std::string, std::vector<std::string>> known{{membersTable, {"incident", "key", "type", "name"}}};
    for (const char* table : keptTables) {
        CORDON_TRY(known[table], columnsOf(database, table));
    }
    CORDON_CHECK(reader.into(database, [&](const std::string& table,
                                          const std::vector<std::string>& columns) -> Result<std::string> {
        const auto place = known.find(table);
        const bool isKnown = place != known.end() && std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
                                 return std::find(place->second.begin(), place->second.end(), column) !=
                                        place->second.end();
                             });
        if (!isKnown)
            return fail(ErrorCode::Unsupported, "rows of a newer program: " + table);
        return "INSERT OR REPLACE INTO " + table + " (" + joined(columns) + ") VALUES (" + joined(columns, "?") + ")";
    }));
    CORDON_CHECK(database.execute(takeMembers));
    return kept;
}

} // namespace cordon::record
