#include "core/ingest/log_reader.h"

#include "core/ingest/finding_reader.h"
#include "core/ingest/json_event_view.h"
#include "core/ingest/log_format.h"
#include "core/ingest/normaliser.h"
#include "core/ingest/record_router.h"
#include "core/ingest/wrapped_record.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace cordon::ingest {
namespace {

constexpr std::size_t chunkSize = 1U << 20U;
/// A log's format is told by this many bytes of its start.
constexpr std::size_t enoughToTell = 4096;
/// Envelopes within envelopes that are looked into.
constexpr int deepestEnvelope = 3;
constexpr std::string_view notRecognised = "not recognised: no field map fits";

/// Progress goes out once per MiB of the file.
class ProgressMeter
{
public:
    explicit ProgressMeter(const ReadOptions& options)
        : m_tell(options.progress)
    {}

    void at(std::uint64_t read, std::uint64_t total)
    {
        if (!m_tell || read < m_next)
            return;
        m_next = read + chunkSize;
        m_tell(read, total);
    }

    void end(std::uint64_t read, std::uint64_t total) const
    {
        if (m_tell)
            m_tell(read, total);
    }

private:
    const std::function<void(std::uint64_t, std::uint64_t)>& m_tell;
    std::uint64_t m_next = 0;
};

class Reading
{
public:
    Reading(const platform::Path& path, const FieldMaps& maps, const FieldPlan& plan, EvidenceSink& evidence,
            RecordSink& sink, const ReadOptions& options, const std::stop_token& stop)
        : m_path(path)
        , m_maps(maps)
        , m_evidence(evidence)
        , m_sink(sink)
        , m_options(options)
        , m_stop(stop)
        , m_progress(options)
        , m_view(maps.pathsOf(plan))
        , m_router(maps)
    {}

    Result<ReadSummary> read()
    {
        CORDON_TRY(m_clock, SourceClock::from(m_options.import));
        const auto sealing = [this](ByteView bytes) { return seal(bytes); };
        CORDON_TRY(m_stream, m_options.open ? m_options.open(m_path, sealing)
                                            : platform::ByteStream::open(m_path, sealing));
        m_summary.packing = m_stream->packing();
        CORDON_TRY(bool hasMore, readStart());
        while (hasMore) {
            CORDON_CHECK(takeFrames());
            if (m_stop.stop_requested())
                return fail(ErrorCode::Cancelled, m_path.string() + ": reading was cancelled");
            CORDON_TRY(hasMore, readChunk(m_source->space(chunkSize)));
            if (hasMore)
                m_source->written(m_lastCount);
        }
        m_source->finish();
        CORDON_CHECK(takeFrames());
        if (m_damage)
            reject(m_summary.decodedBytes, 0, "nothing can be read from here on: " + m_damage->detail);
        if (m_source->isCutShort() || m_damage)
            m_summary.isWhole = false;
        tellUnlisted();
        m_summary.rawBytes = m_stream->rawBytesRead();
        m_progress.end(m_stream->rawBytesRead(), m_stream->rawBytesTotal());
        return m_summary;
    }

private:
    /// A failure of the vault must end the reading, one of the file must not; the stream passes on both alike.
    Result<void> seal(ByteView bytes)
    {
        auto sealed = m_evidence.addPacked(bytes);
        if (!sealed)
            m_sealFailure = sealed.error();
        return sealed;
    }

    /// The first chunk tells the format.
    Result<bool> readStart()
    {
        std::vector<char> start(chunkSize);
        std::size_t held = 0;
        bool hasMore = true;
        while (hasMore && held < enoughToTell) {
            CORDON_TRY(hasMore, readChunk(start.data() + held));
            held += m_lastCount;
            start.resize(held + chunkSize);
        }
        const std::string_view begin(start.data(), held);
        m_source = recordSourceFor(m_options.head.empty() ? begin : m_options.head, m_path, m_maps, m_options.import);
        m_source->goOn({m_options.head, m_options.lastRecord, m_options.position});
        std::copy_n(start.data(), held, m_source->space(held));
        m_source->written(held);
        return hasMore;
    }

    /// @param into  with room for a chunk
    /// @return false at the end, also when the rest is damaged
    Result<bool> readChunk(char* into)
    {
        m_lastCount = 0;
        const auto count = m_stream->read(into, chunkSize);
        m_progress.at(m_stream->rawBytesRead(), m_stream->rawBytesTotal());
        if (m_sealFailure)
            return fail(*m_sealFailure);
        if (!count) {
            m_damage = count.error();
            return false;
        }
        if (m_stream->packing() != platform::Packing::Plain && *count > 0)
            CORDON_CHECK(m_evidence.addDecoded(bytesOf({into, *count})));
        m_lastCount = *count;
        m_summary.decodedBytes += *count;
        return *count > 0;
    }

    Result<void> takeFrames()
    {
        while (auto frame = m_source->next()) {
            const std::uint64_t record = m_summary.records++;
            if (frame->isRecord)
                CORDON_CHECK(takeRecord(*frame, record));
            else
                reject(frame->offset, frame->length, std::move(frame->reason));
        }
        return {};
    }

    Result<void> takeRecord(const Frame& frame, std::uint64_t record)
    {
        if (auto isRead = m_view.read(frame.bytes, frame.raw, frame.outline); !isRead) {
            reject(frame.offset, frame.length, std::move(isRead.error().detail));
            return {};
        }
        if (const FieldMap* map = m_router.route(m_view))
            return takeRecognised(*map, frame, record);
        Envelope envelope{record};
        CORDON_CHECK(takeWrapped(frame, deepestEnvelope, envelope));
        if (!envelope.isOpened)
            reject(frame.offset, frame.length, std::string(notRecognised));
        return {};
    }

    /// A record that may hold others.
    struct Envelope
    {
        std::uint64_t record = 0; ///< its number
        bool isOpened = false;    ///< a record was found in it
    };

    /// The map of a record in an envelope, unless an envelope around it says that it is of another source.
    [[nodiscard]] const FieldMap* mapFor(std::string_view record, std::string_view raw)
    {
        const FieldMap* map = m_view.read(record, raw) ? m_router.route(m_view, m_around.back().carrier) : nullptr;
        const bool isTold = map && std::all_of(m_around.begin(), m_around.end(), [map](const WrappedRecords& envelope) {
            return mayBeOf(envelope.sources, map->source);
        });
        return isTold ? map : nullptr;
    }

    /// Looks into the envelopes that known carriers put records into. A list counts when any of its elements is known;
    /// then all of them are records of their own.
    Result<void> takeWrapped(const Frame& frame, int deepest, Envelope& envelope)
    {
        m_around.push_back(wrappedRecords(frame.bytes));
        auto taken = takeList(frame, std::exchange(m_around.back().records, {}), deepest, envelope);
        m_around.pop_back();
        return taken;
    }

    Result<void> takeList(const Frame& frame, const std::vector<std::string_view>& list, int deepest, Envelope& envelope)
    {
        const bool isKnown = std::any_of(list.begin(), list.end(),
                                         [&](std::string_view inner) { return mapFor(inner, frame.raw) != nullptr; });
        for (const std::string_view inner : list) {
            Frame part = frame;
            part.bytes = inner;
            if (frame.raw.empty()) {
                part.offset += static_cast<std::uint64_t>(inner.data() - frame.bytes.data());
                part.length = inner.size();
            }
            if (const FieldMap* map = isKnown ? mapFor(inner, frame.raw) : nullptr) {
                CORDON_CHECK(takeRecognised(*map, part, numberIn(envelope)));
                continue;
            }
            Envelope within{isKnown ? numberIn(envelope) : envelope.record, envelope.isOpened && !isKnown};
            if (deepest > 1)
                CORDON_CHECK(takeWrapped(part, deepest - 1, within));
            if (isKnown && !within.isOpened)
                reject(part.offset, part.length, std::string(notRecognised));
            envelope.isOpened = envelope.isOpened || within.isOpened;
        }
        return {};
    }

    /// Number of the next record in an envelope: the first one has the envelope's own.
    [[nodiscard]] std::uint64_t numberIn(Envelope& envelope)
    {
        return std::exchange(envelope.isOpened, true) ? m_summary.records++ : envelope.record;
    }

    Result<void> takeRecognised(const FieldMap& map, const Frame& frame, std::uint64_t record)
    {
        if (map.finding && m_options.wantsEvents)
            return takeFinding(map, frame, record);
        // Where a time may be unreadable for want of a zone, every record is looked at, wanted or not.
        const bool isSure = map.zone && map.timePattern.empty();
        if (!m_sink.wants(m_view) && isSure) {
            ++m_summary.events;
            return {};
        }
        if (!m_options.wantsEvents) {
            m_bare.cite.offset = frame.offset;
            m_bare.cite.length = static_cast<std::uint32_t>(frame.length);
            ++m_summary.events;
            return m_sink.onRecord(std::move(m_bare), m_view, record);
        }
        Event event;
        if (!map.finding) {
            auto made = normalise(map, m_view, m_clock);
            if (!made) {
                reject(frame.offset, frame.length, std::move(made.error().detail));
                return {};
            }
            event = std::move(*made);
            placeInTime(event);
        }
        event.cite.offset = frame.offset;
        event.cite.length = static_cast<std::uint32_t>(frame.length);
        ++m_summary.events;
        return m_sink.onRecord(std::move(event), m_view, record);
    }

    /// A record that says no time stands where the one before it in the file stands.
    void placeInTime(Event& event)
    {
        if (event.timeText.empty())
            event.time = m_lastTime;
        m_lastTime = event.time;
    }

    Result<void> takeFinding(const FieldMap& map, const Frame& frame, std::uint64_t record)
    {
        auto made = readFindingText(*map.finding, map.source, frame.bytes, m_clock);
        if (!made) {
            reject(frame.offset, frame.length, std::move(made.error().detail));
            return {};
        }
        made->event.cite.offset = frame.offset;
        made->event.cite.length = static_cast<std::uint32_t>(frame.length);
        ++m_summary.events;
        return m_sink.onFinding(std::move(made->event), std::move(made->alert), m_view, record);
    }

    void reject(std::uint64_t offset, std::uint64_t length, std::string reason)
    {
        ++m_summary.rejected;
        if (m_summary.rejected <= mostRejectedListed)
            return m_sink.onRejected({m_path.string(), m_options.begins + offset, length, std::move(reason)});
        if (m_unlisted == 0)
            m_unlistedFrom = offset;
        ++m_unlisted;
    }

    void tellUnlisted()
    {
        if (m_unlisted > 0)
            m_sink.onRejected({m_path.string(), m_options.begins + m_unlistedFrom, m_summary.decodedBytes - m_unlistedFrom,
                               std::to_string(m_unlisted) + " more records from here on could not be used"});
    }

    static_assert(RecordSource::longestRecord <= std::numeric_limits<std::uint32_t>::max());

    const platform::Path& m_path;
    const FieldMaps& m_maps;
    EvidenceSink& m_evidence;
    RecordSink& m_sink;
    const ReadOptions& m_options;
    const std::stop_token& m_stop;
    ProgressMeter m_progress;
    std::unique_ptr<platform::ByteStream> m_stream;
    std::unique_ptr<RecordSource> m_source;
    JsonEventView m_view;
    RecordRouter m_router;
    std::vector<WrappedRecords> m_around; ///< envelopes around the record being read, the outermost first
    SourceClock m_clock;
    ReadSummary m_summary;
    Timestamp m_lastTime; ///< of the record before
    Event m_bare;         ///< given where events are not wanted
    std::size_t m_lastCount = 0;
    std::optional<Error> m_sealFailure;
    std::optional<Error> m_damage;
    std::uint64_t m_unlisted = 0;
    std::uint64_t m_unlistedFrom = 0;
};

} // namespace

Result<ReadSummary> readLog(const platform::Path& path, const FieldMaps& maps, const FieldPlan& plan,
                            EvidenceSink& evidence, RecordSink& sink, const ReadOptions& options,
                            const std::stop_token& stop)
{
    return Reading(path, maps, plan, evidence, sink, options, stop).read();
}

} // namespace cordon::ingest
