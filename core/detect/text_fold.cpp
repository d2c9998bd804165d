#include "core/detect/text_fold.h"

#include <cstdint>
#include <cstring>

namespace cordon::detect {
namespace {

/// Pairs of neighbouring code points, upper case first. Source: Unicode CaseFolding.txt, simple foldings below U+0530
char32_t foldPaired(char32_t c)
{
    const bool isEvenUpper = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x460 && c <= 0x481) ||
                             (c >= 0x48A && c <= 0x4BF) || (c >= 0x4D0 && c <= 0x52F) || (c >= 0x1DE && c <= 0x1EF) ||
                             (c >= 0x1F8 && c <= 0x21F);
    const bool isOddUpper = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E) || (c >= 0x1CD && c <= 0x1DC) ||
                            (c >= 0x4C1 && c <= 0x4CE);
    if (isEvenUpper && c != 0x130 && c != 0x131 && c != 0x1F0)
        return c | 1U;
    return isOddUpper ? c + (c & 1U) : c;
}

char32_t foldTwoByte(char32_t c)
{
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c == 0x178)
        return 0xFF;
    if (c == 0x3C2)
        return 0x3C3;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0x531 && c <= 0x556)
        return c + 48;
    return foldPaired(c);
}

/// Eight bytes at a time: a byte is upper case when adding to its lower seven bits passes 'A' but not 'Z', and its eighth
/// bit is not set.
std::uint64_t foldEight(std::uint64_t bytes)
{
    constexpr std::uint64_t each = 0x0101010101010101U;
    const std::uint64_t low = bytes & 0x7F * each;
    const std::uint64_t isUpper = (low + (0x80 - 'A') * each) & ~(low + (0x7F - 'Z') * each) & ~bytes & 0x80 * each;
    return bytes | isUpper >> 2U;
}

template<class Word>
std::uint64_t foldWord(const char* from, char* to)
{
    Word bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    const auto lower = static_cast<Word>(foldEight(bytes));
    std::memcpy(to, &lower, sizeof lower);
    return bytes;
}

/// Copies with the ASCII letters folded. Nearly all log text is nothing else. What is left at the end is taken together
/// with bytes before it, from the source, so that nothing just written is read again.
/// @return true when it is ASCII alone
bool foldAscii(const char* from, std::size_t size, char* to)
{
    std::uint64_t seen = 0;
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8)
        seen |= foldWord<std::uint64_t>(from + at, to + at);
    if (size >= 8) {
        seen |= foldWord<std::uint64_t>(from + size - 8, to + size - 8);
    } else if (size >= 4) {
        seen |= foldWord<std::uint32_t>(from, to);
        seen |= foldWord<std::uint32_t>(from + size - 4, to + size - 4);
    } else {
        for (; at < size; ++at)
            seen |= foldWord<std::uint8_t>(from + at, to + at);
    }
    return (seen & 0x8080808080808080U) == 0;
}

} // namespace

void foldInto(std::string_view text, std::string& out)
{
    out.resize(text.size());
    if (foldAscii(text.data(), text.size(), out.data()))
        return;
    for (std::size_t at = 0; at + 1 < out.size(); ++at) {
        const auto byte = static_cast<unsigned char>(out[at]);
        const auto next = static_cast<unsigned char>(out[at + 1]);
        if (byte < 0xC3 || byte > 0xDF || (next & 0xC0U) != 0x80U)
            continue;
        const char32_t lower = foldTwoByte(((byte & 0x1FU) << 6U) | (next & 0x3FU));
        out[at] = static_cast<char>(0xC0U | (lower >> 6U));
        out[++at] = static_cast<char>(0x80U | (lower & 0x3FU));
    }
}

std::string folded(std::string_view text)
{
    std::string out;
    foldInto(text, out);
    return out;
}

} // namespace cordon::detect
