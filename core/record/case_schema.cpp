#include "core/record/case_schema.h"

#include <set>
#include <vector>

namespace cordon::record {
namespace {

// Strings that repeat (actions, addresses, agents) live once in `words`, entities once in `entities`: a million events
// take about 150 MB instead of 600, and searching text means searching the few distinct ones.
constexpr const char* firstVersion = R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (kind TEXT, key TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE sources (
  id INTEGER PRIMARY KEY, file TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL DEFAULT '',
  packed_digest TEXT NOT NULL DEFAULT '', bytes INTEGER NOT NULL DEFAULT 0, packed_bytes INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0, duplicates INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
  is_whole INTEGER NOT NULL DEFAULT 1, first INTEGER, last INTEGER);
CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE entities (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE events (
  id INTEGER PRIMARY KEY, time INTEGER NOT NULL, source INTEGER NOT NULL, offset INTEGER NOT NULL,
  length INTEGER NOT NULL, identity INTEGER NOT NULL, origin INTEGER, tenant INTEGER, actor INTEGER, via INTEGER,
  action INTEGER, targets TEXT, address INTEGER, user_agent INTEGER, region INTEGER, outcome INTEGER NOT NULL,
  error INTEGER, external_id TEXT, flags INTEGER NOT NULL, time_text TEXT);
CREATE UNIQUE INDEX events_once ON events (time, identity);
CREATE INDEX events_by_time ON events (time, source, offset);
CREATE TABLE event_entities (
  entity INTEGER, time INTEGER, event INTEGER, roles INTEGER NOT NULL, PRIMARY KEY (entity, time, event)) WITHOUT ROWID;
CREATE TABLE rejected (
  id INTEGER PRIMARY KEY, source INTEGER, file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  reason TEXT NOT NULL);
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, title TEXT NOT NULL, severity INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, incident INTEGER, body TEXT NOT NULL);
CREATE INDEX alerts_by_incident ON alerts (incident);
CREATE TABLE alert_events (alert INTEGER, event INTEGER, PRIMARY KEY (alert, event)) WITHOUT ROWID;
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, risk INTEGER NOT NULL, severity INTEGER NOT NULL,
  status INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, assignee TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE incident_entities (incident INTEGER, entity INTEGER, PRIMARY KEY (incident, entity)) WITHOUT ROWID;
CREATE TABLE ledger_index (
  seq INTEGER PRIMARY KEY, ts INTEGER NOT NULL, at INTEGER, type TEXT NOT NULL, actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL, session TEXT NOT NULL, incident TEXT NOT NULL, mandate TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX ledger_by_incident ON ledger_index (incident, seq);
CREATE INDEX ledger_by_type ON ledger_index (type, seq);
)";

// A followed file comes in pieces, each a source of its own with evidence of its own.
constexpr const char* followedFiles = R"(
CREATE TABLE followed (
  id INTEGER PRIMARY KEY, root TEXT NOT NULL, path TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,
  head BLOB NOT NULL, tail BLOB NOT NULL, position INTEGER NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL,
  state INTEGER NOT NULL, reason TEXT NOT NULL, same_as INTEGER NOT NULL, arrived INTEGER NOT NULL);
ALTER TABLE sources ADD COLUMN followed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN begins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN is_noted INTEGER NOT NULL DEFAULT 1;
CREATE INDEX sources_not_noted ON sources (id) WHERE is_noted = 0;
)";

// What a person said of a source's times at its import.
constexpr const char* sourceClocks = R"(
ALTER TABLE sources ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN clock_offset INTEGER NOT NULL DEFAULT 0;
)";

// What else the reader was told of a source, so that its evidence reads the same again.
constexpr const char* sourceReadings = R"(
ALTER TABLE sources ADD COLUMN year INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN last_record INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN read_before INTEGER NOT NULL DEFAULT 0;
)";

const std::vector<const char*>& steps()
{
    static const std::vector<const char*> all{firstVersion, followedFiles, sourceClocks, sourceReadings};
    return all;
}

/// What a database holds: names of tables and indexes, each table's columns behind it. SQLite's own indexes stand for the
/// tables that they serve; what else has a name of SQLite's is told as it is.
Result<std::set<std::string>> namesIn(store::Database& database)
{
    std::set<std::string> names;
    CORDON_TRY(auto rows, database.prepare("SELECT m.type, m.name, m.tbl_name, c.name FROM sqlite_master m "
                                           "LEFT JOIN pragma_table_xinfo(m.name) c ON m.type = 'table'"));
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            return names;
        const std::string name = rows.text(1);
        const bool isAutomatic = rows.text(0) == "index" && name.starts_with("sqlite_autoindex_" + rows.text(2) + "_");
        if (isAutomatic)
            continue;
        names.insert(name);
        if (!rows.isNull(3))
            names.insert(name + "." + rows.text(3));
    }
}

Result<std::set<std::string>> makeNamesOf(std::size_t version)
{
    CORDON_TRY(auto empty, store::Database::open(":memory:", store::Database::Mode::Create));
    CORDON_CHECK(store::migrate(empty, {steps().begin(), steps().begin() + static_cast<std::ptrdiff_t>(version)}));
    return namesIn(empty);
}

/// The same of an empty database of that version, from 1 on.
const Result<std::set<std::string>>& namesOf(std::int64_t version)
{
    static const auto all = [] {
        std::vector<Result<std::set<std::string>>> made;
        for (std::size_t one = 1; one <= steps().size(); ++one)
            made.push_back(makeNamesOf(one));
        return made;
    }();
    return all[static_cast<std::size_t>(version) - 1];
}

} // namespace

Result<std::string> shapeProblem(store::Database& database)
{
    CORDON_TRY(auto row, database.prepare("PRAGMA user_version"));
    CORDON_TRY([[maybe_unused]] const bool hasVersion, row.step());
    const std::int64_t version = row.integer(0);
    if (version < 1 || version > caseSchemaVersion())
        return fail(ErrorCode::Unsupported, "it is of version " + std::to_string(version) + ", which is not known here");
    CORDON_TRY(std::set<std::string> missing, namesOf(version));
    CORDON_TRY(const std::set<std::string> found, namesIn(database));
    for (const std::string& name : found) {
        if (missing.erase(name) == 0)
            return "it has a table, column or index that is none of its own: " + name;
    }
    return missing.empty() ? std::string() : "it lacks a table, column or index: " + *missing.begin();
}

std::int64_t caseSchemaVersion()
{
    return static_cast<std::int64_t>(steps().size());
}

Result<void> applyCaseSchema(store::Database& database)
{
    return store::migrate(database, steps());
}

} // namespace cordon::record
