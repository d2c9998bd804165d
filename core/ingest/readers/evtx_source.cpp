#include "core/ingest/readers/evtx_source.h"

#include "core/ingest/readers/little_endian.h"
#include "core/platform/checksum.h"

#include <algorithm>
#include <cassert>

namespace cordon::ingest {
namespace {

constexpr std::string_view fileSignature("ElfFile\0", 8);
constexpr std::size_t headerSizeAt = 40;
constexpr std::size_t checkedSize = 120;
constexpr std::size_t checksumAt = 124;
constexpr std::size_t shortestHeader = 128;
constexpr std::size_t flagsAt = 120;
constexpr std::uint32_t inUse = 1;
constexpr std::size_t numberInRecord = 8;

} // namespace

bool EvtxSource::startsOne(std::string_view start)
{
    return start.substr(0, fileSignature.size()) == fileSignature;
}

bool EvtxSource::isInUse(ByteView start)
{
    return start.size() >= shortestHeader && (numberAt<std::uint32_t>(start, flagsAt) & inUse) != 0;
}

std::optional<std::size_t> EvtxSource::headerSize(ByteView start)
{
    if (start.size() < shortestHeader ||
        platform::crc32(start.first(checkedSize)) != numberAt<std::uint32_t>(start, checksumAt))
        return std::nullopt;
    return std::max<std::size_t>(shortestHeader, numberAt<std::uint16_t>(start, headerSizeAt));
}

/// Whether it was read with an earlier part of the log; what stands between such records was told then.
bool EvtxSource::isOld(const EvtxChunk::Piece& piece)
{
    if (m_earlier.lastRecord == 0 && m_earlier.position == 0)
        return false;
    if (!piece.reason.empty())
        return m_isAmongOld;
    const bool wasRead = numberAt<std::uint64_t>(m_chunk.bytes(), piece.at + numberInRecord) <= m_earlier.lastRecord ||
                         m_base + m_from + piece.at < m_earlier.position;
    m_isAmongOld = m_isAmongOld && wasRead;
    return wasRead;
}

char* EvtxSource::space(std::size_t size)
{
    assert(!m_isInChunk); // frames are taken until there is none, then bytes are added
    std::copy(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_from),
              m_buffer.begin() + static_cast<std::ptrdiff_t>(m_held), m_buffer.begin());
    m_base += m_from;
    m_held -= m_from;
    m_from = 0;
    m_buffer.resize(std::max(m_buffer.size(), m_held + size));
    return m_buffer.data() + m_held;
}

std::optional<Frame> EvtxSource::next()
{
    if (!m_isHeaderRead) {
        if (m_held < usualHeaderSize && !m_isFinished)
            return std::nullopt;
        if (auto told = takeHeader())
            return told;
    }
    while (m_isInChunk || openChunk()) {
        while (const auto piece = m_chunk.next()) {
            if (!isOld(*piece))
                return frameOf(*piece);
        }
        m_from += m_chunk.bytes().size();
        m_isInChunk = false;
    }
    return std::nullopt;
}

std::optional<Frame> EvtxSource::takeHeader()
{
    m_isHeaderRead = true;
    const ByteView bytes = held();
    std::string damage;
    m_isInUse = isInUse(bytes);
    const std::size_t size = headerSize(bytes).value_or(usualHeaderSize);
    if (bytes.size() < shortestHeader)
        damage = "the log ends in its file header";
    else if (!headerSize(bytes) && !m_isInUse)
        damage = "the file header does not fit its checksum; chunks are looked for at the usual places";
    m_isCutShort = bytes.size() < size;
    m_from = std::min(size, m_held);
    if (damage.empty())
        return std::nullopt;
    return Frame{false, m_base, m_from, {}, {}, std::move(damage)};
}

bool EvtxSource::openChunk()
{
    const ByteView bytes = held();
    if (bytes.empty() || (bytes.size() < EvtxChunk::size && !m_isFinished))
        return false;
    m_isCutShort = bytes.size() < EvtxChunk::size;
    m_isInChunk = true;
    m_chunk.open(bytes.first(std::min(bytes.size(), EvtxChunk::size)), m_isInUse);
    m_isAmongOld = true;
    m_writer.open(m_chunk.bytes());
    return true;
}

Frame EvtxSource::frameOf(const EvtxChunk::Piece& piece)
{
    Frame frame;
    frame.offset = m_base + m_from + piece.at;
    frame.length = piece.length;
    frame.reason = piece.reason;
    if (!piece.reason.empty())
        return frame;
    m_json.clear();
    auto isWritten = m_writer.append(m_json, piece.at + EvtxChunk::recordHeaderSize,
                                     piece.at + piece.length - EvtxChunk::recordTailSize);
    if (!isWritten) {
        frame.reason = "event record cannot be read: " + isWritten.error().detail;
        return frame;
    }
    const std::size_t length = m_json.size();
    m_json.append(padding, '\0');
    frame.isRecord = true;
    frame.bytes = std::string_view(m_json).substr(0, length);
    frame.raw = {m_buffer.data() + m_from + piece.at, piece.length};
    return frame;
}

} // namespace cordon::ingest
