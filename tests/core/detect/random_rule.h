#pragma once

#include "core/value/json.h"
#include "tests/core/detect/naive_text.h"

#include <random>
#include <set>
#include <string>
#include <vector>

/// Makes detection sections as YAML text, and records to try them on. Alphabets are small, so that matches are common.
class RandomRule
{
public:
    using Value = cordon::Value;

    explicit RandomRule(std::uint64_t seed)
        : m_random(seed)
    {}

    /// For naive::Rule and Placeholders alike.
    [[nodiscard]] static const std::map<std::string, std::vector<std::string>>& placeholders()
    {
        static const std::map<std::string, std::vector<std::string>> values{
            {"some", {"a", "b*", "B\\\\"}}, {"one", {"ab"}}, {"nets", {"10.0.0.0/16", "10.1.0.1/32"}}};
        return values;
    }

    /// The detection section, indented by four.
    std::string detection()
    {
        std::string text;
        std::vector<std::string> names;
        for (int left = 1 + pick(3); left > 0; --left) {
            const std::string name = of<std::string>({"sel_", "other_", "_hidden_"}) + std::to_string(left);
            text += "    " + name + ":\n" + identifier();
            names.push_back(name);
        }
        if (pick(12) == 0)
            return text + "    condition:\n        - " + disjunction(names, 1) + "\n        - " +
                   disjunction(names, 1) + "\n";
        return text + "    condition: " + disjunction(names, 2) + "\n";
    }

    Value record()
    {
        Value record{Value::Object()};
        for (const char* field : {"a", "b", "n", "ip", "t", "e"}) {
            if (pick(5) > 0)
                record.set(field, value(field));
        }
        if (pick(3) > 0)
            record.set("o", Value().set("x", value("a")).set("y", value("b")));
        if (pick(3) == 0)
            record.set("o", Value().append(Value().set("x", value("a"))).append(Value().set("x", value("b"))));
        if (pick(6) == 0)
            record.set("o", Value().set("x", Value().append(Value().set("z", value("a"))).append(value("b"))));
        return record;
    }

private:
    int pick(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(count)); }
    template<class T>
    T of(std::vector<T> from)
    {
        return from[static_cast<std::size_t>(pick(static_cast<int>(from.size())))];
    }

    /// @param isRule  with wildcards
    std::string word(bool isRule, int longest = 5)
    {
        std::vector<std::string> parts{"a", "A", "b", "B", "/", "-", "\\", "*", "\u00c4", "\u00e4"};
        if (isRule)
            parts.insert(parts.end(), {"\\", "*", "?", "\\\\", "\\*", "a", "b"});
        else
            parts.insert(parts.end(), {"a", "b", "\n", "\u2014", "?"});
        std::string text;
        for (int left = pick(longest); left > 0; --left)
            text += of(parts);
        return text;
    }

    std::string plainWord()
    {
        std::string text;
        for (int left = 1 + pick(3); left > 0; --left)
            text += of<std::string>({"a", "b", "A", "\u00e4", "-"});
        return text;
    }

    Value value(const std::string& field)
    {
        const int kind = pick(10);
        if (kind == 0)
            return {};
        if (kind == 1)
            return Value().append(scalar(field)).append(pick(4) == 0 ? Value() : scalar(field));
        return scalar(field);
    }

    Value scalar(const std::string& field)
    {
        if (pick(8) == 0)
            return of<Value>({Value(true), Value(false), Value(1), Value(""), Value("true")});
        if (field == "n")
            return of<Value>({Value(pick(4)), Value(pick(4)), Value(-1), Value(0.5), Value(2.5), Value(1e21),
                              Value(std::to_string(pick(4))), Value("2.50"), Value(".5"), Value("1e0"), Value("-1"),
                              Value("+1"), Value("0x1"), Value("inf"), Value("nan"), Value("1 "), Value("")});
        if (field == "ip")
            return of<std::string>({"10.0.0.1", "10.0.0.0", "10.1.0.1", "10.1.255.0", "::ffff:10.0.0.1", "2001:db8::1",
                                    "2001:DB8:1::", "10.evil", "10.0.0", "", "300.0.0.1"});
        if (field == "t")
            return of<std::string>({"2026-03-01T03:59:59Z", "2026-03-01T23:30:00-02:00", "2027-01-01T00:00:00Z",
                                    "2024-12-30 10:00:00", "2028-02-29T12:00:00+05:30", "yesterday", "2026-03-01"});
        if (field == "e")
            return secret();
        return pick(12) == 0 ? Value(of<std::string>({"a\nb", "x\nb", "b\na"})) : Value(word(false));
    }

    /// A text that encodings may be found in.
    std::string secret()
    {
        const std::string before = std::string(static_cast<std::size_t>(pick(3)), 'x');
        const std::string plain = plainWord();
        switch (pick(5)) {
        case 0:
            return naive::base64(before + plain + "y");
        case 1:
            return naive::base64(naive::utf16(plain, pick(2) == 0));
        case 2:
            return naive::base64("\xFF\xFE" + naive::utf16(plain, false));
        case 3:
            return naive::base64(plain);
        default:
            return naive::lower(naive::base64(before + plain));
        }
    }

    static std::string quoted(const std::string& text)
    {
        std::string out = "'";
        for (const char c : text)
            out += c == '\'' ? std::string("''") : std::string(1, c);
        return out + "'";
    }
    static std::string written(const Value& value)
    {
        return value.isString() ? quoted(value.asString()) : cordon::json::write(value);
    }

    std::string identifier()
    {
        const int kind = pick(8);
        if (kind == 0)
            return keywords();
        const bool isList = kind < 3;
        std::string text;
        for (int map = isList ? 1 + pick(2) : 1; map > 0; --map) {
            if (isList && pick(6) == 0) {
                text += "        - " + written(word(true, 3) + "a") + "\n";
                continue;
            }
            std::set<std::string> keys;
            for (int left = 1 + pick(2); left > 0; --left) {
                Item made = item();
                if (!keys.insert(made.key).second)
                    continue;
                text += std::string(8, ' ') +
                        (isList && keys.size() == 1 ? "- "
                         : isList                   ? "  "
                                                    : "") +
                        made.key + ": ";
                text += made.values.size() == 1 && pick(2) == 0 ? written(made.values[0]) : list(made.values);
                text += "\n";
            }
        }
        return text;
    }

    static std::string list(const std::vector<Value>& values)
    {
        std::string text = "[";
        for (const Value& value : values)
            text += (text.size() > 1 ? ", " : "") + written(value);
        return text + "]";
    }

    std::string keywords()
    {
        switch (pick(4)) {
        case 0:
            return "        '|all': " + list({Value(word(true, 3)), Value(word(true, 3))}) + "\n";
        case 1:
            return "        '|re': " + written(of<std::string>({"^a.*b", "b$", "a{2}"})) + "\n";
        case 2:
            return "        '|cased': " + written(word(true, 4)) + "\n";
        default:
            return "        - " + written(word(true, 4)) + "\n        - " +
                   written(of<Value>({Value(2), Value("true")})) + "\n";
        }
    }

    struct Item
    {
        std::string key;
        std::vector<Value> values;
    };

    std::string field() { return of<std::string>({"a", "b", "n", "ip", "o", "o.x", "o.y", "o.x.z", "none", "e", "t"}); }

    Item item()
    {
        static const std::vector<std::string> places{"|contains", "|startswith", "|endswith"};
        const bool isNegated = pick(6) == 0;
        const std::string tail = isNegated ? "|neq" : "";
        const int count = 1 + pick(2);
        const auto words = [&](auto make) {
            std::vector<Value> values;
            for (int left = count; left > 0; --left)
                values.emplace_back(make());
            return values;
        };
        switch (pick(14)) {
        case 0:
            return {field() + "|exists" + tail, {Value(pick(2) == 0)}};
        case 1:
            return {field() + "|fieldref" +
                        of<std::string>({"", "", "|contains", "|startswith", "|endswith", "|cased"}) + tail,
                    words([&] { return Value(field()); })};
        case 2:
            return {"ip|cidr" + tail, words([&] {
                        return Value(of<std::string>({"10.0.0.0/16", "10.0.0.0/31", "10.0.0.1", "0.0.0.0/0",
                                                      "2001:db8::/32", "2001:db8::/48", "::/0", "10.1.2.3/15"}));
                    })};
        case 3:
            return {of<std::string>({"n", "n", "o.x", "a"}) + "|" + of<std::string>({"lt", "lte", "gt", "gte"}) + tail,
                    words([&] {
                        return of<Value>({Value(pick(4)), Value(0.5), Value(-1), Value("2")});
                    })};
        case 4:
            return {of<std::string>({"a", "b", "o.x"}) + "|re" +
                        of<std::string>({"", "", "|i", "|m", "|s", "|i|m", "|all"}) + tail,
                    words([&] {
                        return Value(of<std::string>({"^a.*b", "[ab]{2}$", "a.b", "^b$", "^b", "a|b", "(a|B)+/?$"}));
                    })};
        case 5: {
            const std::string part = of<std::string>({"minute", "hour", "day", "week", "month", "year"});
            const std::string order = of<std::string>({"", "", "|lt", "|gte"});
            return {of<std::string>({"t", "t", "a"}) + "|" + part + order + tail, words([&] {
                        return of<Value>({Value(1), Value(3), Value(30), Value(59), Value(2026), Value(53)});
                    })};
        }
        case 6: {
            const std::string coding =
                of<std::string>({"|base64", "|base64offset", "|wide|base64offset", "|utf16le|base64", "|utf16be|base64",
                                 "|utf16|base64", "|windash|base64offset", "|wide", "|utf16|base64offset"});
            return {"e" + coding + of<std::string>({"", "|contains", "|contains", "|contains", "|startswith"}) + tail,
                    words([&] { return Value(plainWord()); })};
        }
        case 7: {
            const bool isNet = pick(4) == 0;
            return {(isNet ? "ip|expand|cidr" : field() + "|expand" + (pick(2) == 0 ? of(places) : "")) + tail,
                    {Value(isNet ? "%nets%"
                                 : of<std::string>({"%some%", "a%one%", "%some%%one%", "\\%some%", "%one%?", "a%b"}))}};
        }
        case 8:
            return {of<std::string>({"a", "b", "o.x"}) +
                        (pick(2) == 0 ? "|windash" + of(places) : of(places) + "|windash") + tail,
                    words([&] { return Value("-" + word(true, 3)); })};
        case 9:
            return {field() + tail, words([&] {
                        return of<Value>({Value(), Value(pick(4)), Value(0.5), Value(true), Value(2.5), Value("")});
                    })};
        default: {
            std::string key = field() + (pick(3) > 0 ? of(places) : "");
            key += pick(4) == 0 ? "|cased" : "";
            key += pick(4) == 0 ? "|all" : "";
            return {key + tail, words([&] { return Value(word(true)); })};
        }
        }
    }

    std::string disjunction(const std::vector<std::string>& names, int depth)
    {
        std::string text = conjunction(names, depth);
        if (pick(3) == 0)
            text += of<std::string>({" or ", " OR "}) + conjunction(names, depth);
        return text;
    }

    std::string conjunction(const std::vector<std::string>& names, int depth)
    {
        std::string text = operand(names, depth);
        if (pick(3) == 0)
            text += " and " + operand(names, depth);
        return text;
    }

    std::string operand(const std::vector<std::string>& names, int depth)
    {
        switch (pick(depth > 0 ? 6 : 4)) {
        case 0:
            return "not " + operand(names, depth > 0 ? depth - 1 : 0);
        case 1: {
            const auto seen =
                std::count_if(names.begin(), names.end(), [](const std::string& n) { return n[0] != '_'; });
            if (seen == 0)
                return names[0];
            return of<std::string>({std::to_string(1 + pick(static_cast<int>(seen))), "all", "any"}) + " of them";
        }
        case 2:
            return of<std::string>({"1", "all", "any"}) + " of " + names[0].substr(0, names[0].size() - 2) + "*";
        case 5:
            return "(" + disjunction(names, depth - 1) + ")";
        default:
            return of(names);
        }
    }

    std::mt19937_64 m_random;
};
