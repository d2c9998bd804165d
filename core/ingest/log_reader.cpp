#include "core/ingest/log_reader.h"

#include "core/ingest/frame_reader.h"
#include "core/ingest/record_taker.h"

namespace cordon::ingest {

Result<ReadSummary> readLog(const platform::Path& path, const FieldMaps& maps, const FieldPlan& plan,
                            EvidenceSink& evidence, RecordSink& sink, const ReadOptions& options,
                            const std::stop_token& stop)
{
    CORDON_TRY(const SourceClock clock, SourceClock::from(options.import));
    RecordTaker taker(maps, plan, clock, options.wantsEvents);
    taker.begin(path, options.begins, sink);
    FrameReader frames(path, maps, evidence, options, stop);
    CORDON_CHECK(frames.read([&taker](const Frame& frame) { return taker.take(frame); }));
    ReadSummary summary = frames.summary();
    if (frames.damage())
        taker.reject(summary.decodedBytes, 0, damageReason(*frames.damage()));
    const RecordTaker::Counts& counts = taker.counts();
    if (counts.unlisted > 0)
        sink.onRejected(RecordTaker::unlisted(path, options.begins, counts, summary.decodedBytes));
    summary.records = counts.records;
    summary.events = counts.events;
    summary.rejected = counts.rejected;
    return summary;
}

} // namespace cordon::ingest
