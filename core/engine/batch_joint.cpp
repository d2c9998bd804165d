#include "core/engine/batch_joint.h"

#include <algorithm>

namespace cordon::engine {

void BatchJoint::join(ReadBatch& batch, const Part& part, const Watch& watch)
{
    {
        std::unique_lock lock(m_mutex);
        m_isNext.wait(lock, [&] { return m_next == part.number; });
        placeInTime(batch);
        list(batch, part);
        for (const ReadEvent& read : batch.events) {
            if (watch)
                watch(batch.file, read.event);
        }
        if (batch.end)
            end(batch, part);
        ++m_next;
    }
    m_isNext.notify_all();
}

void BatchJoint::placeInTime(ReadBatch& batch)
{
    for (ReadEvent& read : batch.events) {
        if (read.finding)
            continue; // it has a time of its own, and nothing is known of the records before it
        ingest::RecordTaker::placeInTime(read.event, m_lastTime);
        for (detect::CorrelationInput& input : read.inputs)
            input.time = read.event.time;
    }
}

/// The first of a file are listed, the others counted.
void BatchJoint::list(ReadBatch& batch, const Part& part)
{
    const std::uint64_t before = std::min(m_counts.rejected, ingest::mostRejectedListed);
    const auto listed = static_cast<std::size_t>(
        std::min<std::uint64_t>(batch.rejected.size(), ingest::mostRejectedListed - before));
    if (m_counts.unlisted == 0 && listed < batch.rejected.size())
        m_counts.unlistedFrom = batch.rejected[listed].offset - part.begins;
    else if (m_counts.unlisted == 0)
        m_counts.unlistedFrom = part.counts.unlistedFrom;
    m_counts.unlisted += part.counts.unlisted + (batch.rejected.size() - listed);
    batch.rejected.resize(listed);
    m_counts.records += part.counts.records;
    m_counts.events += part.counts.events;
    m_counts.rejected += part.counts.rejected;
}

void BatchJoint::end(ReadBatch& batch, const Part& part)
{
    if (batch.end->has_value()) {
        ingest::ReadSummary& summary = batch.end->value();
        if (m_counts.unlisted > 0)
            batch.rejected.push_back(
                ingest::RecordTaker::unlisted(part.path, part.begins, m_counts, summary.decodedBytes));
        summary.records = m_counts.records;
        summary.events = m_counts.events;
        summary.rejected = m_counts.rejected;
    }
    m_counts = {};
    m_lastTime = {};
}

} // namespace cordon::engine
