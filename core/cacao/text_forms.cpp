#include "core/cacao/text_forms.h"

#include <algorithm>
#include <regex>
#include <string>

namespace cordon::cacao {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isSmall(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isWord(char c)
{
    return isDigit(c) || isSmall(c) || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        if (isDash ? text[i] != '-' : !isHex(text[i]))
            return false;
    }
    constexpr std::string_view variants = "89abAB";
    return text[14] >= '1' && text[14] <= '5' && variants.find(text[19]) != std::string_view::npos;
}

/// One to three digits, at most 255; leading zeros are let through.
bool isOctet(std::string_view text)
{
    if (text.empty() || text.size() > 3 || !std::all_of(text.begin(), text.end(), isDigit))
        return false;
    int number = 0;
    for (const char c : text)
        number = number * 10 + (c - '0');
    return number <= 255;
}

/// Every way to write an address of eight groups, `::` for some of them, with a zone or with an IPv4 address at its end.
std::string ipv6Pattern()
{
    const std::string group = "[0-9a-fA-F]{1,4}";
    const std::string octet = "(25[0-5]|(2[0-4]|1?[0-9])?[0-9])";
    const std::string ipv4 = "(" + octet + "\\.){3}" + octet;
    std::string ways = "(" + group + ":){7}" + group + "|(" + group + ":){1,7}:";
    for (int right = 1; right <= 6; ++right)
        ways += "|(" + group + ":){1," + std::to_string(7 - right) + "}(:" + group + "){1," + std::to_string(right) + "}";
    ways += "|:((:" + group + "){1,7}|:)";
    ways += "|fe80:(:[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+";
    ways += "|::(ffff(:0{1,4})?:)?" + ipv4;
    ways += "|(" + group + ":){1,4}:" + ipv4;
    return "(" + ways + ")$";
}

} // namespace

std::string_view typeOf(std::string_view identifier)
{
    return identifier.size() > 38 ? identifier.substr(0, identifier.size() - 38) : std::string_view();
}

bool isIdentifier(std::string_view text)
{
    const std::string_view type = typeOf(text);
    if (type.size() < 3 || text.substr(type.size(), 2) != "--" || !isUuid(text.substr(type.size() + 2)))
        return false;
    return isSmall(type.front()) && (isSmall(type.back()) || isDigit(type.back())) &&
           std::all_of(type.begin(), type.end(), [](char c) { return isSmall(c) || isDigit(c) || c == '-'; });
}

bool isIdentifierOf(std::string_view type, std::string_view text, bool isAtEnd)
{
    const std::string_view found = typeOf(text);
    return (isAtEnd ? found.ends_with(type) : found == type) && !found.empty() && text.substr(found.size(), 2) == "--" &&
           isUuid(text.substr(found.size() + 2));
}

bool isTimestamp(std::string_view text)
{
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < form.size() + 1 || text.back() != 'Z')
        return false;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == 'd' ? !isDigit(text[i]) : text[i] != form[i])
            return false;
    }
    const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const bool isDay = number(5) >= 1 && number(5) <= 12 && number(8) >= 1 && number(8) <= 31;
    if (!isDay || number(11) > 23 || number(14) > 59 || number(17) > 60)
        return false;
    const std::string_view rest = text.substr(form.size(), text.size() - form.size() - 1);
    return rest.empty() || (rest.size() > 1 && rest.front() == '.' && std::all_of(rest.begin() + 1, rest.end(), isDigit));
}

bool isMacAddress(std::string_view text)
{
    if (text.size() != 17)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 3 == 2 ? text[i] != ':' : !isHex(text[i]))
            return false;
    }
    return true;
}

bool endsInIpv4(std::string_view text)
{
    for (int part = 0; part < 3; ++part) {
        const auto dot = text.rfind('.');
        if (dot == std::string_view::npos || !isOctet(text.substr(dot + 1)))
            return false;
        text = text.substr(0, dot);
    }
    const auto last = std::find_if_not(text.rbegin(), text.rend(), isWord);
    return isOctet(text.substr(static_cast<std::size_t>(text.rend() - last)));
}

bool endsInIpv6(std::string_view text)
{
    static const std::regex pattern(ipv6Pattern(), std::regex::ECMAScript | std::regex::optimize);
    constexpr std::size_t longest = 128; // with a zone; the pattern looks at the end only
    const std::string end(text.size() > longest ? text.substr(text.size() - longest) : text);
    return std::regex_search(end, pattern);
}

bool holdsUrl(std::string_view text)
{
    const auto isBeforeDot = [](char c) {
        constexpr std::string_view others = "()?:/.@%+~#=";
        return isWord(c) || others.find(c) != std::string_view::npos;
    };
    for (std::size_t dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1)) {
        if (dot < 2 || !isBeforeDot(text[dot - 1]) || !isBeforeDot(text[dot - 2]))
            continue;
        std::size_t end = dot + 1;
        while (end < text.size() && isSmall(text[end]))
            ++end;
        const std::size_t letters = end - dot - 1;
        if (letters >= 2 && letters <= 6 && (end == text.size() || !isWord(text[end])))
            return true;
    }
    return false;
}

} // namespace cordon::cacao
