#include "app/bench/runs.h"

#include "core/engine/pipeline.h"
#include "core/ingest/readers/evtx_source.h"
#include "core/ingest/record_framer.h"

#include <array>
#include <fstream>
#include <thread>

namespace cordon::bench {
namespace {

class NoEvidence final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

/// Matches and counts.
class CountingSink final : public ingest::RecordSink
{
public:
    explicit CountingSink(engine::Detection& detection)
        : m_detection(detection)
        , m_watchlist(detection.watch->get())
    {}

    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        m_detection.program->match(view, m_scratch, m_matches);
        m_inputs.clear();
        for (const detect::RuleIndex rule : m_matches)
            m_detection.correlations->collect(rule, view, event.time, detect::EventRef{record}, m_inputs);
        for (const detect::CorrelationInput& input : m_inputs)
            m_detection.correlations->add(input);
        m_matchCount += m_matches.size();
        if (m_watchlist) {
            m_seen.clear();
            m_watchlist->match(event, view.raw(), m_seen);
            m_seenCount += m_seen.size();
        }
        return {};
    }
    void onRejected(RejectedRecord) override { ++m_rejectedCount; }

    [[nodiscard]] std::uint64_t matchCount() const { return m_matchCount; }
    [[nodiscard]] std::uint64_t rejectedCount() const { return m_rejectedCount; }
    [[nodiscard]] std::uint64_t seenCount() const { return m_seenCount; }

private:
    engine::Detection& m_detection;
    std::shared_ptr<const indicators::Watchlist> m_watchlist;
    std::vector<indicators::IndicatorIndex> m_seen;
    std::uint64_t m_seenCount = 0;
    detect::MatchScratch m_scratch;
    std::vector<detect::RuleIndex> m_matches;
    std::vector<detect::CorrelationInput> m_inputs;
    std::uint64_t m_matchCount = 0;
    std::uint64_t m_rejectedCount = 0;
};

/// Addresses, networks, names, URLs and hashes in equal parts; no record has them.
std::shared_ptr<const indicators::Watchlist> madeUpIndicators(int count)
{
    indicators::IndicatorList list;
    for (int i = 0; i < count; ++i) {
        const std::string number = std::to_string(i);
        const std::string address = "11." + std::to_string(i >> 16) + "." + std::to_string((i >> 8) & 255) + "." + std::to_string(i & 255);
        const std::array<std::pair<indicators::TermKind, std::string>, 5> kinds{
            {{indicators::TermKind::Address, address},
             {indicators::TermKind::Network, "12." + std::to_string((i >> 8) & 255) + "." + std::to_string(i & 255) + ".0/24"},
             {indicators::TermKind::Domain, "host" + number + ".example"},
             {indicators::TermKind::Url, "https://host" + number + ".example/path"},
             {indicators::TermKind::Hash, std::string(64 - number.size(), 'a') + number}}};
        const auto& [kind, value] = kinds[static_cast<std::size_t>(i) % kinds.size()];
        indicators::Indicator indicator;
        indicator.id = number;
        indicator.alternatives = {{{kind, value}}};
        list.indicators.push_back(std::move(indicator));
    }
    std::vector<indicators::IndicatorList> lists;
    lists.push_back(std::move(list));
    return std::make_shared<const indicators::Watchlist>(std::move(lists));
}

/// Matches and does nothing with it: correlations belong to one thread.
class MatchesOnly final : public ingest::RecordSink
{
public:
    explicit MatchesOnly(const detect::RuleProgram& program) : m_program(program) {}

    Result<void> onRecord(Event&&, const EventView& view, std::uint64_t) override
    {
        m_program.match(view, m_scratch, m_matches);
        return {};
    }
    void onRejected(RejectedRecord) override {}

private:
    const detect::RuleProgram& m_program;
    detect::MatchScratch m_scratch;
    std::vector<detect::RuleIndex> m_matches;
};

/// A folder that goes away with everything in it.
class PassingFolder
{
public:
    explicit PassingFolder(Path path)
        : m_path(std::move(path))
    {
        remove();
    }
    ~PassingFolder() { remove(); }
    PassingFolder(const PassingFolder&) = delete;
    PassingFolder& operator=(const PassingFolder&) = delete;
    [[nodiscard]] const Path& path() const { return m_path; }

private:
    void remove() const
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Path m_path;
};

} // namespace

namespace {

Result<Measure> framed(const Path& file, ingest::RecordSource& source)
{
    constexpr std::size_t piece = 1U << 20U;
    Measure measure;
    const Stopwatch watch;
    CORDON_TRY(const auto stream, platform::ByteStream::open(file));
    bool hasMore = true;
    while (hasMore) {
        CORDON_TRY(const std::size_t count, stream->read(source.space(piece), piece));
        source.written(count);
        measure.bytes += count;
        hasMore = count > 0;
        if (!hasMore)
            source.finish();
        while (const auto frame = source.next())
            measure.events += frame->isRecord ? 1 : 0;
    }
    watch.tell(measure);
    return measure;
}

} // namespace

Result<Measure> framing(const Path& file)
{
    ingest::RecordFramer framer;
    CORDON_TRY(Measure measure, framed(file, framer));
    measure.name = "reading and framing alone";
    return measure;
}

Result<Measure> evtxDecoding(const Path& file)
{
    ingest::EvtxSource source;
    CORDON_TRY(Measure measure, framed(file, source));
    measure.name = "EVTX decoding alone";
    return measure;
}

Result<Measure> detection(const Path& file, const Path& resources, const RuleWish& rules)
{
    const Stopwatch loading;
    CORDON_TRY(const auto loaded, engine::Detection::load({resources, rules.folders, rules.usesOwn}));
    Measure measure;
    measure.name = "detection alone, " + rules.name;
    measure.stages["load rules"] = loading.seconds();
    measure.found["rules"] = loaded->ruleCount();
    measure.found["rules rejected"] = loaded->program->rules().rejected().size();
    if (rules.indicators > 0)
        loaded->watch->set(madeUpIndicators(rules.indicators));
    CountingSink sink(*loaded);
    NoEvidence evidence;
    ingest::ReadOptions options;
    options.wantsEvents = false;
    const Stopwatch watch;
    CORDON_TRY(const auto summary, ingest::readLog(file, loaded->maps, loaded->plan, evidence, sink, options));
    measure.found["correlations"] = loaded->correlations->finish().size();
    watch.tell(measure);
    measure.events = summary.events;
    measure.bytes = summary.decodedBytes;
    measure.found["matches"] = sink.matchCount();
    if (rules.indicators > 0)
        measure.found["indicators seen"] = sink.seenCount();
    measure.found["records rejected"] = sink.rejectedCount();
    return measure;
}

Result<Measure> detectionOnTwoThreads(const Path& file, const Path& resources, const RuleWish& rules)
{
    CORDON_TRY(const auto loaded, engine::Detection::load({resources, rules.folders, rules.usesOwn}));
    Measure measure;
    measure.name = "two threads, " + rules.name;
    std::array<Result<ingest::ReadSummary>, 2> summaries;
    const Stopwatch watch;
    {
        std::vector<std::jthread> readers;
        for (Result<ingest::ReadSummary>& summary : summaries) {
            readers.emplace_back([&summary, &file, &loaded] {
                MatchesOnly sink(*loaded->program);
                NoEvidence evidence;
                ingest::ReadOptions options;
                options.wantsEvents = false;
                summary = ingest::readLog(file, loaded->maps, loaded->plan, evidence, sink, options);
            });
        }
    }
    watch.tell(measure);
    for (const Result<ingest::ReadSummary>& summary : summaries) {
        if (!summary)
            return fail(summary.error());
        measure.events += summary->events;
        measure.bytes += summary->decodedBytes;
    }
    return measure;
}

Result<Measure> wholeJob(const Path& file, const Path& resources, const Path& folder)
{
    const PassingFolder room(folder / "whole-job");
    const MachineClock clock;
    engine::EngineOptions options;
    options.folder = room.path() / "bench.cordon";
    options.home = room.path() / "home";
    options.resources = resources;
    options.logs = {file};
    options.exercise = "from-log";
    options.replay = engine::ReplayMode::Batch;
    Measure measure;
    measure.name = "the whole job";
    const Stopwatch watch;
    std::error_code error;
    std::filesystem::create_directories(room.path(), error);
    if (error)
        return fail(ErrorCode::Io, room.path().string() + ": " + error.message());
    CORDON_TRY(const auto pipeline, engine::Pipeline::open(options, clock));
    CORDON_CHECK(pipeline->run({}));
    const Stopwatch reporting;
    std::ofstream report(room.path() / "report.json", std::ios::binary);
    CORDON_CHECK(pipeline->writeReport(engine::ReportFormat::Json, report));
    measure.stages["report"] = reporting.seconds();
    watch.tell(measure);
    for (const auto& [stage, seconds] : pipeline->seconds())
        measure.stages[stage] = seconds;
    CORDON_TRY(const std::int64_t events, pipeline->folder().store().queries().countEvents({}));
    measure.events = static_cast<std::uint64_t>(events);
    measure.bytes = std::filesystem::file_size(file, error);
    measure.found["alerts"] = static_cast<std::uint64_t>(pipeline->incidents().alertCount());
    measure.found["incidents"] = pipeline->files().size();
    measure.found["records rejected"] = static_cast<std::uint64_t>(pipeline->rejectedInRun());
    return measure;
}

} // namespace cordon::bench
