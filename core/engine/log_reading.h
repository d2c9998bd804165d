#pragma once

#include "core/base/bounded_queue.h"
#include "core/engine/detection.h"
#include "core/ingest/log_reader.h"
#include "core/record/evidence_intake.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace cordon::engine {

/// A normalised record with the rules that matched it.
struct ReadEvent
{
    Event event;
    std::vector<detect::RuleIndex> rules;
    std::vector<detect::RuleIndex> halves; ///< baseline rules whose other half matched
    std::vector<detect::CorrelationInput> inputs;
    std::unique_ptr<Alert> finding; ///< where the record is another product's alert
};

/// A run of records of one file, from the reader thread to the engine.
struct ReadBatch
{
    std::size_t file = 0; ///< index in the list that was given
    std::vector<ReadEvent> events;
    std::vector<RejectedRecord> rejected;
    /// Set on a file's last batch: what became of it, and its evidence, ready to be sealed.
    std::optional<Result<ingest::ReadSummary>> end;
    std::unique_ptr<record::EvidenceIntake> evidence;
};

/// Reads log files on a thread of its own: one parse per record, matched where it was parsed, every byte sealed as it
/// passes. `next` is called by the engine thread; memory stays bounded because a full queue makes the reader wait.
class LogReading
{
public:
    /// Sees every event on the reader's thread, in file order, before the engine does.
    using Watch = std::function<void(std::size_t file, const Event& event)>;

    /// @param options  for every file; `progress` is set here
    /// @param watch  may be empty; what it touches belongs to the reader until this is gone
    LogReading(std::vector<std::filesystem::path> files, const Detection& detection, const record::EvidenceVault& vault,
               Watch watch = {}, ingest::ReadOptions options = {});

    ~LogReading();
    LogReading(const LogReading&) = delete;
    LogReading& operator=(const LogReading&) = delete;

    /// The next batch, in file order; nothing once all is read.
    [[nodiscard]] std::optional<ReadBatch> next(const std::stop_token& stop) { return m_queue.pop(stop); }
    /// Ends after what is in the queue; the file being read is cut short and says so.
    void cancel();
    [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead.load(); }
    [[nodiscard]] std::uint64_t bytesTotal() const { return m_bytesTotal; }

private:
    void work(const std::stop_token& stop);

    static constexpr std::size_t places = 6;

    std::vector<std::filesystem::path> m_files;
    const Detection& m_detection;
    const record::EvidenceVault& m_vault;
    Watch m_watch;
    ingest::ReadOptions m_options;
    BoundedQueue<ReadBatch> m_queue{places};
    std::atomic<std::uint64_t> m_bytesRead{0};
    std::uint64_t m_bytesTotal = 0;
    std::jthread m_thread;
};

} // namespace cordon::engine
