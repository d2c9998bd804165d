#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::ingest {

class RecordOutline;

/// One piece of a stream: a record, or bytes that are none.
struct Frame
{
    bool isRecord = false;
    std::uint64_t offset = 0; ///< in the decoded stream
    std::uint64_t length = 0;
    /// Of a record: one JSON object with RecordSource::padding readable bytes behind; until the next `space` or `next`.
    std::string_view bytes;
    /// The log's own bytes of the record where `bytes` was made from another format; empty: the same as `bytes`.
    std::string_view raw;
    std::string reason; ///< why it is no record
    /// Of `bytes`, when the source has made it; until the next `space` or `next`.
    const RecordOutline* outline = nullptr;
};

/// What is known of a log whose first part was read before.
struct EarlierPart
{
    std::string_view head;        ///< first bytes of the log
    std::uint64_t lastRecord = 0; ///< of a Windows log: records up to this number were read
    std::uint64_t position = 0;   ///< of a Windows log that is given anew as a whole: records before this place were read
};

/// Finds the records of one format in a stream of any length, in bounded memory. Damage costs the record it is in.
/// Belongs to one thread.
class RecordSource
{
public:
    static constexpr std::size_t padding = 64; ///< at least SIMDJSON_PADDING
    static constexpr std::size_t longestRecord = 16U << 20U;

    RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;
    virtual ~RecordSource() = default;

    /// The stream goes on with a log. To be called before the first byte.
    virtual void goOn([[maybe_unused]] const EarlierPart& earlier) {}
    /// Room to write the next bytes of the stream into; frames given so far end here.
    [[nodiscard]] virtual char* space(std::size_t size) = 0;
    /// So many bytes were written into `space`.
    virtual void written(std::size_t size) = 0;
    /// No more bytes come.
    virtual void finish() = 0;
    /// The next frame; nothing when more bytes are needed or, after `finish`, none are left.
    [[nodiscard]] virtual std::optional<Frame> next() = 0;
    /// The stream ended inside a record. Known after the last frame.
    [[nodiscard]] virtual bool isCutShort() const = 0;
};

} // namespace cordon::ingest
