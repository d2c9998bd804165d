#include "core/base/secret_shapes.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cordon {
namespace {

/// A part of a text; empty when there is nothing.
struct Span
{
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] bool isThere() const { return end > begin; }
};

constexpr std::array<std::string_view, 22> tokenStarts{
    "ghp_",    "gho_",    "ghs_",  "ghu_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xapp-",
    "sk_live_", "rk_live_", "AIza", "ya29.", "npm_", "SG.",         "hvs.",   "dop_v1_", "shpat_", "pypi-", "AGE-SECRET-KEY-"};
constexpr std::array<std::string_view, 13> secretNames{
    "password",    "passwd",       "secret",        "secretaccesskey", "secret_access_key", "secretkey",   "api_key",
    "apikey",      "clientsecret", "client_secret", "sessiontoken",    "session_token",     "access_token"};
constexpr std::size_t leastTokenTail = 12;
constexpr std::size_t leastValue = 6;
constexpr std::size_t awsSecretLength = 40;
constexpr std::string_view pemBegin = "-----BEGIN ";
constexpr std::string_view pemKey = "PRIVATE KEY-----";

bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isWord(char c) { return isLower(c) || isUpper(c) || isDigit(c); }
bool isTokenCharacter(char c) { return isWord(c) || c == '_' || c == '-' || c == '.'; }
bool isBase64(char c) { return isWord(c) || c == '+' || c == '/'; }
char lower(char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

template<class Is>
std::size_t endOf(std::string_view text, std::size_t from, const Is& is)
{
    while (from < text.size() && is(text[from]))
        ++from;
    return from;
}

bool startsWord(std::string_view text, std::size_t at)
{
    return at == 0 || !isWord(text[at - 1]);
}

Span knownToken(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    for (const std::string_view start : tokenStarts) {
        if (!rest.starts_with(start))
            continue;
        const std::size_t end = endOf(text, at + start.size(), isTokenCharacter);
        if (end - at - start.size() >= leastTokenTail)
            return {at, end};
    }
    return {};
}

/// Three parts of base64url, the first one an object.
Span webToken(std::string_view text, std::size_t at)
{
    if (!text.substr(at).starts_with("eyJ"))
        return {};
    const std::size_t end = endOf(text, at, isTokenCharacter);
    const std::string_view token = text.substr(at, end - at);
    return std::count(token.begin(), token.end(), '.') == 2 && token.size() >= 30 ? Span{at, end} : Span{};
}

Span privateKey(std::string_view text, std::size_t at)
{
    if (!text.substr(at).starts_with(pemBegin))
        return {};
    const std::size_t name = text.find(pemKey, at);
    if (name == std::string_view::npos || name - at > 40)
        return {};
    const std::size_t last = text.find("-----END ", name);
    const std::size_t end = last == std::string_view::npos ? std::string_view::npos : text.find("-----", last + 9);
    return {at, end == std::string_view::npos ? text.size() : end + 5};
}

/// The value after `password=`, `"secretAccessKey": "` and the like.
Span namedValue(std::string_view text, std::size_t at)
{
    for (const std::string_view name : secretNames) {
        if (text.size() - at <= name.size() ||
            !std::equal(name.begin(), name.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                        [](char a, char b) { return a == lower(b); }))
            continue;
        std::size_t value = at + name.size();
        while (value < text.size() && std::string_view("\"'\\ =:").find(text[value]) != std::string_view::npos)
            ++value;
        const std::string_view between = text.substr(at + name.size(), value - at - name.size());
        // `secret:` alone is a part of many an ARN.
        const bool hasSeparator = between.find('=') != std::string_view::npos ||
                                  (between.find(':') != std::string_view::npos && (between != ":" || name != "secret"));
        const std::size_t end = endOf(text, value, [](char c) {
            return c > ' ' && std::string_view("\"'\\,;&}<>").find(c) == std::string_view::npos;
        });
        const bool isName = hasSeparator && end - value >= leastValue;
        if (isName && !text.substr(value).starts_with("arn:"))
            return {value, end};
    }
    return {};
}

Span awsSecret(std::string_view text, std::size_t at)
{
    if (at > 0 && isBase64(text[at - 1]))
        return {};
    const std::size_t end = endOf(text, at, isBase64);
    const std::string_view word = text.substr(at, end - at);
    const bool isMixed = std::any_of(word.begin(), word.end(), isLower) && std::any_of(word.begin(), word.end(), isUpper) &&
                         std::any_of(word.begin(), word.end(), isDigit);
    const bool isPath = word.starts_with('/') || std::count(word.begin(), word.end(), '/') > 3;
    return word.size() == awsSecretLength && isMixed && !isPath ? Span{at, end} : Span{};
}

Span secretAt(std::string_view text, std::size_t at, bool isWide)
{
    if (!startsWord(text, at)) // newPassword=…
        return isWide && isUpper(text[at]) && isLower(text[at - 1]) ? namedValue(text, at) : Span{};
    for (const auto& shape : {knownToken, webToken, privateKey}) {
        if (const Span found = shape(text, at); found.isThere())
            return found;
    }
    if (!isWide)
        return {};
    const Span named = namedValue(text, at);
    return named.isThere() ? named : awsSecret(text, at);
}

std::string cleaned(std::string_view text, bool isWide)
{
    std::string out;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const Span found = secretAt(text, at, isWide);
        if (!found.isThere())
            continue;
        out += text.substr(kept, found.begin - kept);
        out += hiddenSecret;
        kept = found.end;
        at = found.end - 1;
    }
    return out + std::string(text.substr(kept));
}

} // namespace

std::string withoutSecrets(std::string_view text)
{
    return cleaned(text, true);
}

std::string withoutKnownTokens(std::string_view text)
{
    return cleaned(text, false);
}

} // namespace cordon
