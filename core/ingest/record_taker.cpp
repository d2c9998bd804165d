#include "core/ingest/record_taker.h"

#include "core/ingest/finding_reader.h"
#include "core/ingest/normaliser.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace cordon::ingest {
namespace {

/// Envelopes within envelopes that are looked into.
constexpr int deepestEnvelope = 3;
constexpr std::string_view notRecognised = "not recognised: no field map fits";

static_assert(RecordSource::longestRecord <= std::numeric_limits<std::uint32_t>::max());

} // namespace

RecordTaker::RecordTaker(const FieldMaps& maps, const FieldPlan& plan, const SourceClock& clock, bool wantsEvents)
    : m_clock(clock)
    , m_wantsEvents(wantsEvents)
    , m_view(maps.pathsOf(plan))
    , m_router(maps)
{}

void RecordTaker::begin(const platform::Path& path, std::uint64_t begins, RecordSink& sink)
{
    m_path = &path;
    m_begins = begins;
    m_sink = &sink;
    m_counts = {};
    m_lastTime = {};
}

Result<void> RecordTaker::take(const Frame& frame)
{
    const std::uint64_t record = m_counts.records++;
    if (frame.isRecord)
        return takeRecord(frame, record);
    reject(frame.offset, frame.length, frame.reason);
    return {};
}

Result<void> RecordTaker::takeRecord(const Frame& frame, std::uint64_t record)
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

/// The map of a record in an envelope, unless an envelope around it says that it is of another source.
const FieldMap* RecordTaker::mapFor(std::string_view record, std::string_view raw)
{
    const FieldMap* map = m_view.read(record, raw) ? m_router.route(m_view, m_around.back().carrier) : nullptr;
    const bool isTold = map && std::all_of(m_around.begin(), m_around.end(), [map](const WrappedRecords& envelope) {
        return mayBeOf(envelope.sources, map->source);
    });
    return isTold ? map : nullptr;
}

/// Looks into the envelopes that known carriers put records into. A list counts when any of its elements is known;
/// then all of them are records of their own.
Result<void> RecordTaker::takeWrapped(const Frame& frame, int deepest, Envelope& envelope)
{
    m_around.push_back(wrappedRecords(frame.bytes));
    auto taken = takeList(frame, std::exchange(m_around.back().records, {}), deepest, envelope);
    m_around.pop_back();
    return taken;
}

Result<void> RecordTaker::takeList(const Frame& frame, const std::vector<std::string_view>& list, int deepest,
                                   Envelope& envelope)
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
std::uint64_t RecordTaker::numberIn(Envelope& envelope)
{
    return std::exchange(envelope.isOpened, true) ? m_counts.records++ : envelope.record;
}

Result<void> RecordTaker::takeRecognised(const FieldMap& map, const Frame& frame, std::uint64_t record)
{
    if (map.finding && m_wantsEvents)
        return takeFinding(map, frame, record);
    // Where a time may be unreadable for want of a zone, every record is looked at, wanted or not.
    const bool isSure = map.zone && map.timePattern.empty();
    if (!m_sink->wants(m_view) && isSure) {
        ++m_counts.events;
        return {};
    }
    if (!m_wantsEvents) {
        m_bare.cite.offset = frame.offset;
        m_bare.cite.length = static_cast<std::uint32_t>(frame.length);
        ++m_counts.events;
        return m_sink->onRecord(std::move(m_bare), m_view, record);
    }
    Event event;
    if (!map.finding) {
        auto made = normalise(map, m_view, m_clock);
        if (!made) {
            reject(frame.offset, frame.length, std::move(made.error().detail));
            return {};
        }
        event = std::move(*made);
        placeInTime(event, m_lastTime);
    }
    event.cite.offset = frame.offset;
    event.cite.length = static_cast<std::uint32_t>(frame.length);
    ++m_counts.events;
    return m_sink->onRecord(std::move(event), m_view, record);
}

Result<void> RecordTaker::takeFinding(const FieldMap& map, const Frame& frame, std::uint64_t record)
{
    auto made = readFindingText(*map.finding, map.source, frame.bytes, m_clock);
    if (!made) {
        reject(frame.offset, frame.length, std::move(made.error().detail));
        return {};
    }
    made->event.cite.offset = frame.offset;
    made->event.cite.length = static_cast<std::uint32_t>(frame.length);
    ++m_counts.events;
    return m_sink->onFinding(std::move(made->event), std::move(made->alert), m_view, record);
}

void RecordTaker::reject(std::uint64_t offset, std::uint64_t length, std::string reason)
{
    ++m_counts.rejected;
    if (m_counts.rejected <= mostRejectedListed)
        return m_sink->onRejected({m_path->string(), m_begins + offset, length, std::move(reason)});
    if (m_counts.unlisted == 0)
        m_counts.unlistedFrom = offset;
    ++m_counts.unlisted;
}

RejectedRecord RecordTaker::unlisted(const platform::Path& path, std::uint64_t begins, const Counts& counts,
                                     std::uint64_t decodedBytes)
{
    return {path.string(), begins + counts.unlistedFrom, decodedBytes - counts.unlistedFrom,
            std::to_string(counts.unlisted) + " more records from here on could not be used"};
}

} // namespace cordon::ingest
