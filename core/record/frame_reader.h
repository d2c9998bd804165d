#pragma once

#include "core/base/digest.h"
#include "core/record/ledger_source.h"
#include "core/value/value.h"

#include <optional>

namespace cordon::record {

/// Where something is wrong in a ledger.
struct LedgerPlace
{
    std::string file;         ///< relative to the case folder
    std::uint64_t offset = 0; ///< byte in that file
    std::int64_t seq = 0;     ///< entry that is or would be there
    std::string what;

    /// `seq 12 at byte 4711 of ledger/00000001.log: chain hash does not fit`
    [[nodiscard]] std::string toString() const;
};

/// Reads the frames of a ledger's segments in order and checks headers, lengths and chain. Written against
/// docs/formats/ledger.md; it has no code in common with the writer. Belongs to one thread.
class FrameReader
{
public:
    enum class Step {
        Frame, ///< `entry` holds the next one
        End,   ///< every byte was used
        Torn,  ///< the last frame ends early; `place` says where it starts
        Bad,   ///< `place` says what does not fit
    };

    /// @param caseFolder  the folder that holds `ledger/`. ErrorCode::NotFound when there is none.
    [[nodiscard]] static Result<FrameReader> open(const platform::Path& caseFolder);
    /// The same from wherever the ledger's bytes are.
    [[nodiscard]] static Result<FrameReader> open(std::shared_ptr<const LedgerSource> source);

    /// An error is a failure to read, never a wrong byte. After End, Torn or Bad it stays there.
    [[nodiscard]] Result<Step> next();

    [[nodiscard]] std::string_view entry() const { return m_entry; }
    [[nodiscard]] std::int64_t seq() const { return m_seq - 1; } ///< of `entry`
    [[nodiscard]] const LedgerPlace& place() const { return m_place; }
    [[nodiscard]] const std::string& origin() const { return m_origin; }
    [[nodiscard]] const Digest& chain() const { return m_chain; }
    [[nodiscard]] std::int64_t entries() const { return m_seq; } ///< whole ones so far
    [[nodiscard]] std::size_t segment() const { return m_current; } ///< that `entry` is in, 1 and up
    [[nodiscard]] std::size_t segments() const { return m_segments.size(); }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }   ///< of whole frames and headers so far
    [[nodiscard]] std::uint64_t offset() const { return m_offset; } ///< end of the last whole frame in its segment
    [[nodiscard]] std::string currentFile() const;                  ///< relative to the case folder

private:
    explicit FrameReader(std::shared_ptr<const LedgerSource> source)
        : m_source(std::move(source))
    {}
    Result<bool> openSegment();
    Result<Step> readFrame();
    Step bad(std::uint64_t offset, std::string what, Step step = Step::Bad);

    std::shared_ptr<const LedgerSource> m_source;
    std::vector<std::string> m_segments;
    std::size_t m_current = 0; ///< 0 before the first; else 1 and up
    std::unique_ptr<ReadableBytes> m_file;
    std::uint64_t m_size = 0;
    std::uint64_t m_offset = 0;
    std::uint64_t m_bytes = 0;
    std::string m_block; ///< bytes of the file from m_blockAt
    std::uint64_t m_blockAt = 0;
    std::string m_entry;
    std::string m_origin;
    Digest m_chain;
    std::int64_t m_seq = 0;
    LedgerPlace m_place;
    std::optional<Step> m_final;

    Result<std::string_view> look(std::uint64_t offset, std::size_t size);
};

} // namespace cordon::record
