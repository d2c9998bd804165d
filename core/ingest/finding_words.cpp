#include "core/ingest/finding_words.h"

#include "core/ingest/text_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cordon::ingest {
namespace {

constexpr std::size_t mostIds = 32;
constexpr std::size_t longestSlug = 120;
constexpr std::size_t longestLink = 2048;

struct Tactic
{
    std::string_view id;
    std::string_view name;
};

/// Source: ATT&CK, Enterprise matrix
constexpr std::array<Tactic, 14> tactics{{{"TA0043", "reconnaissance"},
                                          {"TA0042", "resource-development"},
                                          {"TA0001", "initial-access"},
                                          {"TA0002", "execution"},
                                          {"TA0003", "persistence"},
                                          {"TA0004", "privilege-escalation"},
                                          {"TA0005", "defense-evasion"},
                                          {"TA0006", "credential-access"},
                                          {"TA0007", "discovery"},
                                          {"TA0008", "lateral-movement"},
                                          {"TA0009", "collection"},
                                          {"TA0011", "command-and-control"},
                                          {"TA0010", "exfiltration"},
                                          {"TA0040", "impact"}}};

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool isSame(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// Letters alone, lower case: "Command and Control", "CommandAndControl" and "command-and-control" agree.
std::string lettersOf(std::string_view text)
{
    std::string letters;
    for (const char c : text) {
        if (isLetter(c))
            letters += lower(c);
    }
    return letters;
}

std::string_view trimmed(std::string_view text)
{
    const auto isPadding = [](char c) { return c == ' ' || c == '"' || c == '[' || c == ']' || c == '\t'; };
    while (!text.empty() && isPadding(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isPadding(text.back()))
        text.remove_suffix(1);
    return text;
}

void addOnce(std::string text, std::vector<std::string>& into)
{
    if (into.size() < mostIds && std::find(into.begin(), into.end(), text) == into.end())
        into.push_back(std::move(text));
}

void addTactic(std::string_view piece, const std::vector<std::pair<std::string, std::string>>& words,
               std::vector<std::string>& into)
{
    for (const auto& [word, tactic] : words) {
        if (fitsPattern(piece, word))
            return addOnce(tactic, into);
    }
    const std::string letters = lettersOf(piece);
    for (const Tactic& tactic : tactics) {
        if (isSame(piece, tactic.id) || (!letters.empty() && letters == lettersOf(tactic.name)))
            return addOnce(std::string(tactic.name), into);
    }
}

/// `+0100` at the end becomes `+01:00`.
std::string withColon(std::string_view text)
{
    std::string whole(text);
    const std::size_t sign = whole.size() < 5 ? 0 : whole.size() - 5;
    const bool isOffset = sign > 0 && (whole[sign] == '+' || whole[sign] == '-') &&
                          std::all_of(whole.begin() + static_cast<std::ptrdiff_t>(sign) + 1, whole.end(), isDigit) &&
                          whole.find('T') != std::string::npos;
    if (isOffset)
        whole.insert(sign + 3, ":");
    return whole;
}

std::optional<Timestamp> sinceEpoch(std::string_view text)
{
    const std::size_t dot = std::min(text.find('.'), text.size());
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + dot, number);
    if (error != std::errc() || end != text.data() + dot || number <= 0)
        return std::nullopt;
    constexpr std::int64_t million = 1'000'000;
    if (number >= 100'000 * million * million) // nanoseconds
        return Timestamp::fromMicros(number / 1000);
    if (number >= 100 * million * million) // microseconds
        return Timestamp::fromMicros(number);
    if (number >= 100'000 * million) // milliseconds
        return Timestamp::fromMicros(number * 1000);
    std::int64_t micros = 0;
    std::int64_t unit = million / 10;
    for (const char c : text.substr(std::min(dot + 1, text.size()))) {
        if (!isDigit(c))
            return std::nullopt;
        micros += unit * (c - '0');
        unit /= 10;
    }
    return Timestamp::fromMicros(number * million + micros);
}

} // namespace

void addTechniques(std::string_view text, std::vector<std::string>& into)
{
    constexpr std::size_t idLength = 5;
    for (std::size_t at = 0; at + idLength <= text.size(); ++at) {
        const bool isStart = lower(text[at]) == 't' && (at == 0 || !(isLetter(text[at - 1]) || isDigit(text[at - 1])));
        if (!isStart || !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                     text.begin() + static_cast<std::ptrdiff_t>(at + idLength), isDigit))
            continue;
        std::string id = "T" + std::string(text.substr(at + 1, idLength - 1));
        const std::string_view rest = text.substr(at + idLength);
        if (!rest.empty() && isDigit(rest.front()))
            continue;
        if (rest.size() >= 4 && rest[0] == '.' && std::all_of(rest.begin() + 1, rest.begin() + 4, isDigit))
            id += rest.substr(0, 4);
        addOnce(std::move(id), into);
    }
}

void addTactics(std::string_view text, const std::vector<std::pair<std::string, std::string>>& words,
                std::vector<std::string>& into)
{
    text = text.substr(0, 2048);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(":/;,|"), text.size());
        if (const std::string_view piece = trimmed(text.substr(0, end)); !piece.empty())
            addTactic(piece, words, into);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

std::optional<RecordTime> findingTime(std::string_view text)
{
    if (const auto time = sinceEpoch(text))
        return RecordTime{*time, true};
    if (text.find_first_not_of("0123456789.") == std::string_view::npos)
        return std::nullopt;
    const auto time = parseRecordTime(withColon(text));
    return time ? std::optional(*time) : std::nullopt;
}

std::string slugOf(std::string_view text)
{
    constexpr std::string_view kept = ":/.!_-";
    std::string slug;
    for (const char c : text) {
        if (slug.size() >= longestSlug)
            break;
        if (isLetter(c) || isDigit(c) || kept.find(c) != std::string_view::npos)
            slug += c;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    return slug;
}

std::string safeLink(std::string_view text)
{
    const bool isWeb = fitsPattern(text, "https://*") || fitsPattern(text, "http://*");
    const bool isClean = std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '\\' && c != '`' && c != '\'';
    });
    return isWeb && isClean && text.size() <= longestLink ? std::string(text) : std::string();
}

} // namespace cordon::ingest
