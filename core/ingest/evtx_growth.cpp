#include "core/ingest/evtx_growth.h"

#include "core/ingest/follow_bytes.h"
#include "core/ingest/readers/evtx_chunk.h"
#include "core/ingest/readers/evtx_source.h"
#include "core/ingest/readers/little_endian.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostChunks = 512; ///< of one growth: 32 MiB
constexpr std::size_t firstRecord = 512;
constexpr std::size_t firstNumberAt = 24;
constexpr std::size_t lastNumberAt = 32;
constexpr std::size_t numbersEnd = 40;
constexpr std::size_t numberInRecord = 8;

/// What a chunk's header says of the numbers of its records.
struct Span
{
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    [[nodiscard]] bool isTold() const { return first > 0 && first <= last && last - first <= EvtxChunk::size; }
};

/// A chunk that was looked through.
struct Chunk
{
    std::string bytes;
    std::uint64_t newest = 0; ///< highest number of a record in it
    std::size_t end = 0;      ///< of that record
};

class Look
{
public:
    Look(const platform::File& log, std::uint64_t size, bool takesCutChunk)
        : m_log(log)
        , m_size(size)
        , m_takesCutChunk(takesCutChunk)
    {}

    Result<EvtxGrowth> after(std::uint64_t number, std::uint64_t position)
    {
        EvtxGrowth growth;
        CORDON_TRY(growth.bytes, bytesAt(m_log, 0, EvtxSource::usualHeaderSize));
        m_headerSize = EvtxSource::headerSize(bytesOf(growth.bytes)).value_or(EvtxSource::usualHeaderSize);
        growth.bytes.resize(std::min<std::size_t>(growth.bytes.size(), m_headerSize));
        CORDON_TRY(std::size_t at, firstBehind(number, position));
        growth.begins = m_headerSize < placeOf(at) ? placeOf(at) - m_headerSize : 0;
        const std::size_t header = growth.bytes.size();
        for (std::size_t count = 0; at < this->count() && count < mostChunks; ++at, ++count) {
            CORDON_TRY(const Chunk chunk, look(at));
            if (chunk.newest <= number)
                break;
            number = chunk.newest;
            growth.bytes += chunk.bytes;
            growth.position = placeOf(at) + chunk.end;
            const std::size_t length = std::min<std::size_t>(markLength, chunk.end - firstRecord);
            growth.tail = chunk.bytes.substr(chunk.end - length, length);
        }
        if (growth.bytes.size() == header)
            growth.bytes.clear();
        return growth;
    }

private:
    [[nodiscard]] std::uint64_t placeOf(std::size_t chunk) const { return m_headerSize + std::uint64_t{chunk} * EvtxChunk::size; }
    [[nodiscard]] std::size_t count() const
    {
        const std::uint64_t room = m_size > m_headerSize ? m_size - m_headerSize : 0;
        return static_cast<std::size_t>((room + (m_takesCutChunk ? EvtxChunk::size - 1 : 0)) / EvtxChunk::size);
    }

    Result<Chunk> look(std::size_t at) const
    {
        Chunk chunk;
        const std::uint64_t place = placeOf(at);
        const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(EvtxChunk::size, m_size - place));
        CORDON_TRY(chunk.bytes, bytesAt(m_log, place, length));
        EvtxChunk records;
        records.open(bytesOf(chunk.bytes));
        while (const auto piece = records.next()) {
            const auto number = piece->reason.empty() ? numberAt<std::uint64_t>(records.bytes(), piece->at + numberInRecord) : 0;
            if (number > chunk.newest) {
                chunk.newest = number;
                chunk.end = piece->at + piece->length;
            }
        }
        return chunk;
    }

    [[nodiscard]] Result<bool> hasBehind(std::size_t at, std::uint64_t number) const
    {
        if (at >= count())
            return false;
        CORDON_TRY(const Chunk chunk, look(at));
        return chunk.newest > number;
    }

    /// The chunk with the oldest record behind `number`; `count()` when there is none. The headers of the chunk that grows
    /// and of the one begun after it may lag behind their records.
    Result<std::size_t> firstBehind(std::uint64_t number, std::uint64_t position) const
    {
        const std::size_t current =
            position > m_headerSize ? static_cast<std::size_t>((position - 1 - m_headerSize) / EvtxChunk::size) : 0;
        CORDON_TRY(const bool hasGrown, hasBehind(current, number));
        if (hasGrown)
            return current;
        std::size_t best = count();
        std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max();
        std::vector<std::size_t> untold;
        for (std::size_t at = 0; at < count(); ++at) {
            CORDON_TRY(const std::string head, bytesAt(m_log, placeOf(at), numbersEnd));
            if (head.size() < numbersEnd || head.find_first_not_of('\0') == std::string::npos)
                continue;
            const Span span{numberAt<std::uint64_t>(bytesOf(head), firstNumberAt),
                            numberAt<std::uint64_t>(bytesOf(head), lastNumberAt)};
            if (!span.isTold())
                untold.push_back(at);
            else if (span.last > number && span.last < lowest) {
                lowest = span.last;
                best = at;
            }
        }
        CORDON_TRY(const bool isBest, hasBehind(best, number));
        if (isBest)
            return best;
        untold.push_back(current + 1 < count() ? current + 1 : 0);
        for (const std::size_t at : untold) {
            CORDON_TRY(const bool isIt, hasBehind(at, number));
            if (isIt)
                return at;
        }
        return count();
    }

    const platform::File& m_log;
    std::uint64_t m_size;
    bool m_takesCutChunk;
    std::uint64_t m_headerSize = 0;
};

} // namespace

Result<std::uint64_t> evtxRecordBefore(const platform::File& log, std::uint64_t position)
{
    constexpr std::size_t most = EvtxChunk::size;
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(most, position));
    CORDON_TRY(const std::string before, bytesAt(log, position - length, length));
    const ByteView bytes = bytesOf(before);
    if (bytes.size() < EvtxChunk::recordHeaderSize + EvtxChunk::recordTailSize)
        return 0;
    const std::size_t size = numberAt<std::uint32_t>(bytes, bytes.size() - EvtxChunk::recordTailSize);
    if (size < EvtxChunk::recordHeaderSize + EvtxChunk::recordTailSize || size > bytes.size())
        return 0;
    const std::size_t at = bytes.size() - size;
    const bool isRecord = before.compare(at, 4, std::string("**\0\0", 4)) == 0 && numberAt<std::uint32_t>(bytes, at + 4) == size;
    return isRecord ? numberAt<std::uint64_t>(bytes, at + numberInRecord) : 0;
}

Result<EvtxGrowth> evtxGrowth(const platform::File& log, std::uint64_t size, std::uint64_t after, std::uint64_t position,
                              bool takesCutChunk)
{
    return Look(log, size, takesCutChunk).after(after, position);
}

} // namespace cordon::ingest
