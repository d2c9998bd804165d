#pragma once

#include "core/ingest/json_masks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// One JSON object (or array), checked from end to end and outlined, without anything of it being built: where it ends, where its
/// own members stand, and where quotes and brackets are, so that a reader visits only what it wants. One pass over bits:
/// 64 bytes at a time, work by hand only at brackets, numbers and words.
///
/// Checked is all of RFC 8259: the order of values, names, commas and colons, brackets that match, escapes, control
/// characters, numbers and words, UTF-8; nesting is limited to `deepest`. Half of a surrogate pair as an escape is
/// allowed, as the RFC's grammar does. Belongs to one thread; keeps its memory.
class RecordOutline
{
public:
    static constexpr std::size_t deepest = 1024;

    enum class State {
        Whole,
        Short,  ///< the text ends inside the object, or inside a string that should have ended
        Broken, ///< not JSON; see `problem`
    };
    /// A member of the object itself. Places are offsets in the text.
    struct Member
    {
        std::uint32_t key = 0; ///< behind the opening quote
        std::uint32_t keyLength = 0;
        std::uint32_t value = 0;
    };

    /// @param kernel  how masks are filled; the quickest unless told
    explicit RecordOutline(JsonMaskKernel kernel = jsonMaskKernels().front()) : m_kernel(kernel) {}

    /// Outlines the object or array that begins at `from`. What was learnt about the text is used again for the next object, until
    /// `forget`.
    /// @param text  with 64 readable bytes behind `size`; at most 2 GiB
    State read(const char* text, std::size_t size, std::size_t from);
    /// The text changed.
    void forget() { m_masked = m_maskedFrom = 0; }

    [[nodiscard]] const char* text() const { return m_text; }
    [[nodiscard]] std::size_t begin() const { return m_begin; }
    /// Behind the closing bracket.
    [[nodiscard]] std::size_t end() const { return m_end; }
    /// Members of an object, in order.
    [[nodiscard]] std::size_t memberCount() const { return m_memberCount; }
    [[nodiscard]] Member member(std::size_t index) const
    {
        const std::uint32_t key = m_keys[index] + 1;
        std::uint32_t closer = m_colons[index] - 1;
        while (m_text[closer] != '"')
            --closer;
        std::uint32_t value = m_colons[index] + 1;
        while (static_cast<unsigned char>(m_text[value]) <= ' ')
            ++value;
        return {key, closer - key, value};
    }
    /// Opening brackets of the members that are arrays.
    [[nodiscard]] const std::vector<std::uint32_t>& arrays() const { return m_arrays; }
    [[nodiscard]] bool hasEscapes() const { return m_hasBackslash; }
    /// Whether a backslash stands between these places of the text.
    [[nodiscard]] bool hasEscapes(std::size_t from, std::size_t to) const;
    /// What is wrong, and about where.
    [[nodiscard]] std::string_view problem() const { return m_problem; }
    [[nodiscard]] std::size_t problemAt() const { return m_end; }

    /// The quote that ends the string which begins at `opener`.
    [[nodiscard]] std::size_t closingQuote(std::size_t opener) const;
    /// The bracket that ends the object or array which begins at `opener`.
    [[nodiscard]] std::size_t closingBracket(std::size_t opener) const;

private:
    /// What one block passes on to the next.
    struct Flow
    {
        std::uint64_t inString = 0; ///< all bits or none
        bool isNextEscaped = false;
        // Whether the next token comes behind a …
        std::uint64_t comma = 0;
        std::uint64_t colon = 0;
        std::uint64_t object = 0;
        std::uint64_t array = 0;
        std::uint64_t commaKey = 0;
        std::uint64_t objectKey = 0;
        // Whether the string that goes on is a name behind a …
        std::uint64_t inCommaKey = 0;
        std::uint64_t inObjectKey = 0;
        std::uint64_t scalar = 0;
    };
    struct Shape
    {
        std::uint64_t brackets = 0;
        std::uint64_t keys = 0;
        std::uint64_t colons = 0;
        std::uint64_t misplaced = 0;
        std::uint64_t wrongInObject = 0;
        std::uint64_t wrongInArray = 0;
    };

    [[nodiscard, gnu::always_inline]] const JsonMasks& masksOf(std::size_t block, std::size_t size);
    [[nodiscard, gnu::always_inline]] Shape shapeOf(const JsonMasks& masks, std::uint64_t held, std::uint64_t first,
                                                     std::size_t block, Flow& flow);
    /// @return false when the object ended or broke
    [[nodiscard, gnu::always_inline]] bool takeBrackets(const Shape& shape, std::size_t block);
    [[nodiscard, gnu::always_inline]] bool takeBracket(std::size_t at);
    [[gnu::always_inline]] void takeSegment(const Shape& shape, std::uint64_t part, std::size_t block);
    void noteEscapes(std::uint64_t escaped, std::size_t block);
    [[nodiscard]] State finish();
    State breakAt(std::size_t at, std::string_view problem);

    const JsonMaskKernel m_kernel;
    const char* m_text = nullptr;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::string_view m_problem;

    std::vector<JsonMasks> m_masks; ///< of blocks m_maskedFrom up to m_masked
    std::size_t m_maskedFrom = 0;
    std::size_t m_masked = 0;

    std::size_t m_depth = 0;
    std::array<bool, deepest + 1> m_isArray{}; ///< of the container open at each depth
    bool m_hasBackslash = false;
    bool m_hasBeyondAscii = false;
    bool m_isDone = false;

    std::vector<std::uint64_t> m_quotes; ///< by block, escaped ones left out
    std::vector<std::uint64_t> m_backslashes; ///< likewise
    std::vector<std::uint64_t> m_brackets;
    std::vector<std::uint32_t> m_keys;   ///< of the object itself: opening quotes; longer than used
    std::vector<std::uint32_t> m_colons; ///< likewise
    std::size_t m_keyCount = 0;
    std::size_t m_memberCount = 0;
    std::vector<std::uint32_t> m_scalars; ///< where numbers and words begin
    std::vector<std::uint32_t> m_escapes; ///< what is escaped, but for quotes and backslashes
    std::vector<std::uint32_t> m_arrays;
};

} // namespace cordon::ingest
