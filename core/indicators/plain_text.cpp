#include "core/indicators/plain_text.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

namespace cordon::indicators {
namespace {

/// The UTF-16 unit of `uXXXX` at the beginning.
std::optional<unsigned> unitAt(std::string_view text)
{
    if (text.size() < 5 || text.front() != 'u')
        return {};
    unsigned unit = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 5, unit, 16);
    if (error != std::errc() || end != text.data() + 5)
        return {};
    return unit;
}

void append(std::string& plain, unsigned code)
{
    if (code < 0x20) {
        plain += ' ';
    } else if (code < 0x80) {
        plain += static_cast<char>(code);
    } else if (code < 0x800) {
        plain += static_cast<char>(0xC0U | code >> 6U);
        plain += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        plain += static_cast<char>(0xE0U | code >> 12U);
        plain += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        plain += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        plain += static_cast<char>(0xF0U | code >> 18U);
        plain += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
        plain += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
        plain += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

/// Undoes the escape whose backslash stands before `rest`. Gives how long it was, 0 for none.
std::size_t undo(std::string_view rest, std::string& plain)
{
    if (rest.empty())
        return 0;
    if (std::strchr("\"\\/", rest.front()) != nullptr && rest.front() != '\0') {
        plain += rest.front();
        return 1;
    }
    if (std::strchr("bfnrt", rest.front()) != nullptr && rest.front() != '\0') {
        plain += ' ';
        return 1;
    }
    const auto unit = unitAt(rest);
    if (!unit)
        return 0;
    const bool isHigh = *unit >= 0xD800 && *unit < 0xDC00;
    if (isHigh && rest.size() > 6 && rest[5] == '\\') {
        if (const auto low = unitAt(rest.substr(6)); low && *low >= 0xDC00 && *low < 0xE000) {
            append(plain, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
            return 11;
        }
    }
    append(plain, *unit >= 0xD800 && *unit < 0xE000 ? 0xFFFD : *unit);
    return 5;
}

} // namespace

std::string withoutEscapes(std::string_view text)
{
    std::string plain;
    std::size_t at = text.find('\\');
    if (at == std::string_view::npos)
        return plain;
    bool isChanged = false;
    plain.reserve(text.size());
    plain.append(text.substr(0, at));
    while (at < text.size()) {
        const std::size_t taken = undo(text.substr(at + 1), plain);
        isChanged = isChanged || taken > 0;
        if (taken == 0)
            plain += '\\';
        at += 1 + taken;
        const std::size_t next = std::min(text.find('\\', at), text.size());
        if (at < text.size())
            plain.append(text.substr(at, next - at));
        at = next;
    }
    return isChanged ? plain : std::string();
}

} // namespace cordon::indicators
