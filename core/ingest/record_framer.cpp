#include "core/ingest/record_framer.h"

#include "core/ingest/look_back.h"
#include "core/ingest/structure_scan.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace cordon::ingest {
namespace {

constexpr std::size_t blockSize = 64;
/// Bytes kept behind the scan, so that what stands before a bracket can be looked up.
constexpr std::size_t lookBack = 256;
constexpr std::string_view byteOrderMark = "\xef\xbb\xbf";

} // namespace

RecordFramer::RecordFramer(std::size_t longest, bool isDelivery)
    : m_longest(longest)
    , m_isDelivery(isDelivery)
    , m_buffer(padding, '\0')
{}

char* RecordFramer::space(std::size_t size)
{
    const std::size_t behind = m_scan > lookBack ? m_scan - lookBack : 0;
    const std::size_t keep = m_place == Place::Record && m_record != nowhere ? std::min(m_record, behind) : behind;
    m_outline.forget();
    if (keep > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + keep, m_end - keep);
        m_base += keep;
        m_scan -= keep;
        m_end -= keep;
        m_gap -= std::min(m_gap, keep);
        if (m_record != nowhere)
            m_record -= std::min(m_record, keep);
    }
    if (m_buffer.size() < m_end + size + padding)
        m_buffer.resize(m_end + size + padding);
    return m_buffer.data() + m_end;
}

std::optional<Frame> RecordFramer::next()
{
    while (true) {
        if (auto frame = takePending())
            return frame;
        if (m_scan < m_end) {
            std::optional<Frame> leapt;
            const Leap leaped = leap(leapt);
            if (leaped == Leap::Taken && leapt)
                return leapt;
            if (leaped == Leap::Wait) {
                noteGap(m_scan);
                return std::nullopt;
            }
            if (leaped == Leap::Taken)
                continue;
            if (auto frame = scanSome())
                return frame;
            continue;
        }
        // The key of a further list must not be noted before its bracket was seen.
        noteGap(m_place != Place::Envelope ? m_scan : m_scan > lookBack ? m_scan - lookBack : 0);
        passOverLongRecord();
        if (!m_isFinished)
            return std::nullopt;
        endStream();
        if (m_pending.empty())
            return std::nullopt;
    }
}

std::optional<Frame> RecordFramer::takePending()
{
    if (m_pending.empty())
        return std::nullopt;
    Frame frame = std::move(m_pending.front());
    m_pending.pop_front();
    return frame;
}

/// Looks at up to one block; stops early behind a finished record and where the reading of strings must change.
std::optional<Frame> RecordFramer::scanSome()
{
    const char* text = m_buffer.data() + m_scan;
    std::size_t count = std::min(blockSize, m_end - m_scan);
    const std::uint64_t held = count == blockSize ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    const BlockMasks masks = scanBlock(text);

    const std::uint64_t escaped =
        masks.backslashes == 0 ? (m_isNextEscaped ? 1U : 0U) : escapedBytes(masks.backslashes & held, m_isNextEscaped);
    const std::uint64_t quotes = masks.quotes & ~escaped & held;
    const std::uint64_t inString = prefixXor(quotes) ^ (m_isInString ? ~std::uint64_t{0} : 0);

    // No valid JSON opens a string right behind anything but a bracket, separator or space, and none has a raw line end
    // in a string. Where that happens a quote went missing before: from there on we are outside strings again.
    const char before = m_scan > 0 ? text[-1] : '\n';
    const bool isFirstFree =
        static_cast<unsigned char>(before) <= ' ' || (before | 0x20) == '{' || before == ',' || before == ':';
    const std::uint64_t free = (masks.beforeKeys << 1U) | (isFirstFree ? 1U : 0U);
    const std::uint64_t misread = (quotes & inString & ~free) | (masks.newlines & inString & held);
    bool endsInString = ((inString >> (count - 1)) & 1U) != 0;
    std::uint64_t upTo = held;
    if (misread != 0) {
        count = static_cast<std::size_t>(std::countr_zero(misread)) + 1;
        upTo = count == blockSize ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        endsInString = false;
    }
    const std::size_t start = m_scan;
    std::uint64_t brackets = (masks.openers | masks.closers) & ~inString & upTo;
    for (; brackets != 0; brackets &= brackets - 1) {
        const std::size_t at = start + static_cast<std::size_t>(std::countr_zero(brackets));
        const bool isOnHold = isToBeLookedAt(at);
        auto frame = isOnHold ? std::nullopt : onBracket(at);
        if (!frame && !isOnHold)
            continue;
        m_scan = isOnHold ? at : at + 1;
        m_isInString = false;
        m_isNextEscaped = false;
        return frame;
    }
    m_isDamaged = m_isDamaged || misread != 0;
    m_scan = start + count;
    m_isInString = endsInString;
    m_isNextEscaped = ((masks.backslashes & ~escaped) >> (count - 1) & 1U) != 0;
    return std::nullopt;
}

std::optional<Frame> RecordFramer::onBracket(std::size_t at)
{
    const char bracket = m_buffer[at];
    if (bracket == '}' || bracket == ']')
        return onCloser(at);
    onOpener(at);
    return std::nullopt;
}

void RecordFramer::onOpener(std::size_t at)
{
    const bool isArray = m_buffer[at] == '[';
    if (m_place == Place::Record && startsAnotherRecord(at))
        abandonRecord(at);
    else if (m_place == Place::Envelope && !mayOpenAt(at))
        leaveEnvelope(at);
    switch (m_place) {
    case Place::Between:
        return isArray ? openList(at) : beginRecord(at);
    case Place::List:
        // No record is an array; one in its own place is framed, so that it is rejected as a whole.
        return !isArray || mayOpenAt(at) ? beginRecord(at) : void();
    case Place::Record:
        break;
    case Place::Envelope:
        if (isArray && m_depth == 1 && recordsKeyBefore(held(), at) != nowhere) {
            noteGap(recordsKeyBefore(held(), at));
            flushGarbage();
            return openRecordList(at);
        }
        break;
    }
    open(isArray);
}

/// Whether the record being read must be broken, because an object or array begins where none can.
bool RecordFramer::startsAnotherRecord(std::size_t at) const
{
    const bool isInList = m_listDepth > 0;
    if (!mayOpenAt(at))
        return isInList || startsLine(held(), at);
    return m_isDamaged && isInList && followsAnObject(held(), at);
}

/// A list at the top, unless it is a bracket in the middle of a line of text.
void RecordFramer::openList(std::size_t at)
{
    noteGap(at);
    if (m_garbageTo > std::max(m_garbageLine, m_garbageFrom))
        return;
    flushGarbage();
    m_gap = at + 1;
    m_listDepth = 1;
    m_place = Place::List;
    open(true);
}

/// A list in the object that holds the records.
void RecordFramer::openRecordList(std::size_t at)
{
    m_gap = at + 1;
    m_listDepth = 2;
    m_place = Place::List;
    open(true);
}

/// The list was closed too early: what follows stands by itself.
void RecordFramer::leaveEnvelope(std::size_t at)
{
    noteGap(at);
    flushGarbage();
    m_place = Place::Between;
    m_listDepth = 0;
    m_depth = 0;
    m_gap = at;
}

std::optional<Frame> RecordFramer::onCloser(std::size_t at)
{
    switch (m_place) {
    case Place::Between:
        return std::nullopt; // stands in a gap, which is looked at as a whole
    case Place::List:
        if (m_buffer[at] == '}')
            return std::nullopt;
        noteGap(at);
        flushGarbage();
        m_gap = at + 1;
        --m_depth;
        m_place = m_depth == 0 ? Place::Between : Place::Envelope;
        m_listDepth = 0;
        return takePending();
    case Place::Envelope:
        return --m_depth == 0 ? endEnvelope(at) : std::nullopt;
    case Place::Record:
        break;
    }
    return --m_depth == m_listDepth ? endRecord(at + 1) : std::nullopt;
}

std::optional<Frame> RecordFramer::endEnvelope(std::size_t at)
{
    noteGap(at);
    flushGarbage();
    m_place = Place::Between;
    m_gap = at + 1;
    return takePending();
}

void RecordFramer::beginRecord(std::size_t at)
{
    noteGap(at);
    flushGarbage();
    m_isDelivery = m_isDelivery && m_listDepth > 0;
    m_place = Place::Record;
    m_record = at;
    m_recordOffset = offsetOf(at);
    m_depth = m_listDepth;
    m_isDamaged = false;
    open(m_buffer[at] == '[');
}

std::optional<Frame> RecordFramer::endRecord(std::size_t end)
{
    m_place = m_listDepth == 0 ? Place::Between : Place::List;
    m_gap = end;
    const std::uint64_t length = offsetOf(end) - m_recordOffset;
    if (m_record == nowhere || length > m_longest) {
        m_record = nowhere;
        reject(m_recordOffset, offsetOf(end), "record is longer than " + std::to_string(m_longest) + " bytes");
        return takePending();
    }
    Frame frame{true, m_recordOffset, length, {m_buffer.data() + m_record, static_cast<std::size_t>(length)}, {}, {}, nullptr};
    m_record = nowhere;
    if (m_pending.empty())
        return frame;
    m_pending.push_back(std::move(frame));
    return takePending();
}

/// The record that was being read cannot be whole: another begins at `at`.
void RecordFramer::abandonRecord(std::size_t at)
{
    const std::size_t solid = lastSolidBefore(held(), at);
    const std::uint64_t end = solid == nowhere ? offsetOf(at) : offsetOf(solid) + 1;
    reject(m_recordOffset, std::max(end, m_recordOffset),
           "record is cut off or damaged: the next one starts inside it");
    m_record = nowhere;
    m_gap = at;
    m_depth = m_listDepth;
    m_place = m_listDepth == 0 ? Place::Between : Place::List;
}

void RecordFramer::passOverLongRecord()
{
    if (m_place == Place::Record && m_record != nowhere && m_end - m_record > m_longest)
        m_record = nowhere;
}

void RecordFramer::endStream()
{
    switch (m_place) {
    case Place::Between:
        break;
    case Place::Record:
        reject(m_recordOffset, offsetOf(m_end), "file ends inside a record");
        m_isCutShort = true;
        break;
    case Place::List:
        flushGarbage();
        reject(offsetOf(m_end), offsetOf(m_end), "file ends before the list of records is closed");
        m_isCutShort = true;
        break;
    case Place::Envelope:
        noteGap(m_end);
        flushGarbage();
        reject(offsetOf(m_end), offsetOf(m_end), "file ends inside the object that holds the records");
        m_isCutShort = true;
        break;
    }
    flushGarbage();
    m_place = Place::Between;
    m_gap = m_end;
    m_depth = 0;
}

void RecordFramer::open(bool isArray)
{
    ++m_depth;
    if (m_depth < knownDepth)
        m_isArray[m_depth] = isArray;
}

/// Whether JSON's grammar lets an object or array begin at `at`, inside the container that is open.
bool RecordFramer::mayOpenAt(std::size_t at) const
{
    const std::size_t solid = lastSolidBefore(held(), at);
    if (solid == nowhere || m_depth >= knownDepth)
        return true;
    switch (m_buffer[solid]) {
    case ':':
        return !m_isArray[m_depth];
    case ',':
    case '[':
        return m_isArray[m_depth];
    default:
        return false;
    }
}

/// Looks at the bytes between records up to `end` for anything but white space and commas.
void RecordFramer::noteGap(std::size_t end)
{
    if (m_place == Place::Record)
        return;
    for (std::size_t at = m_gap; at < end; ++at) {
        const char c = m_buffer[at];
        const std::uint64_t offset = offsetOf(at);
        if (c == '\n')
            m_garbageLine = offset + 1;
        if (isSpace(c) || c == ',')
            continue;
        if (offset < byteOrderMark.size() && c == byteOrderMark[static_cast<std::size_t>(offset)])
            continue;
        if (m_garbageTo == m_garbageFrom)
            m_garbageFrom = offset;
        m_garbageTo = offset + 1;
    }
    m_gap = std::max(m_gap, end);
}

void RecordFramer::flushGarbage()
{
    if (m_garbageTo > m_garbageFrom)
        reject(m_garbageFrom, m_garbageTo,
               m_place == Place::Envelope ? "stands beside the records, in the object that holds them"
                                          : "text that is no JSON record");
    m_isDelivery = m_isDelivery && (m_place != Place::Between || m_garbageTo == m_garbageFrom);
    m_garbageFrom = m_garbageTo;
}

void RecordFramer::reject(std::uint64_t from, std::uint64_t to, std::string reason)
{
    m_pending.push_back({false, from, to - from, {}, {}, std::move(reason), nullptr});
}

} // namespace cordon::ingest
