#include "core/engine/log_reading.h"

namespace cordon::engine {
namespace {

constexpr std::size_t batchEvents = 2048;

/// Matches each record where it was parsed and hands runs of them on.
class MatchingSink final : public ingest::RecordSink
{
public:
    MatchingSink(std::size_t file, const Detection& detection, const LogReading::Watch& watch,
                 detect::MatchScratch& scratch, BoundedQueue<ReadBatch>& queue, const std::stop_token& stop)
        : m_detection(detection), m_watch(watch), m_scratch(scratch), m_queue(queue), m_stop(stop)
    {
        m_batch.file = file;
    }

    Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t /*record*/) override
    {
        m_matches.clear();
        m_detection.program->match(view, m_scratch, m_matches);
        ReadEvent& read = m_batch.events.emplace_back();
        read.finding = std::move(m_finding);
        for (const detect::RuleIndex rule : m_matches) {
            if (m_detection.program->rule(rule).usesBaseline) {
                read.halves.push_back(rule);
                continue;
            }
            m_detection.correlations->collect(rule, view, event.time, detect::EventRef{}, read.inputs);
            if (m_detection.program->rule(rule).raisesAlert)
                read.rules.push_back(rule);
        }
        if (m_watch)
            m_watch(m_batch.file, event);
        read.event = std::move(event);
        return m_batch.events.size() < batchEvents ? Result<void>() : handOn();
    }

    Result<void> onFinding(Event&& event, Alert&& alert, const EventView& view, std::uint64_t record) override
    {
        m_finding = std::make_unique<Alert>(std::move(alert));
        return onRecord(std::move(event), view, record);
    }

    void onRejected(RejectedRecord rejected) override { m_batch.rejected.push_back(std::move(rejected)); }

    void finish(Result<ingest::ReadSummary> end, std::unique_ptr<record::EvidenceIntake> evidence)
    {
        m_batch.end = std::move(end);
        m_batch.evidence = std::move(evidence);
        // Not given up when cancelled: what was read stays, with its evidence. The queue's end still frees it.
        m_queue.push(std::move(m_batch));
    }

private:
    Result<void> handOn()
    {
        ReadBatch full;
        full.file = m_batch.file;
        full.events.swap(m_batch.events);
        full.rejected.swap(m_batch.rejected);
        if (!m_queue.push(std::move(full), m_stop))
            return fail(ErrorCode::Cancelled, "reading was cancelled");
        m_batch.events.reserve(batchEvents);
        return {};
    }

    const Detection& m_detection;
    const LogReading::Watch& m_watch;
    detect::MatchScratch& m_scratch;
    BoundedQueue<ReadBatch>& m_queue;
    const std::stop_token& m_stop;
    std::vector<detect::RuleIndex> m_matches;
    std::unique_ptr<Alert> m_finding; ///< of the record at hand
    ReadBatch m_batch;
};

std::uint64_t sizeOf(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

} // namespace

LogReading::LogReading(std::vector<std::filesystem::path> files, const Detection& detection,
                       const record::EvidenceVault& vault, Watch watch, ingest::ReadOptions options)
    : m_files(std::move(files)), m_detection(detection), m_vault(vault), m_watch(std::move(watch)),
      m_options(std::move(options))
{
    for (const std::filesystem::path& file : m_files)
        m_bytesTotal += sizeOf(file);
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

LogReading::~LogReading()
{
    m_thread.request_stop();
    m_queue.close();
}

void LogReading::cancel()
{
    m_thread.request_stop();
}

void LogReading::work(const std::stop_token& stop)
{
    detect::MatchScratch scratch;
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < m_files.size() && !stop.stop_requested(); ++i) {
        auto evidence = std::make_unique<record::EvidenceIntake>(m_vault);
        MatchingSink sink(i, m_detection, m_watch, scratch, m_queue, stop);
        ingest::ReadOptions options = m_options;
        options.progress = [this, before](std::uint64_t read, std::uint64_t) { m_bytesRead.store(before + read); };
        auto summary =
            ingest::readLog(m_files[i], m_detection.maps, m_detection.plan, *evidence, sink, options, stop);
        sink.finish(std::move(summary), std::move(evidence));
        before += sizeOf(m_files[i]);
    }
    m_bytesRead.store(m_bytesTotal);
    m_queue.close();
}

} // namespace cordon::engine
