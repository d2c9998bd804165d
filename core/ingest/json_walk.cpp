#include "core/ingest/json_walk.h"

#include <array>
#include <bit>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace cordon::ingest {
namespace {

void appendUtf8(std::string& to, std::uint32_t code)
{
    const auto add = [&to](std::uint32_t byte) { to += static_cast<char>(byte); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0U | code >> 6U);
        add(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        add(0xE0U | code >> 12U);
        add(0x80U | (code >> 6U & 0x3FU));
        add(0x80U | (code & 0x3FU));
    } else {
        add(0xF0U | code >> 18U);
        add(0x80U | (code >> 12U & 0x3FU));
        add(0x80U | (code >> 6U & 0x3FU));
        add(0x80U | (code & 0x3FU));
    }
}

/// The unit of `\uXXXX` that `text` begins with, or a number past all units when it does not.
std::uint32_t unitAt(std::string_view text)
{
    constexpr std::uint32_t none = 0x110000;
    if (text.size() < 6 || text[0] != '\\' || text[1] != 'u')
        return none;
    std::uint32_t unit = none;
    std::from_chars(text.data() + 2, text.data() + 6, unit, 16);
    return unit;
}

/// Adds the character that the `\u` escape at the start of `text` tells. @return bytes used
std::size_t appendUnicode(std::string& to, std::string_view text)
{
    constexpr std::uint32_t replacement = 0xFFFD;
    const std::uint32_t unit = unitAt(text);
    if (unit < 0xD800 || unit > 0xDFFF) {
        appendUtf8(to, unit);
        return 6;
    }
    const std::uint32_t low = unitAt(text.substr(6));
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        appendUtf8(to, replacement);
        return 6;
    }
    appendUtf8(to, 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00));
    return 12;
}

/// Of eight bytes: how many stand before the first backslash.
std::size_t plainStart(const char* text)
{
    constexpr std::uint64_t low = 0x7F7F'7F7F'7F7F'7F7FU;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text, sizeof bytes);
    bytes ^= 0x5C5C'5C5C'5C5C'5C5CU;
    const std::uint64_t found = ~(((bytes & low) + low) | bytes | low); // the top bit of each byte that was one
    constexpr bool isLittle = std::endian::native == std::endian::little;
    return static_cast<std::size_t>(isLittle ? std::countr_zero(found) : std::countl_zero(found)) / 8;
}

char plainEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

void appendString(std::string& to, std::string_view text)
{
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view named = "\b\f\n\r\t"; // as writers of JSON have them
    constexpr std::string_view letters = "bfnrt";
    to += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            to += '\\';
            to += c;
        } else if (byte >= 0x20) {
            to += c;
        } else if (const std::size_t known = named.find(c); known != std::string_view::npos) {
            to += '\\';
            to += letters[known];
        } else {
            to += "\\u00";
            to += hex[byte >> 4U];
            to += hex[byte & 15U];
        }
    }
    to += '"';
}

void appendRawString(std::string& to, std::string_view raw)
{
    if (raw.find('\\') == std::string_view::npos)
        return appendString(to, raw);
    std::string text;
    appendUnescaped(text, raw);
    appendString(to, text);
}

std::string_view between(const RecordOutline& outline, std::size_t from, std::size_t to)
{
    return {outline.text() + from, to - from};
}

} // namespace

std::size_t behindValue(const RecordOutline& outline, std::size_t at)
{
    const char* text = outline.text();
    switch (text[at]) {
    case '"':
        return outline.closingQuote(at) + 1;
    case '{':
    case '[':
        return outline.closingBracket(at) + 1;
    default:
        while (text[at] != ',' && text[at] != '}' && text[at] != ']' && static_cast<unsigned char>(text[at]) > ' ')
            ++at;
        return at;
    }
}

/// Windows paths have a backslash every few letters: eight bytes are copied and looked at together.
void appendUnescaped(std::string& to, std::string_view raw)
{
    std::size_t done = to.size();
    to.resize(done + raw.size() + sizeof(std::uint64_t)); // never longer than it was written
    const auto copyTo = [&](std::size_t size) {
        std::memcpy(to.data() + done, raw.data(), size);
        done += size;
        raw.remove_prefix(size);
    };
    while (!raw.empty()) {
        std::size_t plain = 0;
        if (raw.size() >= sizeof(std::uint64_t)) {
            plain = plainStart(raw.data());
            std::memcpy(to.data() + done, raw.data(), sizeof(std::uint64_t));
            done += plain;
            raw.remove_prefix(plain);
            if (plain == sizeof(std::uint64_t))
                continue;
        } else {
            copyTo(std::min(raw.find('\\'), raw.size()));
            if (raw.empty())
                break;
        }
        if (raw[1] != 'u') {
            to[done++] = plainEscape(raw[1]);
            raw.remove_prefix(2);
            continue;
        }
        std::string unicode;
        raw.remove_prefix(appendUnicode(unicode, raw));
        std::memcpy(to.data() + done, unicode.data(), unicode.size());
        done += unicode.size();
    }
    to.resize(done);
}

bool isPlainWhole(std::string_view raw)
{
    return raw.find_first_of(".eE") == std::string_view::npos && raw != "-0";
}

void appendNumber(std::string& to, std::string_view raw)
{
    if (raw == "-0") {
        to += '0';
        return;
    }
    double number = 0;
    const bool isHeld = std::from_chars(raw.data(), raw.data() + raw.size(), number).ec == std::errc();
    if (isPlainWhole(raw) || !isHeld) {
        to += raw;
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    to.append(digits.data(), end.ptr);
}

double numberOf(std::string_view raw)
{
    constexpr std::size_t shortest = 15; // digits that fit a double and a 64-bit number exactly
    if (raw.size() <= shortest && isPlainWhole(raw)) {
        std::int64_t whole = 0;
        std::from_chars(raw.data(), raw.data() + raw.size(), whole);
        return static_cast<double>(whole);
    }
    double number = 0;
    if (std::from_chars(raw.data(), raw.data() + raw.size(), number).ec == std::errc::result_out_of_range)
        return std::strtod(std::string(raw).c_str(), nullptr); // zero or infinity
    return number;
}

std::size_t appendCompact(std::string& to, const RecordOutline& outline, std::size_t at)
{
    switch (outline.text()[at]) {
    case '{': {
        char before = '{';
        const std::size_t end = walkObject(outline, at, [&](std::string_view name, std::size_t value) {
            to += before;
            before = ',';
            appendRawString(to, name);
            to += ':';
            return appendCompact(to, outline, value);
        });
        to += before == '{' ? "{}" : "}";
        return end;
    }
    case '[': {
        char before = '[';
        const std::size_t end = walkArray(outline, at, [&](std::size_t value) {
            to += before;
            before = ',';
            return appendCompact(to, outline, value);
        });
        to += before == '[' ? "[]" : "]";
        return end;
    }
    case '"': {
        const std::size_t end = outline.closingQuote(at);
        appendRawString(to, between(outline, at + 1, end));
        return end + 1;
    }
    case 't':
    case 'f':
    case 'n': {
        const std::size_t end = behindValue(outline, at);
        to += between(outline, at, end);
        return end;
    }
    default: {
        const std::size_t end = behindValue(outline, at);
        appendNumber(to, between(outline, at, end));
        return end;
    }
    }
}

std::size_t visitScalars(const RecordOutline& outline, std::size_t at,
                         const std::function<bool(std::string_view)>& visit, std::string& room)
{
    const auto show = [&](std::string_view text, std::size_t end) { return visit(text) ? end : stopWalking; };
    switch (outline.text()[at]) {
    case '{':
        return walkObject(outline, at, [&](std::string_view, std::size_t value) {
            return visitScalars(outline, value, visit, room);
        });
    case '[':
        return walkArray(outline, at, [&](std::size_t value) { return visitScalars(outline, value, visit, room); });
    case '"': {
        const std::size_t end = outline.closingQuote(at);
        const std::string_view raw = between(outline, at + 1, end);
        if (raw.find('\\') == std::string_view::npos)
            return show(raw, end + 1);
        room.clear();
        appendUnescaped(room, raw);
        return show(room, end + 1);
    }
    case 'n':
        return behindValue(outline, at);
    case 't':
    case 'f': {
        const std::size_t end = behindValue(outline, at);
        return show(between(outline, at, end), end);
    }
    default: {
        const std::size_t end = behindValue(outline, at);
        room.clear();
        appendNumber(room, between(outline, at, end));
        return show(room, end);
    }
    }
}

} // namespace cordon::ingest
