#include "core/ingest/readers/evtx_chunk.h"

#include "core/ingest/readers/little_endian.h"
#include "core/platform/checksum.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cordon::ingest {
namespace {

constexpr std::string_view chunkSignature("ElfChnk\0", 8);
constexpr std::string_view recordSignature("**\0\0", 4);
constexpr std::size_t firstRecord = 512;
constexpr std::size_t freeSpaceAt = 48;
constexpr std::size_t recordsChecksumAt = 52;
constexpr std::size_t headerChecksumAt = 124;
constexpr std::size_t checkedHeaderSize = 120;
constexpr std::size_t tablesAt = 128;
constexpr std::size_t numberInRecord = 8;
constexpr std::uint64_t farthestAhead = 65'536; ///< of the chunk's other records; one holds less than 3000
constexpr std::uint64_t firstAbsurd = std::uint64_t{1} << 63U;

bool isZero(ByteView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte == 0; });
}

std::string_view textOf(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

void EvtxChunk::open(ByteView bytes, bool isInUse)
{
    m_bytes = bytes;
    m_told.clear();
    m_areOlderTold = false;
    m_nextNumber = 0;
    m_at = std::min(firstRecord, bytes.size());
    m_end = bytes.size();
    if (isZero(bytes))
        m_at = m_end; // room that no chunk was written to yet
    else
        checkHeader(isInUse);
    m_middleNumber = middleNumber();
}

void EvtxChunk::checkHeader(bool isInUse)
{
    const bool hasHeader = m_bytes.size() >= firstRecord;
    if (!hasHeader || textOf(m_bytes.first(chunkSignature.size())) != chunkSignature)
        return tell(0, m_at, hasHeader ? "no chunk header where one belongs" : "the log ends in a chunk header");
    const auto freeSpace = numberAt<std::uint32_t>(m_bytes, freeSpaceAt);
    if (freeSpace < firstRecord || freeSpace > size)
        return tell(0, m_at, "the chunk header is damaged: records end at byte " + std::to_string(freeSpace));
    if (!isInUse && platform::crc32(m_bytes.first(checkedHeaderSize), m_bytes.subspan(tablesAt, firstRecord - tablesAt)) !=
        numberAt<std::uint32_t>(m_bytes, headerChecksumAt))
        tell(0, m_at, "the chunk header does not fit its checksum; its records are read as they stand");
    if (freeSpace > m_bytes.size())
        return;
    m_end = freeSpace;
    if (!isInUse && platform::crc32(m_bytes.subspan(firstRecord, freeSpace - firstRecord)) !=
        numberAt<std::uint32_t>(m_bytes, recordsChecksumAt))
        tell(0, m_at, "the chunk's records do not fit their checksum; they are read as they stand");
}

std::optional<EvtxChunk::Piece> EvtxChunk::next()
{
    if (!m_told.empty()) {
        Piece piece = std::move(m_told.front());
        m_told.pop_front();
        return piece;
    }
    if (m_at >= m_end && !goesOnAt(m_at))
        return olderRecords();
    const std::size_t from = m_at;
    if (const std::size_t length = recordSizeAt(from, std::max(m_end, goesOnAt(from) ? m_bytes.size() : 0)); length > 0) {
        m_at += length;
        m_end = std::max(m_end, m_at);
        const auto number = numberAt<std::uint64_t>(m_bytes, from + numberInRecord);
        if (isAbsurd(number))
            return Piece{from, length, "the event record is damaged: its number " + std::to_string(number) +
                                           " is far ahead of its neighbours'"};
        m_nextNumber = number + 1;
        return Piece{from, length, {}};
    }
    m_at = nextRecordFrom(from + 1, m_end);
    if (m_at == m_end && isZero(m_bytes.subspan(from, m_end - from)))
        return olderRecords();
    return Piece{from, m_at - from, "no event record where one belongs"};
}

std::uint64_t EvtxChunk::middleNumber() const
{
    std::vector<std::uint64_t> numbers;
    for (std::size_t at = nextRecordFrom(m_at, m_end); at < m_end; at = nextRecordFrom(at + recordSizeAt(at, m_end), m_end))
        numbers.push_back(numberAt<std::uint64_t>(m_bytes, at + numberInRecord));
    if (numbers.empty())
        return 0;
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>((numbers.size() - 1) / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

/// Records of a chunk count on from each other. One number far ahead would make all that comes later look as if it had
/// been read.
bool EvtxChunk::isAbsurd(std::uint64_t number) const
{
    return number >= firstAbsurd || (m_middleNumber > 0 && number > m_middleNumber && number - m_middleNumber > farthestAhead);
}

/// Whether the record behind the space in use is the one that comes next: the header of a chunk that is being written lags
/// behind its records.
bool EvtxChunk::goesOnAt(std::size_t at) const
{
    return m_nextNumber > 0 && recordSizeAt(at, m_bytes.size()) > 0 &&
           numberAt<std::uint64_t>(m_bytes, at + numberInRecord) == m_nextNumber;
}

/// @return 0 when no sound record stands there
std::size_t EvtxChunk::recordSizeAt(std::size_t at, std::size_t end) const
{
    if (end - at < recordHeaderSize + recordTailSize || textOf(m_bytes.subspan(at, 4)) != recordSignature)
        return 0;
    const std::size_t length = numberAt<std::uint32_t>(m_bytes, at + 4);
    if (length < recordHeaderSize + recordTailSize || length > end - at)
        return 0;
    return numberAt<std::uint32_t>(m_bytes, at + length - recordTailSize) == length ? length : 0;
}

std::size_t EvtxChunk::nextRecordFrom(std::size_t at, std::size_t end) const
{
    const std::string_view text = textOf(m_bytes.first(end));
    for (at = text.find(recordSignature, at); at != std::string_view::npos; at = text.find(recordSignature, at + 1)) {
        if (recordSizeAt(at, end) > 0)
            return at;
    }
    return end;
}

/// Records that stand behind the space in use: left from before the chunk was written anew. They are told, not read:
/// whether they are still part of the log is not known.
std::optional<EvtxChunk::Piece> EvtxChunk::olderRecords()
{
    if (m_areOlderTold)
        return std::nullopt;
    m_areOlderTold = true;
    const std::size_t end = m_bytes.size();
    std::size_t count = 0;
    const std::size_t first = nextRecordFrom(m_end, end);
    std::size_t last = first;
    for (std::size_t at = first; at < end; at = nextRecordFrom(last, end)) {
        last = at + recordSizeAt(at, end);
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    return Piece{first, last - first,
                 "recovered: " + std::to_string(count) + (count == 1 ? " older record" : " older records") +
                     " in the unused space of the chunk; kept as evidence, not read as events"};
}

} // namespace cordon::ingest
