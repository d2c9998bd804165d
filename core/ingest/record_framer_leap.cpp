#include "core/ingest/record_framer.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

/// A record of which this much is held, but not its end, is looked at block by block as it comes.
constexpr std::size_t longestWait = std::size_t{64} << 10U;
/// Likewise the object around the records of a delivery file.
constexpr std::size_t longestEnvelopeWait = std::size_t{1} << 20U;

} // namespace

/// Where a record is due and one stands there whole and valid, takes it without looking at each block by itself. Anything
/// else (damage, envelopes, text that is no record) is left to `scanSome`, from the same place.
RecordFramer::Leap RecordFramer::leap(std::optional<Frame>& frame)
{
    if ((m_place != Place::List && m_place != Place::Between) || m_isInString || m_isNextEscaped ||
        offsetOf(m_scan) < m_noLeapBefore)
        return Leap::None;
    std::size_t at = m_scan;
    while (at < m_end && (isSpace(m_buffer[at]) || m_buffer[at] == ','))
        ++at;
    if (at == m_end || m_buffer[at] != '{')
        return Leap::None;
    if (m_place == Place::Between) {
        if (const Leap leaped = openEnvelope(at); leaped != Leap::None)
            return leaped;
    }
    const RecordOutline::State state = m_outline.read(m_buffer.data(), m_end, at);
    if (state == RecordOutline::State::Short && !m_isFinished && m_end - at < std::min(longestWait, m_longest))
        return Leap::Wait;
    if (state != RecordOutline::State::Whole) {
        m_noLeapBefore = offsetOf(at) + 1;
        return Leap::None;
    }
    m_scan = m_outline.end();
    beginRecord(at);
    m_depth = m_listDepth;
    frame = endRecord(m_outline.end());
    if (frame && frame->isRecord && frame->offset == offsetOf(at))
        frame->outline = &m_outline;
    return Leap::Taken;
}

/// Enters the object at `at` if it is the envelope of records and nothing else: whoever can put a list of that name into a
/// line among other members makes no records. That is known when the object is held whole. Where it cannot be (it is damaged,
/// cut off, or longer than any line), it is entered only while the log is nothing but such objects.
RecordFramer::Leap RecordFramer::openEnvelope(std::size_t at)
{
    const ListStart list = recordListOf(held(), at);
    if (list.at == nowhere)
        return list.isOpen && !m_isFinished ? Leap::Wait : Leap::None;
    const std::size_t size = m_end - at;
    const bool isWaitedFor = m_enough > 0 && m_envelope == offsetOf(at);
    if (isWaitedFor && size < m_enough && !m_isFinished)
        return Leap::Wait;
    const RecordOutline::State state = m_outline.read(m_buffer.data(), m_end, at);
    const std::size_t longest = m_isDelivery ? std::min(longestEnvelopeWait, m_longest) : m_longest;
    if (state == RecordOutline::State::Short && !m_isFinished && size < longest) {
        m_envelope = offsetOf(at);
        m_enough = std::min(2 * size, longest); // looked at again when it has doubled, so that waiting costs little
        return Leap::Wait;
    }
    m_enough = 0;
    noteGap(at);
    flushGarbage();
    bool isEnvelope = m_isDelivery;
    if (state == RecordOutline::State::Whole && m_outline.end() - at <= longest) {
        isEnvelope = true;
        for (std::size_t number = 0; number < m_outline.memberCount(); ++number) {
            const RecordOutline::Member member = m_outline.member(number);
            isEnvelope = isEnvelope && m_buffer[member.value] == '[' &&
                         held().substr(member.key, member.keyLength) == "Records";
        }
    }
    if (!isEnvelope)
        return Leap::None;
    m_depth = 0;
    open(false);
    openRecordList(list.at);
    m_scan = list.at + 1;
    return Leap::Taken;
}

/// Whether the object at `at`, met in a block, may be an envelope: then it is looked at as a whole first.
bool RecordFramer::isToBeLookedAt(std::size_t at) const
{
    if (m_place != Place::Between || m_buffer[at] != '{' || offsetOf(at) < m_noLeapBefore)
        return false;
    const ListStart list = recordListOf(held(), at);
    return list.at != nowhere || (list.isOpen && !m_isFinished);
}

} // namespace cordon::ingest
