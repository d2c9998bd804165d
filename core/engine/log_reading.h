#pragma once

#include "core/base/bounded_queue.h"
#include "core/engine/batch_joint.h"
#include "core/engine/detection.h"
#include "core/ingest/frame_packet.h"
#include "core/ingest/frame_reader.h"
#include "core/ingest/source_clock.h"

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace cordon::engine {

/// Reads log files on threads of its own: one parse per record, matched where it was parsed, every byte sealed as it
/// passes. One thread reads; others, if there are to be any, parse and match what it cuts out. `next` is called by the
/// engine thread; memory stays bounded because a full queue makes the reader wait. What `next` gives depends on the files
/// alone, but for how they are cut into batches.
class LogReading
{
public:
    /// Sees every event in file order, before the engine does, on one of the threads at a time.
    using Watch = std::function<void(std::size_t file, const Event& event)>;

    /// @param options  for every file; `progress` is set here
    /// @param watch  may be empty; what it touches belongs to the threads until this is gone
    /// @param matchers  threads that parse and match; below 2 the reader does it itself
    LogReading(std::vector<std::filesystem::path> files, const Detection& detection, const record::EvidenceVault& vault,
               Watch watch = {}, ingest::ReadOptions options = {}, int matchers = 1);

    ~LogReading();
    LogReading(const LogReading&) = delete;
    LogReading& operator=(const LogReading&) = delete;

    /// The next batch, in file order; nothing once all is read.
    [[nodiscard]] std::optional<ReadBatch> next(const std::stop_token& stop);
    /// Ends after what is in the queue; the file being read is cut short and says so.
    void cancel();
    [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead.load(); }
    [[nodiscard]] std::uint64_t bytesTotal() const { return m_bytesTotal; }
    [[nodiscard]] const ingest::ReadOptions& options() const { return m_options; }
    /// When a file was written last, as its reader is told.
    [[nodiscard]] Timestamp writtenAt(std::size_t file) const { return m_written[file]; }

private:
    using Order = BoundedQueue<std::future<ReadBatch>>;
    /// A run of frames of one file on its way to a matcher.
    struct Packet
    {
        std::size_t file = 0;
        std::uint64_t number = 0; ///< among all
        ingest::FramePacket frames;
        /// On a file's last one: sizes, or why it ended early; records are not counted yet.
        std::optional<Result<ingest::ReadSummary>> end;
        std::optional<Error> damage;
        std::unique_ptr<record::EvidenceIntake> evidence;
        std::promise<ReadBatch> matched;
    };

    void readAndMatch(const std::stop_token& stop);
    void cut(const std::stop_token& stop);
    [[nodiscard]] bool send(Packet packet, const std::stop_token& stop);
    void match(const ingest::SourceClock& clock);
    void eachFile(const std::stop_token& stop,
                  const std::function<void(std::size_t file, const ingest::ReadOptions& options)>& read);

    static constexpr std::size_t places = 6;

    std::vector<std::filesystem::path> m_files;
    const Detection& m_detection;
    const record::EvidenceVault& m_vault;
    Watch m_watch;
    ingest::ReadOptions m_options;
    std::vector<Timestamp> m_written; ///< by file
    Order m_queue{places};
    BoundedQueue<Packet> m_packets{places};
    std::uint64_t m_sent = 0; ///< packets; the reader's
    BatchJoint m_joint;
    std::atomic<std::uint64_t> m_bytesRead{0};
    std::uint64_t m_bytesTotal = 0;
    std::vector<std::jthread> m_threads; ///< the reader first
};

} // namespace cordon::engine
