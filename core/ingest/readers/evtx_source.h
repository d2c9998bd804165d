#pragma once

#include "core/ingest/readers/bin_xml_writer.h"
#include "core/ingest/readers/evtx_chunk.h"
#include "core/ingest/record_source.h"

#include <string>
#include <vector>

namespace cordon::ingest {

/// Reads Windows event logs (EVTX) as a stream, a chunk at a time, so that packed logs and logs of any size take the
/// same memory. Belongs to one thread. Source: docs/formats/event.md, "EVTX"
class EvtxSource final : public RecordSource
{
public:
    /// Whether a stream that starts so is such a log.
    [[nodiscard]] static bool startsOne(std::string_view start);
    static constexpr std::size_t usualHeaderSize = 4096;
    /// Whether its writer has it open: its checksums and numbers are written late.
    [[nodiscard]] static bool isInUse(ByteView start);
    /// As the file header says; nothing when it is not whole or does not fit its checksum.
    [[nodiscard]] static std::optional<std::size_t> headerSize(ByteView start);

    void goOn(const EarlierPart& earlier) override { m_earlier = earlier; }

    [[nodiscard]] char* space(std::size_t size) override;
    void written(std::size_t size) override { m_held += size; }
    void finish() override { m_isFinished = true; }
    [[nodiscard]] std::optional<Frame> next() override;
    [[nodiscard]] bool isCutShort() const override { return m_isCutShort; }

private:
    [[nodiscard]] std::optional<Frame> takeHeader();
    [[nodiscard]] bool openChunk();
    [[nodiscard]] Frame frameOf(const EvtxChunk::Piece& piece);
    [[nodiscard]] ByteView held() const { return bytesOf({m_buffer.data() + m_from, m_held - m_from}); }

    [[nodiscard]] bool isOld(const EvtxChunk::Piece& piece);

    EarlierPart m_earlier;
    bool m_isAmongOld = false; ///< no record of the chunk was new so far
    bool m_isInUse = false;    ///< the writer has it open: checksums are written late
    std::vector<char> m_buffer;
    std::size_t m_from = 0;   ///< bytes before are done with
    std::size_t m_held = 0;   ///< end of the bytes held
    std::uint64_t m_base = 0; ///< place in the stream of m_buffer[0]
    bool m_isHeaderRead = false;
    bool m_isInChunk = false;
    bool m_isFinished = false;
    bool m_isCutShort = false;
    EvtxChunk m_chunk;
    BinXmlWriter m_writer;
    std::string m_json;
};

} // namespace cordon::ingest
