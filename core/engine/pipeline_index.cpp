// The index is no authority: what cannot be read out of ledger and evidence again is kept beside them, and an index that
// was lost is filled from all three. Source: docs/formats/case.md, "When case.db is lost or damaged"
#include "core/base/log.h"
#include "core/engine/codec.h"
#include "core/engine/evidence_reading.h"
#include "core/engine/pipeline.h"
#include "core/engine/stage_time.h"
#include "core/engine/version.h"
#include "core/record/events_digest.h"
#include "core/record/evidence_intake.h"
#include "core/record/kept_index.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

/// What depends on how events are numbered; incidents keep their numbers through the places that they cite.
constexpr const char* forgetDetections = R"(
DELETE FROM events; DELETE FROM event_entities; DELETE FROM sources; DELETE FROM rejected;
DELETE FROM alerts; DELETE FROM alert_events; DELETE FROM incidents; DELETE FROM incident_entities;
DELETE FROM documents WHERE kind IN ('hit', 'rule', 'incident_seal', 'incident_row');
)";

std::uint64_t countFrom(const Value& value)
{
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, value.asInt()));
}

/// A sealed log as the ledger names it.
record::StoredSource sourceFrom(const Value& data)
{
    record::StoredSource source;
    const bool isPiece = data.has("followed");
    source.file = isPiece ? data["followed"]["path"].asString() : data["source"].asString();
    source.digest = data["digest"].asString();
    source.packedDigest = data["packed_digest"].asString();
    source.bytes = countFrom(data["size"]);
    source.packedBytes = countFrom(data["packed_size"]);
    source.isWhole = data["whole"].asBool();
    source.followed.value = isPiece ? 1 : 0; // which of the case's is looked up by its path
    source.begins = countFrom(data["followed"]["from"]);
    source.zone = data["zone"].asString();
    source.clockOffset = Duration(data["clock_offset_us"].asInt());
    source.year = static_cast<int>(data["year"].asInt());
    source.written = codec::timeFrom(data["written"]).value_or(Timestamp());
    source.lastRecord = countFrom(data["last_record"]);
    source.readBefore = countFrom(data["read_before"]);
    return source;
}

Result<EvidenceRecord> recordOf(const record::StoredSource& source)
{
    EvidenceRecord record;
    CORDON_TRY(record.digest, Digest::fromHex(source.digest));
    CORDON_TRY(record.packedDigest, Digest::fromHex(source.packedDigest));
    record.size = source.bytes;
    record.packedSize = source.packedBytes;
    record.isWhole = source.isWhole;
    return record;
}

/// Where a followed file is, as an index that is not believed says it; what was read of it is told by ledger and evidence.
void takePlace(FollowedFile& file, const FollowedFile& left)
{
    file.id = left.id;
    file.root = left.root;
    file.path = left.path;
    file.device = left.device;
    file.inode = left.inode;
    file.changed = left.changed;
    file.arrived = left.arrived;
    file.state = left.state == FollowState::Ended ? left.state : FollowState::Following; // another log has its number since
    file.reason = left.state == FollowState::Ended ? left.reason : std::string();
}

bool isUnreadable(const Error& error)
{
    return error.code == ErrorCode::NotFound || error.code == ErrorCode::Corrupt || error.code == ErrorCode::Denied;
}

} // namespace

/// Digest of the rules, maps and playbooks that the ledger names last; "" when it names none.
Result<std::string> Pipeline::newestDetection()
{
    CORDON_TRY(const auto entries, m_folder->store().queries().ledgerEntries("evidence.sealed", ""));
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        CORDON_TRY(const Value data, json::parse(entry->data));
        if (data["kind"].asString() == "detection")
            return data["digest"].asString();
    }
    return std::string();
}

/// Rules, maps and playbooks become evidence before the first log is read with them.
Result<void> Pipeline::noteDetection()
{
    if (std::exchange(m_isDetectionNoted, true))
        return {};
    CORDON_TRY(const std::string texts, detectionTexts({m_options.resources, m_options.rules, m_options.usesBuiltinRules,
                                                        m_options.placeholders, m_options.maps}));
    const std::string digest = crypto::sha256(texts).hex();
    record::CaseStore& store = m_folder->store();
    CORDON_TRY(const std::string known, store.queries().meta("detection"));
    if (known == digest)
        return {};
    CORDON_TRY(const std::string sealed, newestDetection());
    if (sealed == digest) // an index that was made anew lost what it knew of it
        return store.setMeta("detection", digest);
    EvidenceRecord record;
    CORDON_TRY(record.digest, m_folder->vault().add(bytesOf(texts)));
    record.size = record.packedSize = texts.size();
    record.packedDigest = record.digest;
    record.source = "rules, field maps and playbooks in force";
    record.kind = "detection";
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = m_options.operatorId;
    record.method = "as loaded";
    record.acquired = m_machine.now();
    CORDON_CHECK(record::noteContainers(record, m_folder->vault()));
    LedgerDraft draft;
    draft.type = "evidence.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = record::toValue(record);
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return store.setMeta("detection", digest);
}

Result<void> Pipeline::keepIndex()
{
    store::Database& database = m_folder->database();
    if (database.allChanges() == m_keptChanges)
        return {};
    const std::int64_t begun = m_machine.monotonicNanos();
    const record::EvidenceVault vault = m_folder->keptVault();
    CORDON_TRY(const Digest digest, record::KeptIndex::keep(database, vault));
    if (!vault.verify(digest)) { // another hand changed what had been kept under that name
        std::error_code ignored;
        fs::remove(vault.pathOf(digest), ignored);
        CORDON_TRY([[maybe_unused]] const Digest again, record::KeptIndex::keep(database, vault));
    }
    CORDON_TRY(const record::EventsSum sum, record::sumOfEvents(database));
    CORDON_CHECK(m_folder->store().dropNames(sum.spareWords, sum.spareEntities));
    const Digest& events = sum.digest;
    CORDON_TRY(const auto entries, m_folder->store().queries().ledgerEntries("index.kept", ""));
    const bool isKnown = !entries.empty() && entries.back().data.find(digest.hex()) != std::string::npos &&
                         entries.back().data.find(events.hex()) != std::string::npos;
    if (!isKnown) {
        LedgerDraft draft;
        draft.type = "index.kept";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = Value::Object{{"digest", digest.hex()},
                                   {"events_digest", events.hex()},
                                   {"spare_names", 0},
                                   {"events", m_notice.events},
                                   {"incidents", static_cast<std::int64_t>(m_files.size())}};
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        CORDON_TRY(const auto objects, vault.list());
        for (const Digest& object : objects) { // the newest says all that older ones did
            std::error_code ignored;
            if (object != digest)
                fs::remove(vault.pathOf(object), ignored);
        }
    }
    m_keptChanges = database.allChanges();
    m_keptAt = m_machine.monotonicNanos();
    m_keepEvery = std::max<std::int64_t>(m_keepEvery, (m_keptAt - begun) * 50);
    return {};
}

/// While people work nothing waits for the end: a case that loses its index then loses minutes of thought, no decision.
Result<void> Pipeline::keepIndexNowAndThen()
{
    if (m_keptAt == 0)
        m_keptAt = m_machine.monotonicNanos();
    if (m_machine.monotonicNanos() - m_keptAt < m_keepEvery)
        return {};
    saveChanged();
    return keepIndex();
}

/// The newest of what was kept that can be read.
/// @return number of its entry; 0 when there is none
Result<std::int64_t> Pipeline::restoreKept(record::KeptIndex& kept)
{
    record::CaseStore& store = m_folder->store();
    CORDON_TRY(const auto entries, store.queries().ledgerEntries("index.kept", ""));
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        CORDON_TRY(const Value data, json::parse(entry->data));
        CORDON_TRY(const Digest digest, Digest::fromHex(data["digest"].asString()));
        if (!m_folder->keptVault().contains(digest))
            continue; // an older one
        auto restored = store.write([&]() -> Result<void> {
            CORDON_TRY(kept, record::KeptIndex::restore(m_folder->database(), m_folder->keptVault(), digest));
            return {};
        });
        if (restored)
            return entry->seq;
        logWarning("what was kept of the index cannot be used: " + restored.error().detail);
    }
    return std::int64_t{0};
}

Result<void> Pipeline::fillIndex()
{
    if (!m_folder->indexState().isNew)
        return {};
    const StageTime time(m_seconds, "rebuild");
    m_notice.phase = Phase::Ingesting;
    m_readingSince = std::chrono::steady_clock::now();
    record::CaseStore& store = m_folder->store();
    record::KeptIndex kept;
    CORDON_TRY(std::int64_t since, restoreKept(kept));
    CORDON_CHECK(lookAtWhatWasLeft());
    CORDON_TRY(std::vector<record::StoredSource> sources, store.queries().sources());
    std::erase_if(sources, [](const record::StoredSource& source) { return source.digest.empty(); });
    CORDON_CHECK(store.setLoading(true));
    CORDON_TRY(const bool isAsBefore, putEventsBack(sources, kept));
    if (!isAsBefore) {
        logWarning("this program reads the evidence otherwise than the one that wrote case.db: detection is done anew");
        store.queries().table().forget();
        CORDON_CHECK(store.write([&] { return m_folder->database().execute(forgetDetections); }));
        since = 0;
        for (const record::StoredSource& source : sources)
            CORDON_CHECK(readAgain(source));
    }
    CORDON_TRY(const auto sealed, store.queries().ledgerEntries("evidence.sealed", ""));
    for (const record::StoredEntry& entry : sealed) {
        CORDON_TRY(const Value data, json::parse(entry.data));
        const bool isThere = std::any_of(sources.begin(), sources.end(), [&](const record::StoredSource& source) {
            return source.digest == data["digest"].asString() &&
                   (!source.followed.isSet() || source.begins == countFrom(data["followed"]["from"]));
        });
        if (data["kind"].asString() == "log" && entry.seq > since && !isThere) {
            CORDON_CHECK(readAgain(sourceFrom(data)));
            m_hasReadAgain = true;
        }
    }
    if (m_baseline)
        CORDON_CHECK(store.write([this] { return keepMatches(m_detection->correlations->finish()); }));
    CORDON_CHECK(store.setLoading(false));
    m_filledSince = since;
    return {};
}

/// @return false when a source gives other events than it gave before
Result<bool> Pipeline::putEventsBack(const std::vector<record::StoredSource>& sources, const record::KeptIndex& kept)
{
    EvidenceReading reading(*m_folder, sources, *m_detection);
    m_notice.bytesTotal = 0;
    for (const record::StoredSource& source : sources)
        m_notice.bytesTotal += source.bytes;
    bool isAsBefore = true;
    std::int64_t next = 1;
    std::uint64_t before = 0;
    for (const record::StoredSource& source : sources) {
        const auto told = kept.firstEvents.find(source.id.value);
        const std::int64_t first = told == kept.firstEvents.end() ? next : told->second;
        next = first + source.events;
        const auto progress = [&](std::uint64_t read, std::uint64_t) { noteFilling(before + read, source.file); };
        auto put = source.events == 0 ? Result<bool>(true) : reading.putEvents(source, first, progress);
        if (!put && !isUnreadable(put.error()))
            return fail(put.error());
        if (!put)
            logWarning("events of " + source.file + " are lost with their evidence: " + put.error().detail);
        isAsBefore = isAsBefore && (!put || *put);
        before += source.bytes;
    }
    return isAsBefore;
}

void Pipeline::noteFilling(std::uint64_t read, const std::string& file)
{
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - m_readingSince;
    m_notice.bytesRead = read;
    m_notice.currentFile = fs::path(file).filename().string();
    m_notice.bytesPerSecond = elapsed.count() > 0 ? static_cast<double>(read) / elapsed.count() : 0;
    tell();
}

/// As when it was read first: its events, what rules say of them, what was rejected.
Result<void> Pipeline::readAgain(const record::StoredSource& source)
{
    record::CaseStore& store = m_folder->store();
    CORDON_TRY(const std::int64_t events, store.queries().countEvents({}));
    CORDON_CHECK(learnBaseline(events > 0));
    CORDON_TRY(auto known, store.queries().sources());
    FollowedFile file;
    if (source.followed.isSet()) {
        CORDON_TRY(file, followedAt(source));
        for (record::StoredSource& other : known) // its first piece has the columns
            other.followed.value = other.followed == file.id ? source.followed.value : 0;
    }
    CORDON_TRY(ingest::ReadOptions options, EvidenceReading(*m_folder, std::move(known), *m_detection).optionsOf(source));
    m_import = options.import;
    m_reading = std::make_unique<LogReading>(std::vector<fs::path>{source.file}, *m_detection, m_folder->vault(),
                                             LogReading::Watch{}, std::move(options));
    record::SourceId id;
    bool isRead = false;
    while (auto batch = m_reading->next({})) {
        CORDON_CHECK(store.write([&]() -> Result<void> {
            if (!id.isSet() && source.followed.isSet()) {
                const std::string kind = batch->events.empty() ? "" : batch->events.front().event.source;
                CORDON_TRY(id, store.addPiece(file, kind, source.begins));
                CORDON_CHECK(store.setReading(id, source));
            }
            return takeBatch(*batch, id, source.file);
        }));
        isRead = !batch->end || batch->end->has_value();
        noteFilling(m_reading->bytesRead(), source.file);
    }
    m_reading.reset();
    if (!isRead)
        logWarning("events of " + source.file + " are lost with their evidence");
    CORDON_TRY(const EvidenceRecord record, recordOf(source));
    CORDON_CHECK(source.followed.isSet() ? store.sealPiece(id, record, file) : store.sealSource(id, record));
    return store.noted(id);
}

/// A followed file up to the end of one of its pieces; known by its bytes, because its number may be another's by now.
Result<FollowedFile> Pipeline::followedAt(const record::StoredSource& piece)
{
    constexpr std::uint64_t markLength = 512;
    CORDON_TRY(const auto known, m_folder->store().queries().followed());
    // An index that a crash left knows which file of the folder it was, also when it has another name by now.
    const auto left = m_leftPieces.find({piece.digest, piece.begins, piece.file});
    const bool isTold = left != m_leftPieces.end();
    const auto same = std::find_if(known.begin(), known.end(), [&](const auto& one) {
        return isTold ? one.id == left->second.id : one.path == piece.file;
    });
    FollowedFile file;
    if (same != known.end())
        file = *same;
    if (isTold)
        takePlace(file, left->second);
    else
        file.path = piece.file;
    if (file.root.empty())
        file.root = piece.file;
    if (!isTold)
        file.state = FollowState::Following;
    file.position = piece.begins + piece.bytes;
    file.size = std::max(file.size, file.position);
    CORDON_TRY(const Digest digest, Digest::fromHex(piece.digest));
    if (auto object = m_folder->vault().open(digest)) {
        const std::uint64_t length = std::min(markLength, object->size());
        if (piece.begins == 0) {
            CORDON_TRY(file.head, object->read(0, static_cast<std::size_t>(length)));
        }
        CORDON_TRY(file.tail, object->read(object->size() - length, static_cast<std::size_t>(length)));
    }
    CORDON_TRY(file.id, m_folder->store().putFollowed(file));
    return file;
}

} // namespace cordon::engine
