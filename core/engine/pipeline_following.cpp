// How followed folders get into the case, piece by piece, each record once.
#include "core/engine/pipeline.h"

#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/correlation_recall.h"
#include "core/engine/stage_time.h"
#include "core/engine/version.h"
#include "core/ingest/source_clock.h"
#include "core/value/json.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

/// Cordon's own rule on logs that stop. Source: docs/formats/following.md, "Quiet sources"
RuleInfo quietRule()
{
    RuleInfo rule;
    rule.id = "cordon-quiet-source";
    rule.title = "A followed log fell silent beyond its usual gap";
    rule.description = "Nothing came from this source for longer than its own past explains. Logging may have been "
                       "switched off or its delivery cut.";
    rule.author = "Cordon";
    rule.level = Severity::Medium;
    rule.tactics = {"defense-impairment"};
    rule.techniques = {"T1685", "T1685.002"};
    rule.falsePositives = {"Maintenance, or a collector that stopped"};
    rule.isBuiltin = true;
    return rule;
}

Value pieceValue(const std::string& path, std::uint64_t from, std::uint64_t to)
{
    return Value::Object{{"path", escapedForDisplay(path)},
                         {"from", static_cast<std::int64_t>(from)},
                         {"to", static_cast<std::int64_t>(to)}};
}

LedgerDraft sealedDraft(const EvidenceRecord& record, Value piece)
{
    LedgerDraft draft;
    draft.type = "evidence.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = record::toValue(record);
    draft.data.set("followed", std::move(piece));
    return draft;
}

} // namespace

Result<void> Pipeline::openFollowing(bool goesOn)
{
    CORDON_TRY(const std::int64_t events, m_folder->store().queries().countEvents({}));
    CORDON_CHECK(learnBaseline(events > 0));
    CORDON_TRY(m_following, Following::open(m_folder->store(), goesOn));
    CORDON_TRY(m_logPace, recallCorrelations(*m_folder, *m_detection, arrival()));
    return notePieces();
}

/// A kill may have come between a piece and its entry in the ledger.
Result<void> Pipeline::notePieces()
{
    CORDON_TRY(const auto pieces, m_folder->store().queries().sourcesNotNoted());
    if (pieces.empty())
        return {};
    CORDON_TRY(const auto entries, m_folder->store().queries().ledgerEntries("evidence.sealed", ""));
    for (const record::StoredSource& piece : pieces) {
        EvidenceRecord record = pieceRecord(piece.file);
        CORDON_TRY(record.digest, Digest::fromHex(piece.digest));
        CORDON_TRY(record.packedDigest, Digest::fromHex(piece.packedDigest));
        record.size = piece.bytes;
        record.packedSize = piece.packedBytes;
        record.isWhole = piece.isWhole;
        LedgerDraft draft =
            sealedDraft(record, pieceValue(piece.file, piece.begins, piece.begins + piece.bytes));
        setReading(draft.data, piece);
        const std::string mark = json::write(draft.data["followed"]);
        const bool isThere = std::any_of(entries.begin(), entries.end(), [&](const record::StoredEntry& entry) {
            return entry.data.find(piece.digest) != std::string::npos && entry.data.find(mark) != std::string::npos;
        });
        if (!isThere)
            CORDON_CHECK(m_journal->write(std::move(draft)));
        CORDON_CHECK(m_folder->store().noted(piece.id));
    }
    return {};
}

EvidenceRecord Pipeline::pieceRecord(const std::string& path) const
{
    EvidenceRecord record;
    record.source = escapedForDisplay(path);
    record.kind = "log";
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = m_options.operatorId;
    record.method = "followed";
    record.acquired = m_machine.now();
    return record;
}

Result<void> Pipeline::follow(const fs::path& root, const std::string& by, const ingest::ImportOptions& import)
{
    const bool isSaid = import != ingest::ImportOptions();
    CORDON_TRY([[maybe_unused]] const auto clock, ingest::SourceClock::from(import)); // a zone that is none
    if (!m_following)
        CORDON_CHECK(openFollowing(false));
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(root, error);
    if (error || !fs::exists(whole, error))
        return fail(ErrorCode::NotFound, root.string() + ": no such file or folder");
    const fs::path home = fs::weakly_canonical(m_options.home, error);
    const auto apart = std::mismatch(home.begin(), home.end(), whole.begin(), whole.end());
    if (apart.first == home.end() || apart.second == whole.end())
        return fail(ErrorCode::Denied, root.string() + ": Cordon's own files lie in it, which are no logs");
    return m_following->add(whole, by, isSaid ? import : m_options.import);
}

Result<void> Pipeline::stopFollowing(const fs::path& root)
{
    if (!m_following)
        return fail(ErrorCode::NotFound, root.string() + ": is not followed");
    return m_following->remove(root);
}

Result<bool> Pipeline::followSome(const std::stop_token& stop)
{
    constexpr int mostPieces = 16;
    bool hasRead = false;
    if (isHeldBack({}))
        return false;
    if (m_hasLostPiece)
        CORDON_CHECK(forgetPiece());
    m_readingSince = std::chrono::steady_clock::now();
    for (int pieces = 0; pieces < mostPieces && !stop.stop_requested();) {
        auto step = m_following->next(m_machine.now());
        if (!step)
            break;
        CORDON_TRY(const bool isPiece, takeStep(*step, stop));
        hasRead = hasRead || isPiece;
        pieces += isPiece ? 1 : 0;
    }
    CORDON_CHECK(m_following->keepStates());
    CORDON_TRY(const bool isQuieter, noteSilences());
    if (stop.stop_requested() || (!hasRead && !isQuieter))
        return hasRead;
    CORDON_CHECK(workOutNew(stop));
    m_notice.phase = Phase::Live;
    notify();
    return hasRead;
}

Result<void> Pipeline::workOutNew(const std::stop_token& stop)
{
    const Timestamp reached = m_logPace.reached().value_or(m_clock.now());
    if (m_clock.isFrozen() && reached > m_clock.now()) // a replay: time is the log's own
        m_clock.tick(reached - m_clock.now());
    CORDON_CHECK(m_incidents->lineUpNew());
    while (const auto due = nextAlert()) {
        CORDON_CHECK(advance(std::max(*due, reached), stop));
        if (stop.stop_requested())
            break;
    }
    return {};
}

/// Whoever stops it does not wait until every incident was worked on: the next opening goes on with those.
Result<void> Pipeline::endFollowing(const std::stop_token& stop)
{
    CORDON_CHECK(m_folder->store().write([this] { return keepMatches(m_detection->correlations->finish()); }));
    CORDON_CHECK(workOutNew(stop));
    return finish();
}

/// What was half taken in is nowhere any more: not in the case, and not in what was learned from it.
Result<void> Pipeline::forgetPiece()
{
    m_hasLostPiece = true;
    record::CaseStore& store = m_folder->store();
    CORDON_CHECK(store.discardUnsealed());
    (void)m_detection->correlations->finish();
    m_baseline.reset();
    CORDON_TRY(m_notice.events, store.queries().countEvents({}));
    CORDON_TRY(m_notice.rejected, store.queries().countRejected());
    CORDON_CHECK(learnBaseline(m_notice.events > 0));
    CORDON_TRY(m_following, m_following->reopened());
    CORDON_TRY(m_logPace, recallCorrelations(*m_folder, *m_detection, arrival()));
    CORDON_CHECK(notePieces());
    CORDON_CHECK(m_incidents->lineUp());
    m_hasLostPiece = false;
    return {};
}

/// After each failure in a row twice as long, because what was learned from the case is learned anew each time.
void Pipeline::holdBack(const std::string& path)
{
    constexpr std::int64_t shortest = 2'000'000'000;
    constexpr int longestAt = 7; // some four minutes
    HeldBack& held = m_heldBack[path];
    held.until = m_machine.monotonicNanos() + (shortest << std::min(held.failures++, longestAt));
}

bool Pipeline::isHeldBack(const std::string& path) const
{
    const auto held = m_heldBack.find(path);
    return held != m_heldBack.end() && m_machine.monotonicNanos() < held->second.until;
}

/// @return whether records were read
Result<bool> Pipeline::takeStep(ingest::FollowStep& step, const std::stop_token& stop)
{
    record::CaseStore& store = m_folder->store();
    if (step.open)
        return isHeldBack(step.file.path) ? Result<bool>(false) : takeWholePiece(step, stop);
    const bool isRefused = step.file.state == FollowState::Skipped || step.file.state == FollowState::Failed;
    CORDON_CHECK(store.write([&]() -> Result<void> {
        CORDON_TRY(step.file.id, store.putFollowed(step.file));
        if (!isRefused)
            return {};
        ++m_rejectedInRun;
        ++m_notice.rejected;
        const RejectedRecord whole{step.file.path, 0, 0, step.file.reason};
        return store.addRejected(record::SourceId{}, std::span(&whole, 1));
    }));
    m_following->keep(step.file);
    return false;
}

/// A piece is in the case with its seal and its place in the file, or nothing of it is anywhere.
/// @return whether it is in the case
Result<bool> Pipeline::takeWholePiece(ingest::FollowStep& step, const std::stop_token& stop)
{
    const auto counts = std::tuple(m_rejectedInRun, m_recordsInRun, m_duplicates, m_notice.logReaches);
    const std::string path = step.file.path;
    auto taken = takePiece(step, stop);
    m_reading.reset();
    const bool isTouched = std::exchange(m_isPieceHeard, false);
    if (taken && *taken) {
        m_heldBack.erase(path);
        m_heldBack.erase(std::string());
        return true;
    }
    std::tie(m_rejectedInRun, m_recordsInRun, m_duplicates, m_notice.logReaches) = counts;
    holdBack(taken ? path : std::string());
    if (!isTouched)
        return taken;
    m_following->endLook();
    const auto forgotten = forgetPiece();
    return taken && !forgotten ? fail(forgotten.error()) : taken;
}

/// Source: docs/formats/case.md, "Followed files"
/// @return false when it could not be read, which is told
Result<bool> Pipeline::takePiece(ingest::FollowStep& step, const std::stop_token& stop)
{
    const StageTime time(m_seconds, "read");
    record::CaseStore& store = m_folder->store();
    CORDON_CHECK(noteDetection());
    m_notice.phase = Phase::Ingesting;
    ingest::ReadOptions options;
    m_import = m_following->importOf(step.file.root);
    options.import = m_import;
    options.open = std::move(step.open);
    options.head = std::move(step.head);
    options.begins = step.begins;
    options.lastRecord = step.lastRecord;
    options.position = step.position;
    const fs::path path = step.file.path;
    m_reading = std::make_unique<LogReading>(std::vector{path}, *m_detection, m_folder->vault(), LogReading::Watch{},
                                             std::move(options));
    // A piece at hand is soon over and is not broken off.
    const bool isShort = step.file.position - step.begins <= ingest::Follower::longestPiece;
    record::SourceId piece;
    std::optional<ReadBatch> batch;
    do {
        batch = m_reading->next(isShort ? std::stop_token{} : stop);
        if (!batch || (batch->end && !*batch->end && batch->events.empty() && batch->rejected.empty()))
            break;
        m_isPieceHeard = true;
        const auto kept = store.write([&]() -> Result<void> {
            if (!piece.isSet()) {
                const std::string kind = batch->events.empty() ? "" : batch->events.front().event.source;
                CORDON_TRY(piece, store.addPiece(step.file, kind, step.begins));
                CORDON_CHECK(store.setReading(piece, readingOf(*batch)));
            }
            return takeBatch(*batch, piece, path);
        });
        CORDON_CHECK(kept);
        noteProgress(path);
    } while (!batch->end);
    const bool isRead = batch && batch->end->has_value();
    // Of a damaged log the look counted what can be read; less is a failure of this reading.
    const bool isAll = isRead && (*batch->end)->decodedBytes >= step.file.position - step.begins;
    if (!isAll) { // a later look begins the piece again
        if (batch && !isRead && batch->end->error().code == ErrorCode::DiskFull)
            return fail(batch->end->error());
        const std::string cut = batch ? "was not read to its end" : "reading was broken off";
        logWarning(path.string() + ": " + (batch && !isRead ? batch->end->error().detail : cut));
        return false;
    }
    EvidenceRecord record = pieceRecord(step.file.path);
    record.isWhole = (*batch->end)->isWhole;
    CORDON_TRY(record, batch->evidence->seal(std::move(record)));
    if (!isReplay())
        m_following->quiet().arrived(m_machine.now());
    step.file.arrived = m_machine.now();
    CORDON_CHECK(store.write([&]() -> Result<void> {
        if (m_logPace.reached())
            CORDON_CHECK(keepMatches(m_detection->correlations->drain(*m_logPace.reached())));
        CORDON_CHECK(m_following->keepQuiet());
        return store.sealPiece(piece, record, step.file);
    }));
    LedgerDraft draft = sealedDraft(record, pieceValue(step.file.path, step.begins, step.begins + record.size));
    setReading(draft.data, readingOf(*batch));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    CORDON_CHECK(store.noted(piece));
    m_following->keep(step.file);
    return true;
}

/// An event of a piece that is being read.
Result<void> Pipeline::hear(const Event& event)
{
    const auto silence = m_following->quiet().heard(Following::sourceOf(event), event.time, event.id);
    return silence && isReplay() ? keepSilence(*silence) : Result<void>();
}

Result<void> Pipeline::keepSilence(const detect::Silence& silence)
{
    const EntityRef log{EntityKind::Resource, "log:" + silence.source, "log", silence.source};
    Measured measured;
    measured.texts.push_back({"quiet.since",
                              {{"source", silence.source},
                               {"since", silence.since.toString()},
                               {"minutes", std::to_string(silence.usual / std::chrono::minutes(1))}}});
    return m_incidents->keepHit(quietRule(), {silence.last}, measured, RuleHit::About{log, silence.at});
}

/// @return whether a source is quiet that was not before
Result<bool> Pipeline::noteSilences()
{
    const std::vector<detect::Silence> silences =
        m_following->quiet().check(isReplay() ? m_logPace.reached().value_or(Timestamp()) : m_machine.now());
    if (silences.empty())
        return false;
    CORDON_CHECK(m_folder->store().write([&]() -> Result<void> {
        for (const detect::Silence& silence : silences)
            CORDON_CHECK(keepSilence(silence));
        return m_following->keepQuiet();
    }));
    return true;
}

} // namespace cordon::engine
