#include "app/ctl/detect_reading.h"

#include "core/engine/codec.h"
#include "core/ingest/follow_bytes.h"
#include "core/value/json.h"

namespace cordon::ctl {
namespace {

/// Matching alone keeps no bytes.
class NoEvidence final : public EvidenceSink
{
public:
    Result<void> addPacked(ByteView) override { return {}; }
    Result<void> addDecoded(ByteView) override { return {}; }
};

Value entitiesOf(const Event& event)
{
    Value::Array entities;
    if (event.actor)
        entities.push_back(engine::codec::toValue(*event.actor));
    if (event.via)
        entities.push_back(engine::codec::toValue(*event.via));
    for (const EventTarget& target : event.targets)
        entities.push_back(engine::codec::toValue(target.entity));
    return entities;
}

/// Matches each record and hands runs of matches on.
class MatchSink final : public ingest::RecordSink
{
public:
    /// @param file  its name, for the lines; "" leaves them unwritten
    MatchSink(const engine::Detection& detection, detect::MatchScratch& scratch, BoundedQueue<MatchBatch>& queue,
              const std::stop_token& stop, std::string file)
        : m_detection(detection)
        , m_file(std::move(file))
        , m_scratch(scratch)
        , m_queue(queue)
        , m_stop(stop)
    {}

    bool wants(const EventView& view) override
    {
        m_detection.program->match(view, m_scratch, m_matches);
        // what asks about an identity's past needs a case, which keeps one
        std::erase_if(m_matches, [this](detect::RuleIndex rule) { return m_detection.program->rule(rule).usesBaseline; });
        return !m_matches.empty();
    }
    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override
    {
        const std::size_t before = m_batch.inputs.size();
        for (const detect::RuleIndex index : m_matches) {
            const detect::Rule& rule = m_detection.program->rule(index);
            m_detection.correlations->collect(index, view, event.time, detect::EventRef{record}, m_batch.inputs);
            if (rule.raisesAlert)
                addLine(record, matchLine(rule.info, event.time, entitiesOf(event)));
        }
        if (m_batch.inputs.size() > before)
            m_batch.heads.push_back({record, event.time, json::write(entitiesOf(event))});
        return handOnWhenFull();
    }
    /// Another product's alert is a match like any other: of its own words, in every version that the log holds.
    Result<void> onFinding(Event&& event, Alert&& alert, const EventView& view, std::uint64_t record) override
    {
        const Value whole = engine::codec::toValue(alert);
        Value line = matchLine(alert.rule, event.time, whole["entities"]);
        line.set("external", whole["external"]);
        addLine(record, std::move(line));
        return wants(view) ? onRecord(std::move(event), view, record) : handOnWhenFull();
    }
    void onRejected(RejectedRecord rejected) override { m_batch.rejected.push_back(std::move(rejected)); }

    void finish(Result<ingest::ReadSummary> end)
    {
        m_batch.end = std::move(end);
        m_queue.push(std::move(m_batch));
    }

private:
    /// Writing costs more than matching: it is done here, on many threads.
    void addLine(std::uint64_t record, Value line)
    {
        if (m_file.empty()) {
            m_batch.lines.push_back({record, std::move(line), {}});
            return;
        }
        line.set("file", m_file);
        m_batch.lines.push_back({record, {}, json::write(line)});
    }

    Result<void> handOnWhenFull()
    {
        constexpr std::size_t full = 1024;
        if (m_batch.lines.size() + m_batch.inputs.size() < full)
            return {};
        if (!m_queue.push(std::exchange(m_batch, {}), m_stop))
            return fail(ErrorCode::Cancelled, "reading was cancelled");
        return {};
    }

    const engine::Detection& m_detection;
    std::string m_file;
    detect::MatchScratch& m_scratch;
    BoundedQueue<MatchBatch>& m_queue;
    const std::stop_token& m_stop;
    std::vector<detect::RuleIndex> m_matches;
    MatchBatch m_batch;
};

} // namespace

Value matchLine(const RuleInfo& rule, Timestamp time, Value entities)
{
    return Value::Object{{"rule", rule.id},
                         {"title", rule.title},
                         {"level", toString(rule.level)},
                         {"author", rule.author},
                         {"license", rule.license},
                         {"time", time.toString()},
                         {"entities", std::move(entities)}};
}

DetectReading::DetectReading(const engine::Detection& detection, std::vector<std::filesystem::path> files,
                             std::vector<LogPiece> pieces, ingest::ImportOptions import, int threads, bool writesJson)
    : m_detection(detection)
    , m_files(std::move(files))
    , m_pieces(std::move(pieces))
    , m_import(std::move(import))
    , m_writesJson(writesJson)
{
    for (std::size_t piece = 0; piece < m_pieces.size(); ++piece)
        m_queues.push_back(std::make_unique<Queue>(batchesHeld));
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

DetectReading::~DetectReading()
{
    for (std::jthread& thread : m_threads)
        thread.request_stop();
    for (const auto& queue : m_queues)
        queue->close();
}

MatchBatch DetectReading::next(std::size_t piece)
{
    return m_queues[piece]->pop().value_or(MatchBatch());
}

void DetectReading::work(const std::stop_token& stop)
{
    detect::MatchScratch scratch;
    for (std::size_t at = m_nextPiece++; at < m_pieces.size() && !stop.stop_requested(); at = m_nextPiece++) {
        const LogPiece& piece = m_pieces[at];
        NoEvidence evidence;
        MatchSink sink(m_detection, scratch, *m_queues[at], stop,
                       m_writesJson ? m_files[piece.file].string() : std::string());
        ingest::ReadOptions options;
        options.import = m_import;
        if (piece.to > 0) {
            options.open = ingest::openRange(piece.from, piece.to);
            options.head = piece.head;
            options.begins = piece.from;
        }
        sink.finish(ingest::readLog(m_files[piece.file], m_detection.maps, m_detection.plan, evidence, sink, options, stop));
    }
}

} // namespace cordon::ctl
