#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace cordon::ingest {

/// Finds the records in one chunk of a Windows event log, also in a damaged one. Belongs to one thread.
/// Source: docs/formats/event.md, "EVTX"
class EvtxChunk
{
public:
    static constexpr std::size_t size = 65'536;
    static constexpr std::size_t recordHeaderSize = 24; ///< signature, size, number, time; binary XML follows
    static constexpr std::size_t recordTailSize = 4;    ///< the size once more

    /// A record, or bytes that are none.
    struct Piece
    {
        std::size_t at = 0; ///< in the chunk
        std::size_t length = 0;
        std::string reason; ///< why it is no record; "" when it is one
    };

    /// @param bytes  the chunk, shorter when the log ends in it; borrowed until the next `open`
    /// @param isInUse  the log's writer has it open: its checksums are written late and say nothing
    void open(ByteView bytes, bool isInUse = false);
    /// The next piece, in their order; what is told of the whole chunk comes first, unused space with older records in
    /// it last.
    [[nodiscard]] std::optional<Piece> next();
    [[nodiscard]] ByteView bytes() const { return m_bytes; }

private:
    void checkHeader(bool isInUse);
    void tell(std::size_t at, std::size_t length, std::string reason) { m_told.push_back({at, length, std::move(reason)}); }
    [[nodiscard]] bool goesOnAt(std::size_t at) const;
    [[nodiscard]] std::size_t recordSizeAt(std::size_t at, std::size_t end) const;
    [[nodiscard]] std::size_t nextRecordFrom(std::size_t at, std::size_t end) const;
    [[nodiscard]] std::optional<Piece> olderRecords();
    [[nodiscard]] std::uint64_t middleNumber() const;
    [[nodiscard]] bool isAbsurd(std::uint64_t number) const;

    ByteView m_bytes;
    std::size_t m_at = 0;
    std::size_t m_end = 0; ///< of the space in use
    std::uint64_t m_nextNumber = 0; ///< of the record that comes next; 0: not known
    std::uint64_t m_middleNumber = 0; ///< of the records in the space in use: half of their numbers are lower
    bool m_areOlderTold = false;
    std::deque<Piece> m_told;
};

} // namespace cordon::ingest
