#pragma once

#include "core/engine/read_batch.h"
#include "core/ingest/record_taker.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace cordon::engine {

/// Joins batches of one file that several threads made, each of frames of its own, so that they say what one thread would
/// have said: where a record without a time stands, how many rejected records are listed, what the whole file came to.
/// Safe from any thread.
class BatchJoint
{
public:
    /// What one thread knows of a batch.
    struct Part
    {
        std::uint64_t number = 0; ///< of the batch among all, from 0
        const std::filesystem::path& path;
        std::uint64_t begins = 0; ///< as in ReadOptions
        ingest::RecordTaker::Counts counts;
    };
    using Watch = std::function<void(std::size_t file, const Event& event)>;

    /// Waits for the batch's turn, completes it and shows its events to `watch`. Every number must come.
    void join(ReadBatch& batch, const Part& part, const Watch& watch);

private:
    void placeInTime(ReadBatch& batch);
    void list(ReadBatch& batch, const Part& part);
    void end(ReadBatch& batch, const Part& part);

    std::mutex m_mutex;
    std::condition_variable m_isNext;
    std::uint64_t m_next = 0;
    // Of the file so far.
    Timestamp m_lastTime;
    ingest::RecordTaker::Counts m_counts;
};

} // namespace cordon::engine
