#pragma once

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace cordon::ingest {

/// What 64 bytes of JSON hold, one bit per byte, lowest bit first.
struct BlockMasks
{
    std::uint64_t quotes = 0;
    std::uint64_t backslashes = 0;
    std::uint64_t openers = 0;    ///< { and [
    std::uint64_t closers = 0;    ///< } and ]
    std::uint64_t newlines = 0;   ///< line feeds
    std::uint64_t beforeKeys = 0; ///< bytes that may stand right before a string: { [ , : and white space
};

#if defined(__SSE2__)

/// @param text  64 readable bytes, any alignment
[[nodiscard]] inline BlockMasks scanBlock(const char* text)
{
    const auto same = [](__m128i bytes, char wanted) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)); };
    const auto bits = [](__m128i flags) {
        return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(flags)));
    };
    BlockMasks masks;
    for (int part = 0; part < 64; part += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + part));
        // [ and { differ in one bit, so do ] and }: setting it makes one comparison serve for both.
        const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        const __m128i openers = same(folded, '{');
        const __m128i isSpace = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(' ')), bytes);
        const __m128i separators = _mm_or_si128(same(bytes, ','), same(bytes, ':'));
        masks.quotes |= bits(same(bytes, '"')) << part;
        masks.backslashes |= bits(same(bytes, '\\')) << part;
        masks.openers |= bits(openers) << part;
        masks.closers |= bits(same(folded, '}')) << part;
        masks.newlines |= bits(same(bytes, '\n')) << part;
        masks.beforeKeys |= bits(_mm_or_si128(_mm_or_si128(openers, isSpace), separators)) << part;
    }
    return masks;
}

#else

[[nodiscard]] inline BlockMasks scanBlock(const char* text)
{
    BlockMasks masks;
    for (int place = 0; place < 64; ++place) {
        const auto byte = static_cast<unsigned char>(text[place]);
        const std::uint64_t bit = std::uint64_t{1} << place;
        const bool isOpener = (byte | 0x20U) == '{';
        masks.quotes |= byte == '"' ? bit : 0;
        masks.backslashes |= byte == '\\' ? bit : 0;
        masks.openers |= isOpener ? bit : 0;
        masks.closers |= (byte | 0x20U) == '}' ? bit : 0;
        masks.newlines |= byte == '\n' ? bit : 0;
        masks.beforeKeys |= isOpener || byte <= ' ' || byte == ',' || byte == ':' ? bit : 0;
    }
    return masks;
}

#endif

/// Bits of characters that a backslash before them escapes.
/// @param isFirstEscaped  the byte before this block was an escaping backslash
[[nodiscard]] inline std::uint64_t escapedBytes(std::uint64_t backslashes, bool isFirstEscaped)
{
    constexpr std::uint64_t even = 0x5555555555555555U;
    const std::uint64_t first = isFirstEscaped ? 1U : 0U;
    const std::uint64_t open = backslashes & ~first;
    const std::uint64_t behind = open << 1U | first;
    // Adding a run's first bit to the run carries it right behind. Every other byte of a run and, when its length is
    // odd, the byte behind it is escaped: those of odd places or of even ones, as the run began.
    const std::uint64_t oddStarts = open & ~even & ~behind;
    const std::uint64_t fromOdd = (oddStarts + open) << 1U;
    return (even ^ fromOdd) & behind;
}

/// For each bit, whether an odd number of bits at or below it are set: from quotes to "inside a string".
[[nodiscard]] inline std::uint64_t prefixXor(std::uint64_t bits)
{
    bits ^= bits << 1U;
    bits ^= bits << 2U;
    bits ^= bits << 4U;
    bits ^= bits << 8U;
    bits ^= bits << 16U;
    bits ^= bits << 32U;
    return bits;
}

} // namespace cordon::ingest
