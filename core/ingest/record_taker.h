#pragma once

#include "core/ingest/json_event_view.h"
#include "core/ingest/log_reader.h"
#include "core/ingest/record_router.h"
#include "core/ingest/record_source.h"
#include "core/ingest/source_clock.h"
#include "core/ingest/wrapped_record.h"

#include <optional>
#include <vector>

namespace cordon::ingest {

/// The second half of reading a log: each frame becomes an event or is rejected. Which frames it is given, and in which
/// order, matters only for records that say no time. Keeps its memory; belongs to one thread.
class RecordTaker
{
public:
    /// Of the frames since `begin`.
    struct Counts
    {
        std::uint64_t records = 0;  ///< usable or not
        std::uint64_t events = 0;   ///< given to the sink
        std::uint64_t rejected = 0; ///< all of them
        std::uint64_t unlisted = 0; ///< of these, those that the sink was not told of
        std::uint64_t unlistedFrom = 0; ///< place of the first
    };

    /// @param maps  and `plan` outlive this, complete
    RecordTaker(const FieldMaps& maps, const FieldPlan& plan, const SourceClock& clock, bool wantsEvents);

    /// From now on frames are of this log and go to this sink.
    /// @param begins  as in ReadOptions
    void begin(const platform::Path& path, std::uint64_t begins, RecordSink& sink);
    /// A failure is the sink's.
    [[nodiscard]] Result<void> take(const Frame& frame);
    /// Tells of at most `mostRejectedListed`; the others are counted.
    void reject(std::uint64_t offset, std::uint64_t length, std::string reason);
    [[nodiscard]] const Counts& counts() const { return m_counts; }

    /// A record that says no time stands where the one before it in the file stands.
    static void placeInTime(Event& event, Timestamp& last)
    {
        if (event.timeText.empty())
            event.time = last;
        last = event.time;
    }
    /// What is said of those that are not listed.
    [[nodiscard]] static RejectedRecord unlisted(const platform::Path& path, std::uint64_t begins, const Counts& counts,
                                                 std::uint64_t decodedBytes);

private:
    /// A record that may hold others.
    struct Envelope
    {
        std::uint64_t record = 0; ///< its number
        bool isOpened = false;    ///< a record was found in it
    };
    [[nodiscard]] Result<void> takeRecord(const Frame& frame, std::uint64_t record);
    [[nodiscard]] const FieldMap* mapFor(std::string_view record, std::string_view raw);
    [[nodiscard]] Result<void> takeWrapped(const Frame& frame, int deepest, Envelope& envelope);
    [[nodiscard]] Result<void> takeList(const Frame& frame, const std::vector<std::string_view>& list, int deepest,
                                        Envelope& envelope);
    [[nodiscard]] std::uint64_t numberIn(Envelope& envelope);
    [[nodiscard]] Result<void> takeRecognised(const FieldMap& map, const Frame& frame, std::uint64_t record);
    [[nodiscard]] Result<void> takeFinding(const FieldMap& map, const Frame& frame, std::uint64_t record);

    const SourceClock m_clock;
    const bool m_wantsEvents;
    const platform::Path* m_path = nullptr;
    std::uint64_t m_begins = 0;
    RecordSink* m_sink = nullptr;
    JsonEventView m_view;
    RecordRouter m_router;
    std::vector<WrappedRecords> m_around; ///< envelopes around the record being read, the outermost first
    Counts m_counts;
    Timestamp m_lastTime; ///< of the record before
    Event m_bare;         ///< given where events are not wanted
};

} // namespace cordon::ingest
