#include "core/ingest/readers/json_text.h"

#include <algorithm>
#include <array>

namespace cordon::ingest {
namespace {

constexpr char32_t replacement = 0xfffd;
constexpr std::size_t longestEscape = 6; ///< \u001f

bool isPlain(char32_t character)
{
    return character >= 0x20 && character < 0x80 && character != '"' && character != '\\';
}

char* putControl(char* to, char32_t character)
{
    constexpr std::string_view hex = "0123456789abcdef";
    *to++ = '\\';
    switch (character) {
    case '\n':
        *to++ = 'n';
        return to;
    case '\r':
        *to++ = 'r';
        return to;
    case '\t':
        *to++ = 't';
        return to;
    case '"':
    case '\\':
        *to++ = static_cast<char>(character);
        return to;
    default:
        for (const char c : {'u', '0', '0', hex[character >> 4U], hex[character & 15U]})
            *to++ = c;
        return to;
    }
}

char* put(char* to, char32_t character)
{
    const auto byte = [&to](char32_t value) { *to++ = static_cast<char>(value); };
    const auto tail = [character](unsigned shift) { return 0x80U | ((character >> shift) & 0x3fU); };
    if (isPlain(character)) {
        byte(character);
    } else if (character < 0x80) {
        return putControl(to, character);
    } else if (character < 0x800) {
        byte(0xc0U | (character >> 6U));
        byte(tail(0));
    } else if (character < 0x10000) {
        byte(0xe0U | (character >> 12U));
        byte(tail(6));
        byte(tail(0));
    } else {
        byte(0xf0U | (character >> 18U));
        byte(tail(12));
        byte(tail(6));
        byte(tail(0));
    }
    return to;
}

char32_t unitAt(ByteView utf16, std::size_t index)
{
    return static_cast<char32_t>(utf16[2 * index]) | (static_cast<char32_t>(utf16[2 * index + 1]) << 8U);
}

bool isHighSurrogate(char32_t unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool isLowSurrogate(char32_t unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

} // namespace

void appendUtf16(std::string& json, ByteView utf16)
{
    std::size_t count = utf16.size() / 2;
    while (count > 0 && unitAt(utf16, count - 1) == 0)
        --count;
    constexpr std::size_t blockUnits = 512;
    std::array<char, blockUnits * longestEscape> block; // NOLINT: filled before it is read
    std::size_t at = 0;
    while (at < count) {
        char* to = block.data();
        const std::size_t stop = std::min(count, at + blockUnits);
        while (at < stop) {
            char32_t character = unitAt(utf16, at++);
            if (isPlain(character)) {
                *to++ = static_cast<char>(character);
                continue;
            }
            if (isHighSurrogate(character) && at < count && isLowSurrogate(unitAt(utf16, at)))
                character = 0x10000 + ((character - 0xd800) << 10U) + (unitAt(utf16, at++) - 0xdc00);
            else if (isHighSurrogate(character) || isLowSurrogate(character))
                character = replacement;
            to = put(to, character);
        }
        json.append(block.data(), to);
    }
}

void appendCharacter(std::string& json, char32_t character)
{
    std::array<char, longestEscape> text{};
    const bool isCharacter = character < 0x110000 && !isHighSurrogate(character) && !isLowSurrogate(character);
    json.append(text.data(), put(text.data(), isCharacter ? character : replacement));
}

void appendLatin1(std::string& json, ByteView text)
{
    std::size_t size = text.size();
    while (size > 0 && text[size - 1] == 0)
        --size;
    for (const unsigned char character : text.first(size))
        appendCharacter(json, character);
}

} // namespace cordon::ingest
