#include "core/detect/encoding.h"

#include "core/base/digest.h"
#include "core/base/utf8.h"

namespace cordon::detect {
namespace {

/// The code point at the front of `text`, which has `length` well-formed bytes.
char32_t decode(std::string_view text, std::size_t length)
{
    const auto byte = [&](std::size_t at) { return static_cast<char32_t>(static_cast<unsigned char>(text[at])); };
    if (length == 1)
        return byte(0);
    char32_t point = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t at = 1; at < length; ++at)
        point = (point << 6U) | (byte(at) & 0x3FU);
    return point;
}

void addUnit(std::string& out, char32_t unit, bool isBigEndian)
{
    const char high = static_cast<char>((unit >> 8U) & 0xFFU);
    const char low = static_cast<char>(unit & 0xFFU);
    out += isBigEndian ? high : low;
    out += isBigEndian ? low : high;
}

} // namespace

std::string toUtf16(std::string_view text, bool isBigEndian)
{
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        const char32_t point = length == 0 ? 0xFFFD : decode(text, length);
        text.remove_prefix(length == 0 ? 1 : length);
        if (point < 0x10000) {
            addUnit(out, point, isBigEndian);
        } else {
            addUnit(out, 0xD800 + ((point - 0x10000) >> 10U), isBigEndian);
            addUnit(out, 0xDC00 + ((point - 0x10000) & 0x3FFU), isBigEndian);
        }
    }
    return out;
}

std::array<std::string, 3> base64AtEachOffset(std::string_view text)
{
    // Characters at the front that also depend on the bytes before, by offset.
    constexpr std::array<std::size_t, 3> skipped{0, 2, 3};
    std::array<std::string, 3> result;
    for (std::size_t offset = 0; offset < result.size(); ++offset) {
        const std::string shifted = std::string(offset, '\0') + std::string(text);
        const std::size_t wholeBits = shifted.size() * 8 / 6;
        const std::string encoded = toBase64(bytesOf(shifted));
        if (wholeBits > skipped[offset])
            result[offset] = encoded.substr(skipped[offset], wholeBits - skipped[offset]);
    }
    return result;
}

} // namespace cordon::detect
