#include "core/record/index_copy.h"

#include "core/crypto/random.h"
#include "core/record/case_schema.h"
#include "core/store/database.h"

#include <charconv>
#include <utility>

namespace cordon::record {
namespace {

/// An empty file first, so that nobody else can read what comes into it.
Result<platform::Path> madeFile(const platform::Path& beside)
{
    const platform::Path folder = beside.has_parent_path() ? beside.parent_path() : platform::Path(".");
    const platform::Path path = folder / (".index-" + crypto::randomHex(8));
    CORDON_TRY([[maybe_unused]] const auto file, platform::File::createExclusively(path));
    return path;
}

/// Write-ahead journals are no part of a sealed case.
Result<void> settle(store::Database& copy)
{
    return copy.execute("PRAGMA journal_mode = DELETE; VACUUM;");
}

// Rows keep their numbers, so that citations stay good. `wanted_*` hold the numbers that go over.
constexpr const char* narrowSql = R"(
INSERT INTO main.alerts SELECT * FROM whole.alerts WHERE incident = (SELECT id FROM temp.wanted_incident);
INSERT INTO main.incidents SELECT * FROM whole.incidents WHERE id = (SELECT id FROM temp.wanted_incident);
INSERT INTO main.incident_entities SELECT * FROM whole.incident_entities
  WHERE incident = (SELECT id FROM temp.wanted_incident);
INSERT OR IGNORE INTO temp.wanted_events SELECT event FROM whole.alert_events WHERE alert IN (SELECT id FROM main.alerts);
INSERT INTO main.alert_events SELECT * FROM whole.alert_events WHERE alert IN (SELECT id FROM main.alerts);
INSERT INTO main.events SELECT * FROM whole.events WHERE id IN (SELECT id FROM temp.wanted_events);
INSERT INTO main.event_entities SELECT * FROM whole.event_entities WHERE event IN (SELECT id FROM main.events);
)";

constexpr const char* namesSql = R"(
INSERT INTO main.entities SELECT * FROM whole.entities
  WHERE id IN (SELECT entity FROM main.event_entities) OR id IN (SELECT entity FROM main.incident_entities)
     OR id IN (SELECT actor FROM main.events) OR id IN (SELECT via FROM main.events)
     OR id IN (SELECT id FROM temp.wanted_entities);
INSERT INTO main.words SELECT * FROM whole.words WHERE id IN (
  SELECT origin FROM main.events UNION SELECT tenant FROM main.events UNION SELECT action FROM main.events UNION
  SELECT address FROM main.events UNION SELECT user_agent FROM main.events UNION SELECT region FROM main.events UNION
  SELECT error FROM main.events UNION SELECT id FROM temp.wanted_words);
INSERT INTO main.sources SELECT * FROM whole.sources WHERE id IN (SELECT source FROM main.events);
UPDATE main.sources SET
  events = (SELECT count(*) FROM main.events WHERE source = main.sources.id), rejected = 0, duplicates = 0, followed = 0;
INSERT INTO main.ledger_index SELECT * FROM whole.ledger_index WHERE seq IN (SELECT id FROM temp.wanted_entries);
INSERT INTO main.meta VALUES ('narrowed', '1');
INSERT INTO main.documents SELECT * FROM whole.documents
  WHERE kind = 'approval' AND json_extract(body, '$.incident') = (SELECT name FROM temp.wanted_incident);
)";

Result<void> want(store::Database& copy, const char* sql, const std::vector<std::int64_t>& numbers)
{
    CORDON_TRY(auto insert, copy.prepare(sql));
    for (const std::int64_t number : numbers)
        CORDON_CHECK(insert.bind(1, number).run());
    return {};
}

/// Entities and words that the lists of targets name: `12:7 13:7`, entity and relation.
Result<void> wantTargets(store::Database& copy)
{
    std::vector<std::int64_t> entities;
    std::vector<std::int64_t> words;
    CORDON_TRY(auto rows, copy.prepare("SELECT targets FROM main.events"));
    for (;;) {
        CORDON_TRY(const bool hasRow, rows.step());
        if (!hasRow)
            break;
        const std::string text = rows.text(0);
        std::int64_t number = 0;
        for (const char* next = text.data(), *end = next + text.size(); next < end;) {
            const auto read = std::from_chars(next, end, number);
            if (read.ec != std::errc())
                return fail(ErrorCode::Corrupt, "the index has a target list that cannot be read");
            (read.ptr < end && *read.ptr == ':' ? entities : words).push_back(number);
            next = read.ptr + 1;
        }
    }
    CORDON_CHECK(want(copy, "INSERT OR IGNORE INTO wanted_entities VALUES (?1)", entities));
    return want(copy, "INSERT OR IGNORE INTO wanted_words VALUES (?1)", words);
}

} // namespace

IndexCopy::IndexCopy(IndexCopy&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
{}

IndexCopy::~IndexCopy()
{
    if (m_path.empty())
        return;
    std::error_code ignored;
    for (const char* ending : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(m_path.string() + ending, ignored);
}

Result<IndexCopy> IndexCopy::make(store::Database& index, const platform::Path& beside, std::int64_t entries,
                                  const std::stop_token& stop)
{
    CORDON_TRY(platform::Path path, madeFile(beside));
    IndexCopy copy(std::move(path));
    const auto done = copy.fill(index, entries, stop);
    if (!done && stop.stop_requested())
        return fail(ErrorCode::Cancelled, "sealing was stopped");
    if (!done)
        return fail(done.error());
    return copy;
}

/// Each statement may take long on a large index: a stop interrupts it.
Result<void> IndexCopy::fill(store::Database& index, std::int64_t entries, const std::stop_token& stop)
{
    CORDON_CHECK(index.copyInto(m_path, stop));
    CORDON_TRY(auto made, store::Database::open(m_path, store::Database::Mode::ReadWrite));
    const std::stop_callback ends(stop, [&made] { made.interrupt(); });
    CORDON_TRY(auto later, made.prepare("DELETE FROM ledger_index WHERE seq >= ?1"));
    CORDON_CHECK(later.bind(1, entries).run());
    CORDON_CHECK(settle(made));
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "sealing was stopped");
    return {};
}

Result<IndexCopy> IndexCopy::makeOfIncident(const platform::Path& database, const platform::Path& beside,
                                            std::int64_t incident, const std::vector<std::int64_t>& events,
                                            const std::vector<std::int64_t>& entries)
{
    CORDON_TRY(platform::Path path, madeFile(beside));
    IndexCopy copy(std::move(path));
    CORDON_TRY(auto made, store::Database::open(copy.m_path, store::Database::Mode::ReadWrite));
    CORDON_CHECK(applyCaseSchema(made));
    CORDON_TRY(auto attach, made.prepare("ATTACH ?1 AS whole"));
    CORDON_CHECK(attach.bind(1, database.string()).run());
    CORDON_CHECK(made.execute("CREATE TEMP TABLE wanted_events (id INTEGER PRIMARY KEY); "
                              "CREATE TEMP TABLE wanted_entries (id INTEGER PRIMARY KEY); "
                              "CREATE TEMP TABLE wanted_entities (id INTEGER PRIMARY KEY); "
                              "CREATE TEMP TABLE wanted_words (id INTEGER PRIMARY KEY); "
                              "CREATE TEMP TABLE wanted_incident (id INTEGER PRIMARY KEY, name TEXT)"));
    CORDON_CHECK(want(made, "INSERT OR IGNORE INTO wanted_events VALUES (?1)", events));
    CORDON_CHECK(want(made, "INSERT OR IGNORE INTO wanted_entries VALUES (?1)", entries));
    CORDON_CHECK(want(made, "INSERT INTO wanted_incident VALUES (?1, printf('INC-%04d', ?1))", {incident}));
    CORDON_CHECK(made.execute(narrowSql));
    CORDON_CHECK(wantTargets(made));
    CORDON_CHECK(made.execute(namesSql));
    CORDON_CHECK(made.execute("DETACH whole"));
    CORDON_CHECK(settle(made));
    return copy;
}

} // namespace cordon::record
