#include "core/record/frame_reader.h"

#include "core/crypto/sha256.h"
#include "core/record/byte_fields.h"
#include "core/record/ledger_format.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t blockSize = 256U << 10U;

/// Each byte is the right one or zero.
bool isPartOf(const Digest& said, const Digest& right)
{
    for (std::size_t i = 0; i < said.bytes.size(); ++i) {
        if (said.bytes[i] != right.bytes[i] && said.bytes[i] != 0)
            return false;
    }
    return true;
}

std::string numbered(std::size_t number)
{
    std::string digits = std::to_string(number);
    return std::string(format::numberDigits - std::min<std::size_t>(digits.size(), format::numberDigits), '0') + digits;
}

} // namespace

std::string LedgerPlace::toString() const
{
    return "seq " + std::to_string(seq) + " at byte " + std::to_string(offset) + " of " + file + ": " + what;
}

Result<FrameReader> FrameReader::open(const platform::Path& caseFolder)
{
    return open(ledgerIn(caseFolder));
}

Result<FrameReader> FrameReader::open(std::shared_ptr<const LedgerSource> source)
{
    FrameReader reader(std::move(source));
    CORDON_TRY(reader.m_segments, reader.m_source->segments());
    return reader;
}

std::string FrameReader::currentFile() const
{
    const std::string name = numbered(std::max<std::size_t>(m_current, 1)) + std::string(format::segmentSuffix);
    return std::string(format::ledgerFolder) + "/" + name;
}

FrameReader::Step FrameReader::bad(std::uint64_t offset, std::string what, Step step)
{
    m_place = {currentFile(), offset, m_seq, std::move(what)};
    m_final = step;
    return step;
}

Result<std::string_view> FrameReader::look(std::uint64_t offset, std::size_t size)
{
    if (offset < m_blockAt || offset + size > m_blockAt + m_block.size()) {
        m_block.resize(std::min<std::uint64_t>(std::max(blockSize, size), m_size - std::min(m_size, offset)));
        m_blockAt = offset;
        CORDON_TRY(const std::size_t count, m_file->readAt(m_block.data(), m_block.size(), offset));
        m_block.resize(count);
    }
    const std::size_t at = offset - m_blockAt;
    return std::string_view(m_block).substr(at, std::min(size, m_block.size() - at));
}

/// @return false when the header does not fit
Result<bool> FrameReader::openSegment()
{
    const std::string& name = m_segments[m_current];
    ++m_current;
    m_offset = 0;
    m_block.clear();
    m_blockAt = 0;
    if (name != numbered(m_current) + std::string(format::segmentSuffix)) {
        bad(0, "the segment is missing");
        return false;
    }
    auto file = m_source->openSegment(name);
    if (!file && file.error().code == ErrorCode::Corrupt) {
        bad(0, file.error().detail);
        return false;
    }
    if (!file)
        return fail(file.error());
    m_file = std::move(*file);
    CORDON_TRY(m_size, m_file->size());
    CORDON_TRY(const std::string_view header, look(0, format::segmentHeaderSize));
    if (header.size() < format::segmentHeaderSize) {
        bad(0, "the segment header is cut off");
        return false;
    }
    const Digest said = format::digestFrom(header.substr(format::headerDigestAt));
    const std::size_t originLength = format::bigEndian(header.substr(format::originLengthAt, 2));
    const bool isPadded =
        originLength <= format::longestOrigin &&
        header.substr(format::originAt + originLength, format::longestOrigin - originLength).find_first_not_of('\0') ==
            std::string_view::npos;
    if (!header.starts_with(format::segmentMagic) || !isPadded || originLength == 0 ||
        crypto::sha256(header.substr(0, format::headerDigestAt)) != said) {
        bad(0, "the segment header does not verify");
        return false;
    }
    const std::string origin(header.substr(format::originAt, originLength));
    if (!std::all_of(origin.begin(), origin.end(), [](char letter) { return letter > ' ' && letter < '\x7f'; })) {
        bad(0, "the origin is no name");
        return false;
    }
    if (m_current > 1 && origin != m_origin) {
        bad(0, "the segment is of another ledger");
        return false;
    }
    m_origin = origin;
    if (format::bigEndian(header.substr(format::firstSeqAt, 8)) != static_cast<std::uint64_t>(m_seq) ||
        format::digestFrom(header.substr(format::priorChainAt, format::chainSize)) != m_chain) {
        bad(0, "the segment does not go on where the one before ends");
        return false;
    }
    m_offset = format::segmentHeaderSize;
    m_bytes += format::segmentHeaderSize;
    return true;
}

Result<FrameReader::Step> FrameReader::next()
{
    if (m_final)
        return *m_final;
    while (!m_file || m_offset == m_size) {
        if (m_current == m_segments.size()) {
            if (m_segments.empty())
                return bad(0, "the ledger has no segment");
            m_final = Step::End;
            return Step::End;
        }
        CORDON_TRY(const bool isGood, openSegment());
        if (!isGood)
            return Step::Bad;
    }
    return readFrame();
}

Result<FrameReader::Step> FrameReader::readFrame()
{
    // A power loss leaves parts of what was not synced as zero bytes. Source: docs/formats/ledger.md, "Incomplete frames"
    const bool isLastSegment = m_current == m_segments.size();
    const Step cutOff = isLastSegment ? Step::Torn : Step::Bad;
    CORDON_TRY(const std::string_view lengthBytes, look(m_offset, format::frameLengthSize));
    if (lengthBytes.size() < format::frameLengthSize)
        return bad(m_offset, "the frame ends early", cutOff);
    const bool hasZeroLength = lengthBytes[2] == '\0' || lengthBytes[3] == '\0';
    const std::uint64_t length = format::bigEndian(lengthBytes);
    if (length == 0)
        return bad(m_offset, "the frame was not written to its end", cutOff);
    if (length > format::longestEntry)
        return bad(m_offset, "impossible frame length " + std::to_string(length));
    const std::size_t rest = length + format::chainSize;
    CORDON_TRY(const std::string_view body, look(m_offset + format::frameLengthSize, rest));
    if (body.size() < rest)
        return bad(m_offset, "the frame ends early", cutOff);
    m_entry.assign(body.substr(0, length));
    crypto::Sha256 hash;
    hash.update(ByteView(&format::chainPrefix, 1)).update(ByteView(m_chain.bytes)).update(m_entry);
    const Digest chain = hash.digest();
    const Digest said = format::digestFrom(body.substr(length));
    if (chain != said) {
        const bool isUnwritten = (hasZeroLength && m_entry.back() != '}') || m_entry.find('\0') != std::string::npos || isPartOf(said, chain);
        return isUnwritten ? bad(m_offset, "the frame was not written to its end", cutOff)
                           : bad(m_offset, "the chain hash does not fit");
    }
    m_chain = chain;
    m_offset += format::frameLengthSize + rest;
    m_bytes += format::frameLengthSize + rest;
    ++m_seq;
    return Step::Frame;
}

} // namespace cordon::record
