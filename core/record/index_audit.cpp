#include "core/record/index_audit.h"

#include "core/platform/packed_folder.h"
#include "core/record/case_schema.h"
#include "core/record/events_digest.h"
#include "core/record/kept_index.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <array>

namespace cordon::record {
namespace {

constexpr std::int64_t mostProblems = 20;
/// What an index has none of as long as no entry names its pages.
constexpr std::array<const char*, 12> pageTables{"documents", "sources",      "followed",  "rejected",          "alerts",
                                                 "alert_events", "incidents", "events", "incident_entities", "event_entities", "words", "entities"};

constexpr const char* rowsSql = "SELECT seq, ts, at, type, actor_kind, actor, session, incident, mandate, data "
                                "FROM ledger_index ORDER BY seq";

/// As the writer of the index puts it. Source: case_store.cpp, indexEntry
bool isRowOf(const store::Statement& row, const LedgerEntry& entry)
{
    using Kind = store::Statement::Kind;
    const auto at = Timestamp::parse(entry.data["at"].asString());
    const bool isAt = at ? row.kind(2) == Kind::Integer && row.integer(2) == at->micros() : row.kind(2) == Kind::Null;
    if (row.kind(1) != Kind::Integer || row.integer(1) != entry.ts.micros() || !isAt)
        return false;
    const std::array<std::string, 7> texts{entry.type,    std::string(toString(entry.actor.kind)),
                                           entry.actor.id, entry.session,
                                           entry.incident, entry.mandate,
                                           json::write(entry.data)};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (row.kind(static_cast<int>(i) + 3) != Kind::Text || row.text(static_cast<int>(i) + 3) != texts[i])
            return false;
    }
    return true;
}

} // namespace

IndexAudit::IndexAudit(const platform::Path& database, bool isWhole)
    : m_isWhole(isWhole)
{
    m_found.restsOnSeal = !isWhole;
    const auto packed = platform::PackedFolder::find(database);
    std::error_code ignored;
    m_found.isThere = packed ? packed->part.has_value() : std::filesystem::exists(std::filesystem::symlink_status(database, ignored));
    if (m_found.isThere)
        open(database);
}

void IndexAudit::open(const platform::Path& database)
{
    if (!platform::PackedFolder::find(database) && !platform::isPlainFile(database))
        return problem(-1, "the index is no plain file");
    std::error_code ignored;
    if (!platform::PackedFolder::find(database) &&
        std::filesystem::exists(std::filesystem::symlink_status(std::filesystem::path(database).concat("-journal"), ignored)))
        return problem(-1, "another program left a journal beside the index");
    auto reader = CaseIndexReader::openToJudge(database);
    if (!reader && reader.error().code == ErrorCode::Denied)
        return problem(-1, "the index holds more than tables and indexes");
    if (!reader) {
        unreadable(reader.error());
        return;
    }
    m_reader = std::move(*reader);
    const auto shape = shapeProblem(m_reader->database());
    if (!shape || !shape->empty()) {
        if (shape)
            problem(-1, "the index is of another shape: " + *shape);
        else
            unreadable(shape.error());
        m_reader.reset();
        return;
    }
    // One look at everything, also beside a writer.
    const auto begun = m_reader->database().execute("BEGIN");
    auto rows = m_reader->database().prepare(rowsSql);
    if (!begun || !rows) {
        unreadable(begun ? rows.error() : begun.error());
        m_reader.reset();
        return;
    }
    m_rows.emplace(std::move(*rows));
    m_hasRow = nextRow();
}

void IndexAudit::problem(std::int64_t entry, std::string what)
{
    if (m_strange++ < mostProblems)
        m_found.problems.emplace_back(entry, std::move(what));
}

void IndexAudit::unreadable(const Error& error)
{
    m_found.gaps.push_back("the index cannot be read: " + error.detail);
    m_found.isDamaged = true;
}

bool IndexAudit::nextRow()
{
    const auto hasRow = m_rows->step();
    if (!hasRow)
        unreadable(hasRow.error());
    return hasRow && *hasRow;
}

void IndexAudit::add(const LedgerEntry& entry)
{
    if (entry.type == "index.kept") {
        m_found.namedBy = entry.seq;
        m_found.pages = entry.data["digest"].asString();
        m_events = entry.data["events_digest"].asString();
        m_hasNoSpare = entry.data["spare_names"].isInt() && entry.data["spare_names"].asInt() == 0;
        m_found.keptEver.insert(m_found.pages);
    }
    if (!m_found.isThere)
        return;
    ++m_found.entries;
    if (!m_reader)
        return;
    for (; m_hasRow && m_rows->integer(0) < entry.seq; m_hasRow = nextRow())
        problem(m_rows->integer(0), "the index has an entry that is not in the ledger");
    if (!m_hasRow || m_rows->integer(0) != entry.seq) {
        ++m_found.missing;
        return;
    }
    if (isRowOf(*m_rows, entry))
        ++m_found.goodRows;
    else
        problem(entry.seq, "the index says something else of an entry than the ledger");
    m_hasRow = nextRow();
}

IndexFindings IndexAudit::finish(bool isLedgerWhole)
{
    if (!m_reader)
        return std::move(m_found);
    for (; m_hasRow && isLedgerWhole; m_hasRow = nextRow())
        problem(m_rows->integer(0), "the index has an entry that is not in the ledger");
    m_rows.reset();
    if (m_isWhole)
        judgePages();
    m_reader.reset();
    return std::move(m_found);
}

void IndexAudit::judgePages()
{
    const auto compared = compare();
    if (compared) {
        m_found.isNamed = m_found.namedBy >= 0;
    } else if (compared.error().code == ErrorCode::Incomplete) {
        m_found.isBehind = true;
        m_found.gaps.push_back(compared.error().detail);
    } else {
        unreadable(compared.error());
    }
}

Result<bool> IndexAudit::isEmpty()
{
    for (const char* table : pageTables) {
        CORDON_TRY(auto rows, m_reader->database().prepare(std::string("SELECT 1 FROM ") + table + " LIMIT 1"));
        CORDON_TRY(const bool hasRow, rows.step());
        if (hasRow)
            return false;
    }
    return true;
}

/// ErrorCode::Incomplete with the reason when the pages are not proven.
Result<void> IndexAudit::compare()
{
    store::Database& database = m_reader->database();
    // Its own indexes could lead past rows that the digests cover.
    CORDON_TRY(auto check, database.prepare("PRAGMA integrity_check(1)"));
    CORDON_TRY(const bool hasAnswer, check.step());
    if (!hasAnswer || check.text(0) != "ok")
        return fail(ErrorCode::Corrupt, "it is damaged");
    if (m_found.namedBy < 0) {
        CORDON_TRY(const bool none, isEmpty());
        return none ? Result<void>() : fail(ErrorCode::Incomplete, "no entry of the ledger names the pages of the index");
    }
    CORDON_TRY(const Digest pages, KeptIndex::digestOf(database));
    if (pages.hex() != m_found.pages)
        return fail(ErrorCode::Incomplete, "the pages of the index are not those that entry " + std::to_string(m_found.namedBy) +
                                               " names: they were changed since");
    if (m_events.empty())
        return fail(ErrorCode::Incomplete, "entry " + std::to_string(m_found.namedBy) + " does not name the events of the index");
    CORDON_TRY(const EventsSum events, sumOfEvents(database));
    if (events.digest.hex() != m_events)
        return fail(ErrorCode::Incomplete, "the events of the index are not those that entry " + std::to_string(m_found.namedBy) +
                                               " names: they were changed since");
    const std::size_t spare = events.spareWords.size() + events.spareEntities.size();
    if (m_hasNoSpare && spare > 0)
        return fail(ErrorCode::Incomplete, "the index has " + std::to_string(spare) +
                                               " words or entities that no event and no incident names");
    return {};
}

Result<IndexFindings> examineIndex(const platform::Path& caseFolder, const platform::Path& database,
                                   std::optional<std::int64_t> entries, const std::stop_token& stop, bool withPages)
{
    IndexAudit audit(database, withPages);
    CORDON_CHECK(eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        if (!entries || entry.seq < *entries)
            audit.add(entry);
        return !stop.stop_requested() && (!entries || entry.seq + 1 < *entries);
    }));
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled, "stopped");
    return audit.finish(!entries);
}

} // namespace cordon::record
