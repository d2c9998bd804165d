#include "core/engine/log_reading.h"

#include "core/engine/batch_filler.h"
#include "core/ingest/log_format.h"

namespace cordon::engine {
namespace {

constexpr std::size_t batchEvents = 512;

std::uint64_t sizeOf(const std::filesystem::path& file)
{
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return error ? 0 : size;
}

std::future<ReadBatch> ready(ReadBatch batch)
{
    std::promise<ReadBatch> promise;
    promise.set_value(std::move(batch));
    return promise.get_future();
}

} // namespace

LogReading::LogReading(std::vector<std::filesystem::path> files, const Detection& detection,
                       const record::EvidenceVault& vault, Watch watch, ingest::ReadOptions options, int matchers)
    : m_files(std::move(files)), m_detection(detection), m_vault(vault), m_watch(std::move(watch)),
      m_options(std::move(options))
{
    for (const std::filesystem::path& file : m_files) {
        m_bytesTotal += sizeOf(file);
        m_written.push_back(m_options.import.written == Timestamp() ? ingest::writtenAt(file) : m_options.import.written);
    }
    const auto clock = ingest::SourceClock::from(m_options.import);
    if (matchers < 2 || !clock) { // what is wrong with the clock is told file by file
        m_threads.emplace_back([this](const std::stop_token& stop) { readAndMatch(stop); });
        return;
    }
    m_threads.emplace_back([this](const std::stop_token& stop) { cut(stop); });
    for (int i = 0; i < matchers; ++i)
        m_threads.emplace_back([this, clock = *clock] { match(clock); });
}

LogReading::~LogReading()
{
    cancel();
    m_queue.close();
    m_packets.close();
}

void LogReading::cancel()
{
    m_threads.front().request_stop();
}

std::optional<ReadBatch> LogReading::next(const std::stop_token& stop)
{
    auto batch = m_queue.pop(stop);
    return batch ? std::optional(batch->get()) : std::nullopt;
}

void LogReading::eachFile(const std::stop_token& stop,
                          const std::function<void(std::size_t file, const ingest::ReadOptions& options)>& read)
{
    std::uint64_t before = 0;
    for (std::size_t file = 0; file < m_files.size() && !stop.stop_requested(); ++file) {
        ingest::ReadOptions options = m_options;
        options.import.written = m_written[file];
        options.progress = [this, before](std::uint64_t done, std::uint64_t) { m_bytesRead.store(before + done); };
        read(file, options);
        before += sizeOf(m_files[file]);
    }
    m_bytesRead.store(m_bytesTotal);
}

void LogReading::readAndMatch(const std::stop_token& stop)
{
    detect::MatchScratch scratch;
    eachFile(stop, [&](std::size_t file, const ingest::ReadOptions& options) {
        auto evidence = std::make_unique<record::EvidenceIntake>(m_vault);
        BatchFiller filler(m_detection, scratch, [&](BatchFiller& full, const Event& event) -> Result<void> {
            if (m_watch)
                m_watch(file, event);
            if (full.batch().events.size() < batchEvents)
                return {};
            ReadBatch batch = full.take();
            batch.file = file;
            if (!m_queue.push(ready(std::move(batch)), stop))
                return fail(ErrorCode::Cancelled, "reading was cancelled");
            return {};
        });
        auto summary =
            ingest::readLog(m_files[file], m_detection.maps, m_detection.plan, *evidence, filler, options, stop);
        ReadBatch last = filler.take();
        last.file = file;
        last.end = std::move(summary);
        last.evidence = std::move(evidence);
        // Not given up when cancelled: what was read stays, with its evidence. The queue's end still frees it.
        m_queue.push(ready(std::move(last)));
    });
    m_queue.close();
}

/// The reader, where others match.
void LogReading::cut(const std::stop_token& stop)
{
    eachFile(stop, [&](std::size_t file, const ingest::ReadOptions& options) {
        Packet packet;
        packet.file = file;
        auto evidence = std::make_unique<record::EvidenceIntake>(m_vault);
        ingest::FrameReader frames(m_files[file], m_detection.maps, *evidence, options, stop);
        const auto done = frames.read([&](const ingest::Frame& frame) -> Result<void> {
            packet.frames.add(frame);
            if (!packet.frames.isFull())
                return {};
            if (!send(std::exchange(packet, Packet()), stop))
                return fail(ErrorCode::Cancelled, "reading was cancelled");
            packet.file = file;
            return {};
        });
        packet.end = done ? Result<ingest::ReadSummary>(frames.summary()) : fail(done.error());
        packet.damage = done ? frames.damage() : std::nullopt;
        packet.evidence = std::move(evidence);
        static_cast<void>(send(std::move(packet), {})); // see readAndMatch
    });
    m_queue.close();
    m_packets.close();
}

/// The engine waits for packets in the order in which they are sent.
bool LogReading::send(Packet packet, const std::stop_token& stop)
{
    if (!m_queue.push(packet.matched.get_future(), stop))
        return false;
    packet.number = m_sent++;
    return m_packets.push(std::move(packet));
}

void LogReading::match(const ingest::SourceClock& clock)
{
    detect::MatchScratch scratch;
    ingest::RecordTaker taker(m_detection.maps, m_detection.plan, clock, true);
    BatchFiller filler(m_detection, scratch);
    while (auto packet = m_packets.pop()) {
        const std::filesystem::path& path = m_files[packet->file];
        taker.begin(path, m_options.begins, filler);
        static_cast<void>(packet->frames.each([&](const ingest::Frame& frame) { return taker.take(frame); }));
        if (packet->damage)
            taker.reject((*packet->end)->decodedBytes, 0, ingest::damageReason(*packet->damage));
        ReadBatch batch = filler.take();
        batch.file = packet->file;
        batch.end = std::move(packet->end);
        batch.evidence = std::move(packet->evidence);
        m_joint.join(batch, {packet->number, path, m_options.begins, taker.counts()}, m_watch);
        packet->matched.set_value(std::move(batch));
    }
}

} // namespace cordon::engine
