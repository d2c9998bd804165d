#include "core/engine/case_reader.h"

#include "core/engine/agent_vault.h"
#include "core/engine/case_documents.h"
#include "core/engine/case_reader_state.h"
#include "core/engine/codec.h"
#include "core/engine/exercise_parties.h"
#include "core/engine/followed_rows.h"
#include "core/engine/incident_closing.h"
#include "core/engine/incident_row.h"
#include "core/engine/ledger_words.h"
#include "core/ingest/page_reader.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_reader.h"
#include "core/record/log_keys.h"
#include "core/value/json.h"

#include <algorithm>
#include <tuple>

namespace cordon::engine {
namespace {

constexpr int mostShownAlerts = 1000;

record::EventQuery queryOf(const EventFilter& filter)
{
    record::EventQuery query;
    query.from = filter.from;
    query.to = filter.to;
    query.incident = filter.incident;
    query.entity = filter.entity;
    query.text = filter.text;
    query.onlyFailures = filter.onlyFailures;
    return query;
}

LedgerRow ledgerRowOf(const record::StoredEntry& entry)
{
    LedgerRow row;
    row.seq = entry.seq;
    row.ts = entry.ts;
    row.at = entry.at;
    row.type = entry.type;
    row.actorKind = entry.actorKind;
    row.actor = entry.actor;
    row.incident = entry.incident;
    row.summary = ledgerSummary(entry.type, entry.data);
    return row;
}

bool isMark(const std::string& type)
{
    return type.rfind("outcome.", 0) == 0 || type.rfind("approval.", 0) == 0 || type.rfind("agent.", 0) == 0 ||
           type.rfind("step.", 0) == 0 || type.rfind("lease.", 0) == 0 || type.rfind("incident.", 0) == 0;
}

} // namespace

CaseReader::CaseReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}

CaseReader::~CaseReader() = default;

Result<std::unique_ptr<CaseReader>> CaseReader::open(const std::filesystem::path& folder)
{
    auto state = std::make_unique<State>();
    state->folder = folder;
    if (record::isSealedCase(folder)) {
        CORDON_TRY(state->sealed, record::SealedCase::open(folder));
    }
    CORDON_TRY(state->index, record::CaseIndexReader::open(record::databasePath(folder)));
    return std::unique_ptr<CaseReader>(new CaseReader(std::move(state)));
}

Result<CaseSummary> CaseReader::summary()
{
    CaseSummary summary;
    summary.name = m_state->folder.filename().string();
    CORDON_TRY(summary.origin, record::caseOrigin(m_state->folder));
    summary.isExercise = record::isExerciseOrigin(summary.origin);
    CORDON_TRY(summary.events, m_state->queries().countEvents({}));
    CORDON_TRY(summary.alerts, m_state->queries().countAlerts());
    CORDON_TRY(summary.rejected, m_state->queries().countRejected());
    CORDON_TRY(const auto span, m_state->queries().span());
    summary.first = span.first;
    summary.last = span.second;
    CORDON_TRY(const std::string rules, m_state->queries().meta("rules"));
    CORDON_TRY(const std::string playbooks, m_state->queries().meta("playbooks"));
    summary.rules = std::atoi(rules.c_str());
    summary.playbooks = std::atoi(playbooks.c_str());
    const auto exercise = record::exercisePath(m_state->folder);
    summary.people = ExerciseParties::peopleFolder(exercise);
    summary.agentKey = summary.isExercise ? ExerciseParties::agentKeyFile(exercise)
                                          : AgentVault(platform::cordonHome()).publicKeyFile();
    if (const auto genesis = record::entryAt(m_state->folder, 0)) {
        const auto key = crypto::PublicKey::parse(genesis->data["public_key"].asString());
        summary.genesisKey = key ? key->fingerprint() : std::string();
    }
    return summary;
}

/// The queue out of its lines alone: the pages of incidents lie all over a large file. Nothing where one has no line.
Result<std::optional<std::vector<IncidentRow>>> CaseReader::State::sealedLines()
{
    CORDON_TRY(const auto kept, queries().documents(documents::incidentRowKind));
    CORDON_TRY(const std::vector<IncidentId> ids, queries().incidentsWithMembers());
    std::vector<IncidentRow> lines;
    lines.reserve(ids.size());
    for (const auto& [id, text] : kept) {
        CORDON_TRY(const Value value, ingest::parsePage(text));
        CORDON_TRY(IncidentRow row, incidentRowFrom(value));
        row.needsYou = false; // what waited then waits for nobody who reads it
        if (std::binary_search(ids.begin(), ids.end(), row.id)) // others went into another one since
            lines.push_back(std::move(row));
    }
    if (lines.size() != ids.size())
        return std::optional<std::vector<IncidentRow>>();
    std::sort(lines.begin(), lines.end(), [](const IncidentRow& a, const IncidentRow& b) {
        return std::tuple(-a.risk, b.lastSeen, a.id) < std::tuple(-b.risk, a.lastSeen, b.id);
    });
    return std::optional(std::move(lines));
}

Result<std::vector<IncidentRow>> CaseReader::incidents()
{
    if (m_state->sealed && !m_state->sealedRows) {
        CORDON_TRY(m_state->sealedRows, m_state->sealedLines());
    }
    if (m_state->sealedRows)
        return *m_state->sealedRows;
    CORDON_TRY(const std::vector<IncidentId> ids, m_state->queries().incidentIds());
    CORDON_TRY(const auto kept, m_state->queries().documents(documents::incidentRowKind));
    std::unordered_map<std::string_view, const std::string*> texts;
    for (const auto& [id, text] : kept)
        texts.emplace(id, &text);
    std::vector<IncidentRow> rows;
    rows.reserve(ids.size());
    if (m_state->rows.size() > 2 * ids.size() + 1000)
        m_state->rows.clear(); // most of them are none any more
    for (const IncidentId id : ids) {
        const auto text = texts.find(toString(id));
        if (text == texts.end()) { // of a case that kept no lines yet
            CORDON_TRY(const record::StoredIncident stored, m_state->queries().incident(id));
            CORDON_TRY(const Value body, ingest::parsePage(stored.body));
            CORDON_TRY(const Incident incident, codec::incidentFrom(body));
            CORDON_TRY(const Plan plan, codec::planFrom(body["plan"]));
            rows.push_back(incidentRowOf(incident, plan));
            rows.back().needsYou = rows.back().needsYou && !m_state->sealed;
            continue;
        }
        State::KnownRow& known = m_state->rows[id];
        if (known.text != *text->second) {
            CORDON_TRY(const Value value, ingest::parsePage(*text->second));
            CORDON_TRY(known.row, incidentRowFrom(value));
            known.text = *text->second;
        }
        rows.push_back(known.row);
        rows.back().needsYou = rows.back().needsYou && !m_state->sealed; // what waited then waits for nobody who reads it
    }
    return rows;
}

Result<std::vector<IncidentId>> CaseReader::incidentIds()
{
    if (m_state->sealed) {
        CORDON_TRY(const std::vector<IncidentRow> rows, incidents());
        std::vector<IncidentId> ids;
        for (const IncidentRow& row : rows)
            ids.push_back(row.id);
        return ids;
    }
    return m_state->queries().incidentIds();
}

Result<IncidentDetail> CaseReader::incident(IncidentId id)
{
    CORDON_TRY(const record::StoredIncident stored, m_state->queries().incident(id));
    CORDON_TRY(const Value body, ingest::parsePage(stored.body));
    IncidentDetail detail;
    CORDON_TRY(detail.incident, codec::incidentFrom(body));
    CORDON_TRY(detail.brief, codec::briefFrom(body));
    CORDON_TRY(detail.plan, codec::planFrom(body["plan"]));
    for (const Value& note : body["notes"].asArray())
        detail.notes.emplace_back(codec::timeFrom(note["time"]).value_or(Timestamp()), note["text"].asString());
    CORDON_TRY(const auto alerts, m_state->queries().alerts(id, 0, mostShownAlerts));
    for (const record::StoredAlert& item : alerts) {
        CORDON_TRY(const Value value, ingest::parsePage(item.body));
        CORDON_TRY(Alert alert, codec::alertFrom(value));
        detail.alerts.push_back(std::move(alert));
    }
    detail.closing = closingFrom(body["closing"]);
    CORDON_TRY(const std::string session, m_state->queries().newestOf("session.", toString(id)));
    detail.isSessionPaused = session == "session.paused";
    return detail;
}

Result<std::int64_t> CaseReader::countEvents(const EventFilter& filter)
{
    return m_state->queries().countEvents(queryOf(filter));
}

Result<std::vector<Event>> CaseReader::events(const EventFilter& filter, std::int64_t offset, int limit)
{
    return m_state->queries().events(queryOf(filter), offset, limit);
}

Result<Event> CaseReader::event(EventId id)
{
    return m_state->queries().event(id);
}

Result<std::vector<std::int64_t>> CaseReader::histogram(const EventFilter& filter, Timestamp from, Timestamp to,
                                                        int buckets)
{
    return m_state->queries().histogram(queryOf(filter), from, to, buckets);
}

Result<std::vector<TimelineMark>> CaseReader::marks(std::optional<IncidentId> incident)
{
    CORDON_TRY(const auto entries, m_state->queries().ledgerEntries("", incident ? toString(*incident) : ""));
    std::vector<TimelineMark> marks;
    for (const record::StoredEntry& entry : entries) {
        if (!isMark(entry.type))
            continue;
        TimelineMark mark;
        mark.time = entry.at == Timestamp() ? entry.ts : entry.at;
        mark.isPerson = entry.actorKind == "person";
        mark.actor = entry.actor;
        mark.text = ledgerSummary(entry.type, entry.data);
        mark.ledgerSeq = entry.seq;
        mark.incident = entry.incident;
        marks.push_back(std::move(mark));
    }
    return marks;
}

Result<std::int64_t> CaseReader::countLedger()
{
    return m_state->queries().countLedger();
}

Result<std::vector<LedgerRow>> CaseReader::ledger(std::int64_t offset, int limit)
{
    CORDON_TRY(const auto entries, m_state->queries().ledger(offset, limit));
    std::vector<LedgerRow> rows;
    for (const record::StoredEntry& entry : entries)
        rows.push_back(ledgerRowOf(entry));
    return rows;
}

Result<std::string> CaseReader::ledgerEntry(std::int64_t seq)
{
    CORDON_TRY(const LedgerEntry entry, record::entryAt(m_state->folder, seq));
    return json::writePretty(ledgerEntryValue(entry));
}

Result<std::vector<SourceRow>> CaseReader::sources()
{
    CORDON_TRY(const auto stored, m_state->queries().sources());
    std::vector<SourceRow> rows;
    for (const record::StoredSource& source : stored) {
        rows.push_back({source.file, source.kind, source.events, source.rejected, source.duplicates, source.bytes,
                        source.digest, source.isWhole, source.first, source.last, source.followed.isSet(), source.zone,
                        source.clockOffset});
    }
    return rows;
}

Result<std::vector<FollowedRow>> CaseReader::followed()
{
    return followedRows(m_state->queries());
}

Result<std::vector<RejectedRecord>> CaseReader::rejected(std::int64_t offset, int limit)
{
    return m_state->queries().rejected(offset, limit);
}

Result<std::string> CaseReader::whyRefused(const std::string& inboxFile)
{
    CORDON_TRY(const auto entries, m_state->queries().ledgerEntries("inbox.refused", ""));
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        CORDON_TRY(const Value data, json::parse(entry->data));
        if (data["file"].asString() == inboxFile)
            return data["why"].asString();
    }
    return fail(ErrorCode::NotFound, inboxFile + ": nothing was said of it");
}

Result<std::vector<PersonRow>> CaseReader::people()
{
    auto banner = ExerciseParties::banner(record::exercisePath(m_state->folder));
    std::vector<PersonRow> people = banner ? *banner : std::vector<PersonRow>();
    const auto page = m_state->queries().document(documents::peopleKind, "all");
    if (!page)
        return people;
    CORDON_TRY(const Value rows, json::parse(*page));
    for (const Value& item : rows.asArray()) {
        PersonRow row;
        row.id = item["id"].asString();
        row.name = item["name"].asString();
        for (const Value& role : item["roles"].asArray())
            row.roles.push_back(role.asString());
        row.isOfInstallation = true;
        people.push_back(std::move(row));
    }
    return people;
}

} // namespace cordon::engine
