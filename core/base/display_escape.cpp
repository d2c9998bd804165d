#include "core/base/display_escape.h"

#include "core/base/utf8.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace cordon {
namespace {

std::uint32_t codePoint(std::string_view sequence)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
    switch (sequence.size()) {
    case 1: return byte(0);
    case 2: return (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
    case 3: return (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    default:
        return (byte(0) & 0x07U) << 18U | (byte(1) & 0x3FU) << 12U | (byte(2) & 0x3FU) << 6U | (byte(3) & 0x3FU);
    }
}

/// Characters that a reader cannot see or that change what is seen around them (Unicode Cc, Cf, Zl, Zp, fillers).
bool isHidden(std::uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F ||
           c == 0x1160 || c == 0x17B4 || c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x3164 ||
           (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0 || (c >= 0xFFF9 && c <= 0xFFFB) ||
           (c >= 0xE0000 && c <= 0xE0FFF);
}

} // namespace

std::string escapedForDisplay(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        const std::size_t taken = length == 0 ? 1 : length;
        const std::string_view sequence = text.substr(0, taken);
        std::array<char, 16> escape{};
        if (length == 0)
            std::snprintf(escape.data(), escape.size(), "\\x{%02x}", static_cast<unsigned char>(sequence[0]));
        else if (const std::uint32_t c = codePoint(sequence); isHidden(c))
            std::snprintf(escape.data(), escape.size(), "\\u{%x}", c);
        out.append(escape[0] == '\0' ? sequence : std::string_view(escape.data()));
        text.remove_prefix(taken);
    }
    return out;
}

} // namespace cordon
