#include "core/ingest/readers/event_xml.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostFields = 256;

bool isName(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void appendUtf8(std::string& to, std::uint32_t point)
{
    const auto tail = [&to](std::uint32_t bits) { to += static_cast<char>(0x80U | (bits & 0x3fU)); };
    if (point < 0x80) {
        to += static_cast<char>(point);
    } else if (point < 0x800) {
        to += static_cast<char>(0xc0U | point >> 6U);
        tail(point);
    } else if (point < 0x10000) {
        to += static_cast<char>(0xe0U | point >> 12U);
        tail(point >> 6U);
        tail(point);
    } else {
        to += static_cast<char>(0xf0U | point >> 18U);
        tail(point >> 12U);
        tail(point >> 6U);
        tail(point);
    }
}

/// @param name  between & and ;
bool appendEntity(std::string& to, std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> named{
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto& [word, letter] : named) {
        if (name == word) {
            to += letter;
            return true;
        }
    }
    if (name.size() < 2 || name.front() != '#')
        return false;
    name.remove_prefix(1);
    const int base = name.front() == 'x' ? 16 : 10;
    name.remove_prefix(base == 16 ? 1 : 0);
    std::uint32_t point = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), point, base);
    const bool isSurrogate = point >= 0xd800 && point < 0xe000;
    if (error != std::errc() || end != name.data() + name.size() || point > 0x10ffff || isSurrogate)
        return false;
    appendUtf8(to, point);
    return true;
}

std::string unescaped(std::string_view text)
{
    std::string plain;
    while (!text.empty()) {
        const std::size_t amp = std::min(text.find('&'), text.size());
        plain += text.substr(0, amp);
        text.remove_prefix(amp);
        if (text.empty())
            break;
        const std::size_t end = text.substr(0, 12).find(';');
        if (end != text.npos && appendEntity(plain, text.substr(1, end - 1))) {
            text.remove_prefix(end + 1);
        } else {
            plain += '&';
            text.remove_prefix(1);
        }
    }
    return plain;
}

std::string_view attribute(std::string_view tag, std::string_view name)
{
    for (std::size_t at = tag.find(name); at != tag.npos; at = tag.find(name, at + 1)) {
        const std::string_view rest = tag.substr(at + name.size());
        const bool starts = at > 0 && tag[at - 1] == ' ';
        if (!starts || rest.size() < 2 || rest[0] != '=' || (rest[1] != '"' && rest[1] != '\''))
            continue;
        const std::size_t end = rest.find(rest[1], 2);
        return end == rest.npos ? std::string_view() : rest.substr(2, end - 2);
    }
    return {};
}

} // namespace

std::vector<std::pair<std::string, std::string>> readEventXml(std::string_view xml)
{
    std::vector<std::pair<std::string, std::string>> fields;
    while (fields.size() < mostFields) {
        const std::size_t open = xml.find('<');
        const std::size_t close = xml.find('>', open == xml.npos ? xml.size() : open);
        if (open == xml.npos || close == xml.npos)
            break;
        const std::string_view tag = xml.substr(open + 1, close - open - 1);
        xml.remove_prefix(close + 1);
        const std::string_view element = tag.substr(0, tag.find_first_of(" /"));
        if (!isName(element))
            continue;
        const std::string_view text = xml.substr(0, xml.find('<'));
        const bool isEmpty = tag.back() == '/';
        std::string_view name = element;
        std::string_view value = isEmpty ? std::string_view() : text;
        if (element == "Data")
            name = attribute(tag, "Name");
        else if (element == "TimeCreated")
            value = attribute(tag, "SystemTime");
        else if (element == "Provider")
            value = attribute(tag, "Name");
        if (isName(name) && value.find_first_not_of(" \t") != value.npos)
            fields.emplace_back(std::string(name), unescaped(value));
    }
    return fields;
}

} // namespace cordon::ingest
