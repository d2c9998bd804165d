#include "core/indicators/indicator.h"

#include "core/base/display_escape.h"
#include "core/indicators/ip_bits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cordon::indicators {
namespace {

constexpr std::size_t longestValue = 2048;
constexpr std::array<std::pair<TermKind, std::string_view>, 9> kindNames{{{TermKind::Address, "ip"},
                                                                          {TermKind::Network, "network"},
                                                                          {TermKind::Domain, "domain"},
                                                                          {TermKind::Url, "url"},
                                                                          {TermKind::Hash, "hash"},
                                                                          {TermKind::Email, "email"},
                                                                          {TermKind::Account, "account"},
                                                                          {TermKind::Credential, "credential"},
                                                                          {TermKind::UserAgent, "user_agent"}}};

std::string lower(std::string_view text)
{
    std::string small(text);
    for (char& letter : small) {
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    }
    return small;
}

/// Undoes what people do to values so that nobody clicks on them.
std::string whole(std::string_view value)
{
    std::string text(value);
    for (const auto& [from, to] :
         {std::pair<std::string_view, std::string_view>{"[.]", "."}, {"(.)", "."}, {"[:]", ":"}, {"[@]", "@"}}) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
            text.replace(at, from.size(), to);
    }
    if (lower(text.substr(0, 4)) == "hxxp")
        text.replace(1, 2, "tt");
    return text;
}

Result<Term> refuse(const char* why)
{
    return fail(ErrorCode::Invalid, why);
}

Result<Term> address(const std::string& value)
{
    const auto ip = readIp(value);
    if (!ip)
        return refuse("no IP address");
    const bool isNobody = ip->isV4 ? ip->bytes[12] == 127 || ip->bytes[12] == 0 || ip->bytes[12] >= 224
                                   : *ip == IpBits{} || ip->bytes[0] == 0xFF || *readIp("::1") == *ip;
    if (isNobody)
        return refuse("too general: an address that everybody has");
    return Term{TermKind::Address, lower(value)};
}

Result<Term> network(const std::string& value)
{
    const std::size_t slash = value.find('/');
    const auto ip = readIp(std::string_view(value).substr(0, std::min(slash, value.size())));
    int length = -1;
    if (slash != std::string::npos)
        std::from_chars(value.data() + slash + 1, value.data() + value.size(), length);
    if (!ip || length < 0 || length > (ip->isV4 ? 32 : 128))
        return refuse("no network");
    if (length == (ip->isV4 ? 32 : 128))
        return address(value.substr(0, slash));
    if (length < (ip->isV4 ? 8 : 19))
        return refuse("too general: more than 1/256 of all addresses");
    return Term{TermKind::Network, lower(value)};
}

bool isHostLetter(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
           letter == '_';
}

Result<Term> domain(std::string value)
{
    while (value.ends_with('.'))
        value.pop_back();
    const bool isPlain = std::all_of(value.begin(), value.end(), isHostLetter);
    if (value.empty() || value.size() > 253 || !isPlain || value.front() == '.')
        return refuse("no host name in ASCII");
    if (value.find('.') == std::string::npos)
        return refuse("too general: a name without a dot");
    if (readIp(value))
        return address(value);
    return Term{TermKind::Domain, std::move(value)};
}

/// Scheme and host in small letters; the path as it is.
Result<Term> url(const std::string& value)
{
    const std::size_t scheme = value.find("://");
    const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t path = std::min(value.find_first_of("/?#", host), value.size());
    if (scheme == std::string::npos || scheme == 0 || path == host || value.size() < 10)
        return refuse("no URL");
    const std::string name = lower(value.substr(host, path - host));
    const std::string bare = name.substr(0, name.find(':'));
    if (bare.find('.') == std::string::npos || !std::all_of(bare.begin(), bare.end(), isHostLetter))
        return refuse("a URL without a host name that can be looked for");
    return Term{TermKind::Url, lower(value.substr(0, host)) + name + value.substr(path)};
}

} // namespace

std::string_view toString(TermKind kind)
{
    for (const auto& [known, name] : kindNames) {
        if (known == kind)
            return name;
    }
    return "";
}

std::optional<TermKind> termKindFrom(std::string_view text)
{
    for (const auto& [kind, name] : kindNames) {
        if (name == text)
            return kind;
    }
    return std::nullopt;
}

std::string_view toString(Tlp tlp)
{
    switch (tlp) {
    case Tlp::Clear:
        return "clear";
    case Tlp::Green:
        return "green";
    case Tlp::Amber:
        return "amber";
    case Tlp::AmberStrict:
        return "amber+strict";
    case Tlp::Red:
        break;
    }
    return "red";
}

std::optional<Tlp> tlpFrom(std::string_view text)
{
    std::string small = lower(text);
    if (small.starts_with("tlp:"))
        small.erase(0, 4);
    if (small == "white")
        return Tlp::Clear;
    for (const Tlp tlp : {Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red}) {
        if (toString(tlp) == small)
            return tlp;
    }
    return std::nullopt;
}

Result<Term> normalTerm(TermKind kind, std::string_view value)
{
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ')
        value.remove_suffix(1);
    if (value.empty() || value.size() > longestValue)
        return refuse("empty, or longer than 2048 bytes");
    if (escapedForDisplay(value) != value)
        return refuse("it holds characters that cannot be seen");
    const std::string text = whole(value);
    switch (kind) {
    case TermKind::Address:
        return text.find('/') == std::string::npos ? address(text) : network(text);
    case TermKind::Network:
        return text.find('/') == std::string::npos ? address(text) : network(text);
    case TermKind::Domain:
        return domain(lower(text));
    case TermKind::Url:
        return url(text);
    case TermKind::Hash: {
        const std::string hex = lower(text);
        const bool isHex = hex.find_first_not_of("0123456789abcdef") == std::string::npos;
        const bool isLong = hex.size() == 32 || hex.size() == 40 || hex.size() == 64 || hex.size() == 128;
        return isHex && isLong ? Result<Term>(Term{kind, hex}) : refuse("no MD5, SHA-1, SHA-256 or SHA-512");
    }
    case TermKind::Email: {
        const std::string small = lower(text);
        const std::size_t at = small.find('@');
        if (at == std::string::npos || at == 0)
            return refuse("no e-mail address");
        CORDON_TRY(const Term host, domain(small.substr(at + 1)));
        return Term{kind, small.substr(0, at + 1) + host.value};
    }
    case TermKind::Account:
    case TermKind::Credential:
        return text.size() < 4 ? refuse("too general: shorter than four letters")
                               : Result<Term>(Term{kind, lower(text)});
    case TermKind::UserAgent:
        break;
    }
    return text.size() < 8 ? refuse("too general: shorter than eight letters") : Result<Term>(Term{kind, text});
}

} // namespace cordon::indicators
