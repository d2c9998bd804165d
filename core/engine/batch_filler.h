#pragma once

#include "core/engine/detection.h"
#include "core/engine/read_batch.h"

#include <functional>

namespace cordon::engine {

/// Matches each record where it was parsed and gathers what came of it. Belongs to one thread.
class BatchFiller final : public ingest::RecordSink
{
public:
    /// Told of each event that was added; a failure ends the reading.
    using Added = std::function<Result<void>(BatchFiller& filler, const Event& event)>;

    /// @param detection  and `scratch` outlive this
    BatchFiller(const Detection& detection, detect::MatchScratch& scratch, Added added = {})
        : m_detection(detection), m_scratch(scratch), m_added(std::move(added)), m_watchlist(detection.watch->get())
    {
        m_batch.watchlist = m_watchlist;
    }

    [[nodiscard]] const ReadBatch& batch() const { return m_batch; }
    /// What was gathered since the last call.
    [[nodiscard]] ReadBatch take()
    {
        ReadBatch next;
        next.watchlist = m_watchlist;
        return std::exchange(m_batch, std::move(next));
    }

    [[nodiscard]] Result<void> onRecord(Event&& event, const EventView& view, std::uint64_t record) override;
    [[nodiscard]] Result<void> onFinding(Event&& event, Alert&& alert, const EventView& view,
                                         std::uint64_t record) override;
    void onRejected(RejectedRecord rejected) override { m_batch.rejected.push_back(std::move(rejected)); }

private:
    const Detection& m_detection;
    detect::MatchScratch& m_scratch;
    Added m_added;
    std::shared_ptr<const indicators::Watchlist> m_watchlist;
    std::vector<detect::RuleIndex> m_matches;
    std::unique_ptr<Alert> m_finding; ///< of the record at hand
    ReadBatch m_batch;
};

} // namespace cordon::engine
