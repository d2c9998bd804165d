#pragma once

#include "core/value/json.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <regex>
#include <string>
#include <vector>

/// A second, slow and plain way to judge a Sigma rule, straight over the tree of the record, to compare the compiled
/// program with. Knows ASCII only and no keywords.
namespace naive {

using cordon::Value;

inline std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

inline std::string textOf(const Value& value)
{
    return value.isString() ? value.asString() : cordon::json::write(value);
}

/// Every value at the path; lists are entered.
inline std::vector<Value> valuesAt(const Value& record, const std::string& path)
{
    std::vector<Value> found;
    if (record.isArray()) {
        for (const Value& item : record.asArray()) {
            const std::vector<Value> inner = valuesAt(item, path);
            found.insert(found.end(), inner.begin(), inner.end());
        }
        return found;
    }
    if (path.empty())
        return {record};
    const std::size_t dot = path.find('.');
    const Value* member = record.find(path.substr(0, dot));
    return member ? valuesAt(*member, dot == std::string::npos ? "" : path.substr(dot + 1)) : found;
}

/// Matches a Sigma text by trying every way; `*` and `?` with the specification's escapes.
inline bool globs(const std::string& pattern, std::size_t p, const std::string& text, std::size_t t)
{
    if (p == pattern.size())
        return t == text.size();
    const char next = p + 1 < pattern.size() ? pattern[p + 1] : '\0';
    if (pattern[p] == '\\' && (next == '*' || next == '?' || next == '\\'))
        return t < text.size() && text[t] == next && globs(pattern, p + 2, text, t + 1);
    if (pattern[p] == '*')
        return globs(pattern, p + 1, text, t) || (t < text.size() && globs(pattern, p, text, t + 1));
    return t < text.size() && (pattern[p] == '?' || pattern[p] == text[t]) && globs(pattern, p + 1, text, t + 1);
}

/// `contains` and friends at every place where the pattern could stand.
inline bool fits(const std::string& pattern, const std::string& text, bool opensStart, bool opensEnd)
{
    for (std::size_t from = 0; from <= (opensStart ? text.size() : 0); ++from) {
        for (std::size_t to = opensEnd ? from : text.size(); to <= text.size(); ++to) {
            if (globs(pattern, 0, text.substr(from, to - from), 0))
                return true;
        }
    }
    return false;
}

inline bool isIn(const std::string& network, const std::string& address)
{
    const auto number = [](const std::string& text, unsigned& bits) {
        unsigned a = 0, b = 0, c = 0, d = 0;
        char rest = 0;
        if (std::sscanf(text.c_str(), "%3u.%3u.%3u.%3u%c", &a, &b, &c, &d, &rest) != 4 || a > 255 || b > 255 ||
            c > 255 || d > 255)
            return false;
        bits = (a << 24U) | (b << 16U) | (c << 8U) | d;
        return true;
    };
    const std::size_t slash = network.find('/');
    unsigned base = 0;
    unsigned bits = 0;
    if (!number(network.substr(0, slash), base) || !number(address, bits))
        return false;
    const unsigned long shift = 32 - std::stoul(network.substr(slash + 1));
    return shift == 32 || (base >> shift) == (bits >> shift);
}

struct Item
{
    std::string field;
    std::vector<std::string> modifiers;
    std::vector<Value> values;

    [[nodiscard]] bool has(const std::string& modifier) const
    {
        return std::find(modifiers.begin(), modifiers.end(), modifier) != modifiers.end();
    }

    [[nodiscard]] bool holds(const Value& record) const
    {
        const std::vector<Value> found = valuesAt(record, field);
        if (has("neq")) {
            const bool isThere = std::any_of(found.begin(), found.end(), [](const Value& v) { return !v.isNull(); });
            return isThere &&
                   std::none_of(values.begin(), values.end(), [&](const Value& v) { return one(record, found, v); });
        }
        const auto judge = [&](const Value& v) { return one(record, found, v); };
        return has("all") ? std::all_of(values.begin(), values.end(), judge)
                          : std::any_of(values.begin(), values.end(), judge);
    }

private:
    [[nodiscard]] bool one(const Value& record, const std::vector<Value>& found, const Value& wanted) const
    {
        if (has("exists"))
            return wanted.asBool() == !found.empty();
        if (wanted.isNull())
            return found.empty() || std::any_of(found.begin(), found.end(), [](const Value& v) { return v.isNull(); });
        return std::any_of(found.begin(), found.end(),
                           [&](const Value& v) { return !v.isNull() && passes(record, v, wanted); });
    }

    [[nodiscard]] bool passes(const Value& record, const Value& value, const Value& wanted) const
    {
        const std::string text = textOf(value);
        if (has("fieldref")) {
            const std::vector<Value> others = valuesAt(record, wanted.asString());
            return std::any_of(others.begin(), others.end(), [&](const Value& other) {
                return !other.isNull() && lower(textOf(other)) == lower(text);
            });
        }
        if (has("cidr"))
            return isIn(wanted.asString(), text);
        if (has("re"))
            return std::regex_search(
                text, std::regex(wanted.asString(), has("i") ? std::regex::icase : std::regex::ECMAScript));
        if (has("lt") || has("gte")) {
            const bool isNumber = value.kind() == Value::Kind::Int || value.kind() == Value::Kind::Double ||
                                  (value.isString() && std::regex_match(text, std::regex("-?[0-9]+")));
            return isNumber && (has("lt") ? std::stod(text) < wanted.asDouble() : std::stod(text) >= wanted.asDouble());
        }
        std::string pattern = textOf(wanted);
        std::string subject = text;
        if (!has("cased")) {
            pattern = lower(pattern);
            subject = lower(subject);
        }
        const bool isInside = has("contains");
        return fits(pattern, subject, isInside || has("endswith"), isInside || has("startswith"));
    }
};

} // namespace naive
