#pragma once

#include "core/value/json.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <map>
#include <regex>
#include <string>
#include <vector>

/// Texts for naive::Rule: folding, wildcards, encodings and networks, done in the plainest way.
namespace naive {

using cordon::Value;

/// A mistake that the judge makes on purpose, to see that the comparison with the program notices it. The comparison is
/// symmetrical: a mistake that shows here would show in the same way if the program made it.
enum class Mistake {
    None,
    // conditions
    AndBeforeOrSwapped,
    NotTakesTheRest,
    ThemTakesUnderscores,
    AllOfIsAny,
    NumberOfIsOne,
    ListOfMapsIsAll,
    MapIsAny,
    // fields
    AllIgnored,
    NeqIgnored,
    NeqOfAnyValue,
    NeqTakesAbsent,
    OnlyFirstElement,
    EveryElement,
    NullIsAbsent,
    AbsentIsNotNull,
    NullIsAText,
    // texts
    CasedIgnored,
    CaseAlwaysMatters,
    OnlyAsciiFolds,
    QuestionTakesNone,
    QuestionTakesAByte,
    StarTakesOne,
    BackslashAlwaysEscapes,
    EscapedWildcardIsWild,
    ContainsIsStart,
    StartIsEnd,
    // encodings
    Base64WithoutCase,
    OffsetZeroOnly,
    OffsetKeepsEdges,
    WideIsBigEndian,
    Utf16WithoutMark,
    WindashOnlyDash,
    WindashFirstOnly,
    // types
    CidrByText,
    CidrOneBitShort,
    Ipv6Unknown,
    FieldrefIsAName,
    DotStopsAtLines,
    AnchorsIgnoreLines,
    RegexWithoutCase,
    RegexMustFitAll,
    BoundsSwapped,
    OnlyJsonNumbers,
    OffsetIgnored,
    KeywordsInValuesOnly,
    OneValueOfPlaceholder,
    Count
};

/// Lower case of what the generator uses: ASCII and A with diaeresis.
inline std::string lower(std::string text, bool asciiOnly = false)
{
    for (std::size_t at = 0; at < text.size(); ++at) {
        text[at] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
        const bool isUmlaut = text[at] == '\xC3' && at + 1 < text.size() && text[at + 1] == '\x84';
        if (isUmlaut && !asciiOnly)
            text[at + 1] = '\xA4';
    }
    return text;
}

inline std::string textOf(const Value& value)
{
    return value.isString() ? value.asString() : cordon::json::write(value);
}

inline bool isInsideCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Matches a Sigma text by trying every way; `*` and `?` with the specification's escapes.
/// @param opensEnd  whatever follows is fine
inline bool globs(const std::string& pattern, std::size_t p, const std::string& text, std::size_t t,
                  Mistake mistake = Mistake::None, bool opensEnd = false)
{
    if (p == pattern.size())
        return opensEnd || t == text.size();
    const char next = p + 1 < pattern.size() ? pattern[p + 1] : '\0';
    const bool isEscape = pattern[p] == '\\' && (next == '*' || next == '?' || next == '\\');
    if (mistake == Mistake::BackslashAlwaysEscapes && pattern[p] == '\\' && next != '\0')
        return t < text.size() && text[t] == next && globs(pattern, p + 2, text, t + 1, mistake, opensEnd);
    if (isEscape && mistake == Mistake::EscapedWildcardIsWild && next == '*')
        return globs(pattern, p + 1, text, t, mistake, opensEnd);
    if (isEscape)
        return t < text.size() && text[t] == next && globs(pattern, p + 2, text, t + 1, mistake, opensEnd);
    if (pattern[p] == '*' && mistake == Mistake::StarTakesOne)
        return t < text.size() && (globs(pattern, p + 1, text, t + 1, mistake, opensEnd) ||
                                   globs(pattern, p, text, t + 1, mistake, opensEnd));
    if (pattern[p] == '*')
        return globs(pattern, p + 1, text, t, mistake, opensEnd) ||
               (t < text.size() && globs(pattern, p, text, t + 1, mistake, opensEnd));
    if (pattern[p] != '?')
        return t < text.size() && pattern[p] == text[t] && globs(pattern, p + 1, text, t + 1, mistake, opensEnd);
    if (mistake == Mistake::QuestionTakesNone && globs(pattern, p + 1, text, t, mistake, opensEnd))
        return true;
    if (t == text.size() || isInsideCharacter(text[t]))
        return false;
    std::size_t end = t + 1;
    while (mistake != Mistake::QuestionTakesAByte && end < text.size() && isInsideCharacter(text[end]))
        ++end;
    return globs(pattern, p + 1, text, end, mistake, opensEnd);
}

/// A rule's text on its way through the modifiers.
struct Pattern
{
    std::string text;
    bool hasWildcards = true; ///< false once it is encoded: nothing in it is special
    bool opensStart = false;
    bool opensEnd = false;

    /// At every place where the pattern could stand.
    [[nodiscard]] bool fits(std::string subject, bool isCased, Mistake mistake) const
    {
        std::string wanted = text;
        if (!isCased) {
            wanted = lower(wanted, mistake == Mistake::OnlyAsciiFolds);
            subject = lower(subject, mistake == Mistake::OnlyAsciiFolds);
        }
        for (std::size_t from = 0; from <= (opensStart ? subject.size() : 0); ++from) {
            if (!hasWildcards) {
                const std::string part = subject.substr(from, opensEnd ? wanted.size() : std::string::npos);
                if (part == wanted)
                    return true;
                continue;
            }
            const bool isBetween = from < subject.size() && isInsideCharacter(subject[from]);
            if (!isBetween && globs(wanted, 0, subject, from, mistake, opensEnd))
                return true;
        }
        return false;
    }

    /// What stands for itself, without escapes.
    [[nodiscard]] std::string plain() const
    {
        std::string out;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool isEscape = hasWildcards && text[at] == '\\' && at + 1 < text.size() &&
                                  std::string("*?\\").find(text[at + 1]) != std::string::npos;
            out += text[isEscape ? ++at : at];
        }
        return out;
    }
};

inline std::string base64(const std::string& bytes)
{
    static const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string bits;
    for (const char byte : bytes) {
        for (int bit = 7; bit >= 0; --bit)
            bits += ((static_cast<unsigned char>(byte) >> bit) & 1) != 0 ? '1' : '0';
    }
    while (bits.size() % 6 != 0)
        bits += '0';
    std::string out;
    for (std::size_t at = 0; at < bits.size(); at += 6)
        out += digits[std::stoul(bits.substr(at, 6), nullptr, 2)];
    while (out.size() % 4 != 0)
        out += '=';
    return out;
}

/// What stays the same of the base64 of `text` whatever stands around it: those characters that do not change with it.
inline std::string base64Within(const std::string& text, std::size_t offset)
{
    const std::string low = base64(std::string(offset, '\x00') + text + std::string(3, '\x00'));
    const std::string high = base64(std::string(offset, '\xFF') + text + std::string(3, '\xFF'));
    const std::size_t end = (offset + text.size()) * 8 / 6;
    std::string same;
    for (std::size_t at = 0; at < end; ++at) {
        if (low[at] == high[at])
            same += low[at];
    }
    return same;
}

/// UTF-16 of what the generator uses: characters of one or two bytes in UTF-8, and the dashes of three.
inline std::string utf16(const std::string& text, bool isBigEndian)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = [&](std::size_t ahead) {
            return static_cast<unsigned>(static_cast<unsigned char>(text[at + ahead]));
        };
        unsigned unit = byte(0);
        std::size_t length = 1;
        if (unit >= 0xE0) {
            unit = ((unit & 0xFU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
            length = 3;
        } else if (unit >= 0xC0) {
            unit = ((unit & 0x1FU) << 6U) | (byte(1) & 0x3FU);
            length = 2;
        }
        const char high = static_cast<char>(unit >> 8U);
        const char small = static_cast<char>(unit & 0xFFU);
        out += isBigEndian ? high : small;
        out += isBigEndian ? small : high;
        at += length;
    }
    return out;
}

/// Every text that differs from `text` in the kind of its dashes only.
inline std::vector<std::string> dashed(const std::string& text, Mistake mistake)
{
    static const std::vector<std::string> kinds{"-", "/", "\u2013", "\u2014", "\u2015"};
    std::vector<std::string> all{""};
    bool isFirst = true;
    for (std::size_t at = 0; at < text.size();) {
        std::string own(1, text[at]);
        bool isDash = false;
        for (const std::string& kind : kinds) {
            if (text.compare(at, kind.size(), kind) == 0) {
                own = kind;
                isDash = isFirst || mistake != Mistake::WindashFirstOnly;
            }
        }
        isFirst = isFirst && !isDash;
        std::vector<std::string> longer;
        for (const std::string& start : all) {
            if (!isDash)
                longer.push_back(start + own);
            for (std::size_t kind = 0; isDash && kind < (mistake == Mistake::WindashOnlyDash ? 2 : kinds.size());
                 ++kind)
                longer.push_back(start + kinds[kind]);
        }
        all = longer;
        at += own.size();
    }
    return all;
}

/// Adds what `modifier` makes of the pattern.
inline void step(Pattern pattern, const std::string& modifier, std::vector<Pattern>& out, Mistake mistake)
{
    const auto encoded = [&](const std::string& text) { out.push_back({text, false, false, false}); };
    if (modifier == "contains")
        pattern.opensStart = true;
    if (modifier == "endswith" || (modifier == "startswith" && mistake == Mistake::StartIsEnd))
        pattern.opensStart = true;
    if (modifier == "contains" && mistake == Mistake::ContainsIsStart)
        pattern.opensStart = false;
    if (modifier == "contains" || (modifier == "startswith" && mistake != Mistake::StartIsEnd))
        pattern.opensEnd = true;
    if (modifier == "windash") {
        for (const std::string& text : dashed(pattern.text, mistake))
            out.push_back({text, pattern.hasWildcards, pattern.opensStart, pattern.opensEnd});
    } else if (modifier == "base64") {
        encoded(base64(pattern.plain()));
    } else if (modifier == "base64offset") {
        for (std::size_t offset = 0; offset < (mistake == Mistake::OffsetZeroOnly ? 1U : 3U); ++offset) {
            const std::string text =
                mistake == Mistake::OffsetKeepsEdges ? base64(pattern.plain()) : base64Within(pattern.plain(), offset);
            if (!text.empty())
                encoded(text);
        }
    } else if (modifier == "wide" || modifier == "utf16le") {
        encoded(utf16(pattern.plain(), mistake == Mistake::WideIsBigEndian));
    } else if (modifier == "utf16be") {
        encoded(utf16(pattern.plain(), true));
    } else if (modifier == "utf16") {
        encoded((mistake == Mistake::Utf16WithoutMark ? "" : "\xFF\xFE") + utf16(pattern.plain(), false));
    } else {
        out.push_back(pattern);
    }
}

/// The address as a text of zeros and ones; IPv4 as its mapped form.
inline std::string bitsOf(const std::string& address, bool knowsIpv6)
{
    std::array<unsigned char, 16> bytes{};
    const bool isSix = knowsIpv6 && inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1;
    if (!isSix) {
        bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
        if (inet_pton(AF_INET, address.c_str(), &bytes[12]) != 1)
            return "";
    }
    std::string bits;
    for (const unsigned char byte : bytes) {
        for (int bit = 7; bit >= 0; --bit)
            bits += ((byte >> bit) & 1) != 0 ? '1' : '0';
    }
    return bits;
}

inline bool isInNetwork(const std::string& network, const std::string& address, Mistake mistake)
{
    if (mistake == Mistake::CidrByText)
        return address.rfind(network.substr(0, network.find('.') + 1), 0) == 0;
    const std::size_t slash = network.find('/');
    const std::string base = network.substr(0, slash);
    std::size_t length = slash == std::string::npos ? 128 : std::stoul(network.substr(slash + 1));
    if (slash != std::string::npos && base.find(':') == std::string::npos)
        length += 96;
    if (mistake == Mistake::CidrOneBitShort)
        --length;
    const std::string a = bitsOf(base, mistake != Mistake::Ipv6Unknown);
    const std::string b = bitsOf(address, mistake != Mistake::Ipv6Unknown);
    return !a.empty() && !b.empty() && a.substr(0, length) == b.substr(0, length);
}

} // namespace naive
