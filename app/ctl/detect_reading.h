#pragma once

#include "app/ctl/detect_pieces.h"
#include "core/base/bounded_queue.h"
#include "core/engine/detection.h"
#include "core/ingest/log_reader.h"

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

namespace cordon::ctl {

/// A run of what one piece of a log held, in its order.
struct MatchBatch
{
    struct Line
    {
        std::uint64_t record = 0; ///< 0-based in the piece
        Value value;              ///< without record; null where `json` is given
        std::string json;         ///< the same, written
    };
    /// What a correlation's line tells of the record it begins with.
    struct Head
    {
        std::uint64_t record = 0; ///< 0-based in the piece
        Timestamp time;
        std::string entities; ///< JSON
    };
    std::vector<Line> lines;
    std::vector<detect::CorrelationInput> inputs; ///< their `event` is the record, 0-based in the piece
    std::vector<Head> heads;                      ///< of the inputs' records
    std::vector<RejectedRecord> rejected;
    std::optional<Result<ingest::ReadSummary>> end; ///< on the piece's last batch
};

/// Reads and matches pieces of logs on several threads, a bounded distance ahead of the one who takes the results in
/// order. Everything that `next` gives depends on the logs alone, not on the number of threads.
class DetectReading
{
public:
    /// @param detection  outlives this
    DetectReading(const engine::Detection& detection, std::vector<std::filesystem::path> files,
                  std::vector<LogPiece> pieces, ingest::ImportOptions import, int threads, bool writesJson);
    ~DetectReading();
    DetectReading(const DetectReading&) = delete;
    DetectReading& operator=(const DetectReading&) = delete;

    /// The piece's next batch; the one with `end` is its last. Pieces must be asked for in order, each to its end.
    [[nodiscard]] MatchBatch next(std::size_t piece);

private:
    using Queue = BoundedQueue<MatchBatch>;
    void work(const std::stop_token& stop);

    static constexpr std::size_t batchesHeld = 4;

    const engine::Detection& m_detection;
    std::vector<std::filesystem::path> m_files;
    std::vector<LogPiece> m_pieces;
    ingest::ImportOptions m_import;
    bool m_writesJson = false;
    std::vector<std::unique_ptr<Queue>> m_queues; ///< by piece
    std::atomic<std::size_t> m_nextPiece{0};
    std::vector<std::jthread> m_threads;
};

/// One line of `cordonctl detect --json` about a rule and a record, without file and record number.
[[nodiscard]] Value matchLine(const RuleInfo& rule, Timestamp time, Value entities);

} // namespace cordon::ctl
