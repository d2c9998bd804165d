#include "core/ingest/arn.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace cordon::ingest {
namespace {

/// Cuts the part before `separator` off `rest`.
std::optional<std::string_view> cut(std::string_view& rest, char separator)
{
    const std::size_t end = rest.find(separator);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return part;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c)
{
    return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

bool isIpv4(std::string_view text)
{
    for (int part = 0; part < 4; ++part) {
        std::size_t length = 0;
        int number = 0;
        for (; length < text.size() && isDigit(text[length]) && length < 3; ++length)
            number = number * 10 + (text[length] - '0');
        if (length == 0 || number > 255)
            return false;
        text.remove_prefix(length);
        if (part == 3)
            break;
        if (text.empty() || text[0] != '.')
            return false;
        text.remove_prefix(1);
    }
    return text.empty();
}

/// How many 16-bit groups colon-separated `text` spells, where a trailing IPv4 address counts as two; -1 when broken.
int ipv6Groups(std::string_view text)
{
    int groups = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(':'), text.size());
        const std::string_view group = text.substr(0, end);
        if (end == text.size() && group.find('.') != std::string_view::npos)
            return isIpv4(group) ? groups + 2 : -1;
        if (group.empty() || group.size() > 4 || !std::all_of(group.begin(), group.end(), isHexDigit))
            return -1;
        ++groups;
        if (end == text.size())
            break;
        text.remove_prefix(end + 1);
        if (text.empty())
            return -1;
    }
    return groups;
}

bool isIpv6(std::string_view text)
{
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos)
        return ipv6Groups(text) == 8;
    const int before = ipv6Groups(text.substr(0, gap));
    const int after = ipv6Groups(text.substr(gap + 2));
    return before >= 0 && after >= 0 && before + after <= 7;
}

} // namespace

std::optional<Arn> Arn::parse(std::string_view text)
{
    constexpr std::string_view start = "arn:";
    if (text.substr(0, start.size()) != start)
        return std::nullopt;
    text.remove_prefix(start.size());
    std::array<std::string_view, 4> parts;
    for (std::string_view& part : parts) {
        const auto found = cut(text, ':');
        if (!found)
            return std::nullopt;
        part = *found;
    }
    if (text.empty())
        return std::nullopt;
    return Arn{parts[0], parts[1], parts[2], parts[3], text};
}

std::string withoutIamPath(std::string_view arn)
{
    const auto parts = Arn::parse(arn);
    if (!parts || (parts->service != "iam" && parts->service != "sts"))
        return std::string(arn);
    std::string_view rest = parts->resource;
    const auto type = cut(rest, '/');
    if (!type)
        return std::string(arn);
    std::string_view name;
    std::string_view owner = *type;
    if (parts->service == "sts" && *type == "assumed-role") {
        name = rest.substr(0, rest.find('/'));
        owner = "role";
    } else if (*type == "user" || *type == "role" || *type == "group" || *type == "instance-profile") {
        name = rest.substr(rest.rfind('/') + 1); // npos + 1 is 0: no path
    }
    if (name.empty() || parts->service != (owner == *type ? "iam" : "sts"))
        return std::string(arn);
    std::string whole = "arn:";
    for (const std::string_view part : {parts->partition, std::string_view(":iam::"), parts->account,
                                        std::string_view(":"), owner, std::string_view("/"), name})
        whole += part;
    return whole;
}

std::string withoutSecretSuffix(std::string_view arn)
{
    constexpr std::size_t suffix = 7;
    const auto parts = Arn::parse(arn);
    if (!parts || parts->service != "secretsmanager" || parts->resource.size() <= suffix)
        return std::string(arn);
    const std::string_view end = arn.substr(arn.size() - suffix);
    const bool isSuffix =
        end[0] == '-' && std::all_of(end.begin() + 1, end.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
    return std::string(isSuffix ? arn.substr(0, arn.size() - suffix) : arn);
}

std::string_view lastPart(std::string_view text)
{
    const auto parts = Arn::parse(text);
    if (!parts)
        return text;
    const std::size_t separator = parts->resource.find_first_of(":/");
    if (separator == std::string_view::npos)
        return parts->resource;
    const std::size_t before = parts->resource[separator] == ':' ? separator : parts->resource.rfind('/');
    return before + 1 == parts->resource.size() ? parts->resource : parts->resource.substr(before + 1);
}

bool isIpAddress(std::string_view text)
{
    return text.find(':') == std::string_view::npos ? isIpv4(text) : text.size() <= 45 && isIpv6(text);
}

} // namespace cordon::ingest
