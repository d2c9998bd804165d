// How log files get into the case: bytes into evidence, records into the index, rule hits kept.
#include "core/engine/pipeline.h"

#include "core/engine/baseline_texts.h"

#include "core/base/display_escape.h"
#include "core/base/log.h"
#include "core/engine/hidden_secrets.h"
#include "core/engine/stage_time.h"
#include "core/engine/version.h"
#include "core/ingest/file_list.h"
#include "core/ingest/source_clock.h"

#include <algorithm>
#include <thread>

namespace cordon::engine {

namespace fs = std::filesystem;

namespace {

/// Small logs are read before other threads would have begun.
int matchersFor(int wanted, const std::vector<fs::path>& files)
{
    constexpr std::uint64_t worthIt = 8U << 20U;
    constexpr unsigned most = 8;
    if (wanted > 0)
        return wanted;
    std::uint64_t bytes = 0;
    for (const fs::path& file : files) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(file, error);
        bytes += error ? 0 : size;
    }
    return bytes < worthIt ? 1 : static_cast<int>(std::min(most, std::thread::hardware_concurrency()));
}

/// Keys of this installation and of this case are no logs, whoever names them and by whatever link.
/// @param played  the log that an exercise made for itself in the case's folder; need not be there
void leaveOwnFiles(ingest::FileList& list, const std::vector<fs::path>& folders, const fs::path& played)
{
    std::error_code none;
    std::vector<fs::path> own;
    for (const fs::path& folder : folders) {
        if (!folder.empty())
            own.push_back(fs::weakly_canonical(folder, none));
    }
    const fs::path exempt = fs::weakly_canonical(played, none);
    std::erase_if(list.files, [&](const fs::path& file) {
        const fs::path whole = fs::weakly_canonical(file, none);
        if (whole == exempt && !fs::is_symlink(file, none))
            return false;
        const bool isOwn = std::any_of(own.begin(), own.end(), [&](const fs::path& folder) {
            return std::mismatch(folder.begin(), folder.end(), whole.begin(), whole.end()).first == folder.end();
        });
        if (isOwn)
            list.rejected.push_back({file.string(), 0, 0, "it lies among Cordon's own files, which are no logs"});
        return isOwn;
    });
}

Result<Digest> fileDigest(const fs::path& path)
{
    CORDON_TRY(const platform::File file, platform::File::openForReading(path));
    crypto::Sha256 hash;
    std::string block(1U << 20U, '\0');
    for (std::uint64_t at = 0;;) {
        CORDON_TRY(const std::size_t count, file.readAt(block.data(), block.size(), at));
        if (count == 0)
            return hash.digest();
        hash.update(std::string_view(block).substr(0, count));
        at += count;
    }
}

} // namespace

Result<void> Pipeline::read(const std::vector<fs::path>& logs, const std::stop_token& stop)
{
    return read(logs, stop, m_options.import);
}

Result<void> Pipeline::read(const std::vector<fs::path>& logs, const std::stop_token& stop,
                            const ingest::ImportOptions& import)
{
    const StageTime time(m_seconds, "read");
    CORDON_TRY([[maybe_unused]] const auto clock, ingest::SourceClock::from(import)); // a zone that is none
    if (m_hasLostPiece)
        CORDON_CHECK(forgetPiece());
    m_import = import;
    CORDON_CHECK(noteDetection());
    m_notice.phase = Phase::Ingesting;
    ingest::FileList list = ingest::listFiles(logs);
    record::CaseStore& store = m_folder->store();
    leaveOwnFiles(list, {m_options.home, m_folder->path()}, m_folder->isExercise() ? scenarioLog() : fs::path());
    m_rejectedInRun += static_cast<std::int64_t>(list.rejected.size());
    for (const RejectedRecord& rejected : list.rejected)
        logWarning(rejected.file + ": " + rejected.reason);
    CORDON_CHECK(store.write([&] { return store.addRejected(record::SourceId{}, list.rejected); }));
    CORDON_CHECK(dropReadBefore(list.files));
    if (list.files.empty())
        return {};

    CORDON_TRY(const std::int64_t before, store.queries().countEvents({}));
    CORDON_TRY(const bool needsTenant, needsTenantFromLog());
    m_orderedLog.reset();
    LogReading::Watch watch;
    if (before == 0 && needsTenant) {
        OrderedLog& ordered = m_orderedLog.emplace();
        watch = [&ordered](std::size_t file, const Event& event) { ordered.add(file, event); };
    }
    CORDON_CHECK(learnBaseline(before > 0));
    CORDON_CHECK(store.setLoading(true));
    m_isReadingCancelled.store(false);
    m_readingSince = std::chrono::steady_clock::now();
    ingest::ReadOptions options;
    options.import = m_import;
    m_reading =
        std::make_unique<LogReading>(list.files, *m_detection, m_folder->vault(), std::move(watch), std::move(options),
                                     matchersFor(m_options.threads, list.files));
    std::vector<record::SourceId> sources(list.files.size());
    Result<bool> taken = true;
    while (taken && *taken)
        taken = takeSome(sources, list.files, stop);
    m_reading.reset();
    CORDON_CHECK(store.setLoading(false));
    if (!taken)
        return fail(taken.error());
    return store.write([this] { return keepMatches(m_detection->correlations->finish()); });
}

/// A file that the case has read whole and without loss brings nothing new, and records without an id would count twice.
Result<void> Pipeline::dropReadBefore(std::vector<fs::path>& files) const
{
    CORDON_TRY(const std::vector<record::StoredSource> sources, m_folder->store().queries().sources());
    std::map<std::uint64_t, std::vector<const record::StoredSource*>> bySize;
    for (const record::StoredSource& source : sources) {
        const bool isWell = source.isWhole && source.rejected == 0 && source.events + source.duplicates > 0;
        if (isWell && !source.followed.isSet() && !source.packedDigest.empty())
            bySize[source.packedBytes].push_back(&source);
    }
    std::erase_if(files, [&](const fs::path& file) {
        std::error_code error;
        const auto alike = bySize.find(fs::file_size(file, error));
        if (error || alike == bySize.end())
            return false;
        const auto digest = fileDigest(file);
        return digest && std::any_of(alike->second.begin(), alike->second.end(), [&](const auto* source) {
                   if (source->packedDigest != digest->hex())
                       return false;
                   logWarning(escapedForDisplay(file.string()) + ": read before as " + source->file + "; it brings nothing new");
                   return true;
               });
    });
    return {};
}

/// What is usual is learned from the cases named for it, and from what this case held before.
Result<void> Pipeline::learnBaseline(bool hasEvents)
{
    if (m_baseline)
        return {};
    m_baseline = std::make_unique<BaselineDesk>(*m_detection->program);
    for (const fs::path& folder : m_options.baselines) {
        CORDON_TRY(const auto index, record::CaseIndexReader::open(record::databasePath(folder)));
        CORDON_CHECK(m_baseline->learn(index->lookup(), false));
    }
    return hasEvents ? m_baseline->learn(m_folder->store().lookup(), true) : Result<void>();
}

Result<void> Pipeline::takeBatch(ReadBatch& batch, record::SourceId& source, const fs::path& file)
{
    record::CaseStore& store = m_folder->store();
    if (!source.isSet()) {
        CORDON_TRY(source, store.addSource(file.string(), ""));
        CORDON_CHECK(store.setReading(source, readingOf(batch)));
    }
    std::vector<Event> events;
    events.reserve(batch.events.size());
    for (ReadEvent& item : batch.events) {
        hideSecrets(item.event);
        events.push_back(std::move(item.event));
    }
    CORDON_TRY(const std::size_t added, store.addEvents(source, events));
    m_notice.events += static_cast<std::int64_t>(added);
    m_duplicates += static_cast<std::int64_t>(events.size() - added);
    m_recordsInRun += static_cast<std::int64_t>(events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (!events[i].id.isSet())
            continue; // the case has it already: counted once
        m_incidents->observe(events[i]);
        if (batch.events[i].finding)
            CORDON_CHECK(m_incidents->keepFinding(std::move(*batch.events[i].finding), events[i].id));
        else
            m_baseline->observe(events[i], std::move(batch.events[i].halves));
        m_notice.logReaches = std::max(m_notice.logReaches, events[i].time);
        Timestamp correlatedAt = events[i].time;
        if (m_isPieceHeard) {
            correlatedAt = m_logPace.take(events[i].time, arrival());
            CORDON_CHECK(hear(events[i]));
        }
        for (const detect::RuleIndex rule : batch.events[i].rules)
            CORDON_CHECK(m_incidents->keepHit(m_detection->program->rule(rule).info, {events[i].id}));
        if (!batch.events[i].indicators.empty())
            CORDON_CHECK(m_indicators->keep(*batch.watchlist, batch.events[i].indicators, events[i].id, *m_incidents));
        for (detect::CorrelationInput& input : batch.events[i].inputs) {
            input.event.value = static_cast<std::uint64_t>(events[i].id.value);
            input.time = correlatedAt;
            m_detection->correlations->add(input);
        }
    }
    m_rejectedInRun += static_cast<std::int64_t>(batch.rejected.size());
    m_notice.rejected += static_cast<std::int64_t>(batch.rejected.size());
    return store.addRejected(source, batch.rejected);
}

record::StoredSource Pipeline::readingOf(const ReadBatch& batch) const
{
    record::StoredSource as;
    as.zone = m_import.zone;
    as.clockOffset = m_import.clockOffset;
    as.year = m_import.year;
    as.written = m_reading->writtenAt(batch.file);
    as.lastRecord = m_reading->options().lastRecord;
    as.readBefore = m_reading->options().position;
    return as;
}

void Pipeline::setReading(Value& page, const record::StoredSource& as)
{
    if (!as.zone.empty())
        page.set("zone", as.zone);
    if (as.clockOffset.count() != 0)
        page.set("clock_offset_us", std::int64_t{as.clockOffset.count()});
    if (as.year != 0)
        page.set("year", std::int64_t{as.year});
    if (as.written != Timestamp())
        page.set("written", as.written.toString());
    if (as.lastRecord != 0)
        page.set("last_record", static_cast<std::int64_t>(as.lastRecord));
    if (as.readBefore != 0)
        page.set("read_before", static_cast<std::int64_t>(as.readBefore));
}

Result<void> Pipeline::endFile(ReadBatch& batch, record::SourceId source, const fs::path& file)
{
    const bool hasSummary = batch.end->has_value();
    if (!hasSummary) {
        const Error& error = batch.end->error();
        logWarning(file.string() + ": " + error.detail);
        ++m_rejectedInRun;
        const RejectedRecord whole{file.string(), 0, 0, error.detail};
        CORDON_CHECK(m_folder->store().write(
            [&] { return m_folder->store().addRejected(source, std::span(&whole, 1)); }));
        if (error.code == ErrorCode::DiskFull)
            return fail(error);
    }
    EvidenceRecord record;
    record.source = escapedForDisplay(file.string()); // a name may hold anything
    record.kind = "log";
    record.collector = std::string("cordon ") + versionText;
    record.operatorId = m_options.operatorId;
    record.method = "read from file";
    record.acquired = m_machine.now();
    record.isWhole = hasSummary && (*batch.end)->isWhole;
    CORDON_TRY(record, batch.evidence->seal(std::move(record)));
    CORDON_CHECK(m_folder->store().write([&] { return m_folder->store().sealSource(source, record); }));
    LedgerDraft draft;
    draft.type = "evidence.sealed";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = record::toValue(record);
    setReading(draft.data, readingOf(batch));
    CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
    return {};
}

/// Within the caller's transaction.
Result<void> Pipeline::keepMatches(std::vector<detect::CorrelationMatch> matches)
{
    std::map<std::pair<detect::RuleIndex, std::uint64_t>, detect::CorrelationMatch> newest;
    for (detect::CorrelationMatch& match : matches) {
        const auto key = std::pair(match.rule, match.episode);
        newest[key] = std::move(match);
    }
    for (const auto& [key, match] : newest) {
        const detect::Rule& rule = m_detection->program->rule(match.rule);
        if (!rule.raisesAlert || match.events.empty())
            continue;
        std::vector<EventId> events;
        for (const detect::EventRef event : match.events)
            events.push_back(EventId{static_cast<std::int64_t>(event.value)});
        CORDON_CHECK(m_incidents->keepHit(rule.info, events));
    }
    return m_baseline->finish([this](const RuleInfo& rule, EventId event, const detect::BaselineFacts& facts) {
        return m_incidents->keepHit(rule, {event}, measuredOf(facts));
    });
}

} // namespace cordon::engine
