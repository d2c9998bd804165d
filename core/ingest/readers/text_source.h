#pragma once

#include "core/ingest/record_source.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// What readers of text logs share: the bytes not yet read, lines of bounded length, and the records made of them.
/// A reader takes bytes in `step` and tells what they are by `give` and `reject`. Belongs to one thread.
class TextSource : public RecordSource
{
public:
    static constexpr std::size_t longestLine = 1U << 20U;

    [[nodiscard]] char* space(std::size_t size) final;
    void written(std::size_t size) final { m_end += size; }
    void finish() final { m_isFinished = true; }
    [[nodiscard]] std::optional<Frame> next() final;
    [[nodiscard]] bool isCutShort() const final { return m_isCutShort; }

protected:
    /// @param longest  bytes of a line; a longer one is rejected and passed over
    explicit TextSource(std::size_t longest = longestLine);

    /// A piece of the stream.
    struct Piece
    {
        std::string_view text; ///< a line without its end; until the next `space`
        std::uint64_t offset = 0;
        std::uint64_t length = 0; ///< of the text
    };

    /// Takes some of what is held. @return false when more bytes are needed first, or nothing is left
    [[nodiscard]] virtual bool step() = 0;

    /// The next whole line, empty ones included; at the end of the stream also one without a line end. Lines that are
    /// too long are rejected here.
    [[nodiscard]] std::optional<Piece> nextLine();
    /// All bytes not taken yet.
    [[nodiscard]] std::string_view held() const { return {m_buffer.data() + m_begin, m_end - m_begin}; }
    [[nodiscard]] std::uint64_t offset() const { return m_base + m_begin; }
    [[nodiscard]] bool isFinished() const { return m_isFinished; }
    /// In the middle of a line that is too long.
    [[nodiscard]] bool isPassingOver() const { return m_isPassingOver; }
    void drop(std::size_t count);
    void setCutShort() { m_isCutShort = true; }

    /// Room for the JSON of one record, empty; stays in place until the next `space`.
    [[nodiscard]] std::string& newText();
    /// @param json  from `newText`
    /// @param raw   the log's own bytes, as long-lived as `json`
    void give(std::uint64_t offset, std::uint64_t length, std::string_view raw, std::string& json);
    void reject(std::uint64_t offset, std::uint64_t length, std::string reason);

private:
    [[nodiscard]] bool passOverLongLine();

    const std::size_t m_longest;
    std::vector<char> m_buffer;
    std::uint64_t m_base = 0;   ///< stream offset of m_buffer[0]
    std::size_t m_begin = 0;    ///< first byte not taken
    std::size_t m_searched = 0; ///< up to here no line end was found
    std::size_t m_end = 0;      ///< bytes held
    bool m_isPassingOver = false;
    std::uint64_t m_longFrom = 0;
    bool m_isFinished = false;
    bool m_isCutShort = false;
    std::deque<std::string> m_texts; ///< a deque: texts stay where they are while more are added
    std::size_t m_usedTexts = 0;
    std::deque<Frame> m_frames;
};

} // namespace cordon::ingest
