#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern::naive {

/// Canonical JSON a second time, from docs/formats/canonical.md alone and without any of the program's own code: one
/// pass that reads characters and writes the canonical text as it goes. For comparing.
class Canonicaliser
{
public:
    [[nodiscard]] static std::optional<std::string> of(std::string_view text)
    {
        Canonicaliser reader(text);
        std::string out = reader.value(0);
        reader.skip();
        return reader.m_isGood && reader.m_at == text.size() ? std::optional(out) : std::nullopt;
    }

private:
    explicit Canonicaliser(std::string_view text)
        : m_text(text)
    {}

    static constexpr int deepest = 32;
    static constexpr std::int64_t largest = 9007199254740991; // 2^53 - 1

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_isGood = true;

    [[nodiscard]] int peek() const { return m_at < m_text.size() ? static_cast<unsigned char>(m_text[m_at]) : -1; }
    std::string bad()
    {
        m_isGood = false;
        return {};
    }
    void skip()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }
    bool take(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        return true;
    }

    std::string value(int depth)
    {
        skip();
        if (depth > deepest || !m_isGood)
            return bad();
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return written(string());
        case 't':
            return take("true") ? "true" : bad();
        case 'f':
            return take("false") ? "false" : bad();
        case 'n':
            return take("null") ? "null" : bad();
        default:
            return number();
        }
    }

    std::string number()
    {
        const bool isNegative = take("-");
        if (peek() < '0' || peek() > '9')
            return bad();
        const std::size_t start = m_at;
        std::int64_t magnitude = 0;
        while (peek() >= '0' && peek() <= '9') {
            magnitude = magnitude * 10 + (peek() - '0');
            if (magnitude > largest)
                return bad();
            ++m_at;
        }
        const bool isPadded = m_at - start > 1 && m_text[start] == '0';
        if (isPadded || peek() == '.' || peek() == 'e' || peek() == 'E')
            return bad();
        return (isNegative && magnitude != 0 ? "-" : "") + std::to_string(magnitude);
    }

    /// One code point of UTF-8 as it stands, or of an escape; -1 when it is none.
    std::int64_t hex4()
    {
        std::int64_t unit = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const int c = peek();
            const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
            if (digit < 0)
                return -1;
            unit = unit * 16 + digit;
        }
        return unit;
    }

    std::u32string string()
    {
        std::u32string points;
        ++m_at;
        while (m_isGood) {
            const int c = peek();
            if (c < 0x20) // also the end of the text
                break;
            if (c == '"') {
                ++m_at;
                return points;
            }
            const std::int64_t point = c == '\\' ? escaped() : plain();
            if (point < 0)
                break;
            points.push_back(static_cast<char32_t>(point));
        }
        m_isGood = false;
        return {};
    }

    std::int64_t escaped()
    {
        ++m_at;
        const int c = peek();
        ++m_at;
        switch (c) {
        case '"': case '\\': case '/':
            return c;
        case 'b':
            return 8;
        case 't':
            return 9;
        case 'n':
            return 10;
        case 'f':
            return 12;
        case 'r':
            return 13;
        case 'u':
            break;
        default:
            return -1;
        }
        const std::int64_t high = hex4();
        if (high < 0xD800 || high > 0xDFFF)
            return high;
        if (high > 0xDBFF || !take("\\u"))
            return -1;
        const std::int64_t low = hex4();
        return low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : -1;
    }

    std::int64_t plain()
    {
        const int first = peek();
        ++m_at;
        if (first < 0x80)
            return first;
        const int more = first >= 0xC2 && first <= 0xDF ? 1 : first >= 0xE0 && first <= 0xEF ? 2 : first >= 0xF0 && first <= 0xF4 ? 3 : -1;
        if (more < 0)
            return -1;
        std::int64_t point = first & (0x3F >> more);
        for (int i = 0; i < more; ++i, ++m_at) {
            if ((peek() & 0xC0) != 0x80 || peek() < 0)
                return -1;
            point = point << 6 | (peek() & 0x3F);
        }
        constexpr std::array<std::int64_t, 4> least{0, 0x80, 0x800, 0x10000};
        const bool isSurrogate = point >= 0xD800 && point <= 0xDFFF;
        return point < least[static_cast<std::size_t>(more)] || point > 0x10FFFF || isSurrogate ? -1 : point;
    }

    static std::string written(const std::u32string& points)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string out = "\"";
        for (const char32_t point : points) {
            const std::size_t known = std::u32string_view(U"\b\t\n\f\r\"\\").find(point);
            if (known != std::u32string_view::npos)
                out += std::string("\\") + "btnfr\"\\"[known];
            else if (point < 0x20)
                out += std::string("\\u00") + digits[point >> 4U] + digits[point & 15U];
            else
                append(out, point);
        }
        return out + '"';
    }

    static void append(std::string& out, char32_t point)
    {
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0 | (point >> 6U));
            out += static_cast<char>(0x80 | (point & 0x3FU));
        } else if (point < 0x10000) {
            out += static_cast<char>(0xE0 | (point >> 12U));
            out += static_cast<char>(0x80 | (point >> 6U & 0x3FU));
            out += static_cast<char>(0x80 | (point & 0x3FU));
        } else {
            out += static_cast<char>(0xF0 | (point >> 18U));
            out += static_cast<char>(0x80 | (point >> 12U & 0x3FU));
            out += static_cast<char>(0x80 | (point >> 6U & 0x3FU));
            out += static_cast<char>(0x80 | (point & 0x3FU));
        }
    }

    /// RFC 8785 sorts by UTF-16 units.
    static std::u16string units(const std::u32string& points)
    {
        std::u16string out;
        for (const char32_t point : points) {
            if (point >= 0x10000) {
                out += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10U));
                out += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FFU));
            } else {
                out += static_cast<char16_t>(point);
            }
        }
        return out;
    }

    std::string object(int depth)
    {
        std::map<std::u16string, std::string> members;
        ++m_at;
        skip();
        while (m_isGood && !take("}")) {
            if (!members.empty() && !take(","))
                return bad();
            skip();
            if (peek() != '"')
                return bad();
            const std::u32string name = string();
            skip();
            if (!take(":"))
                return bad();
            std::string member = written(name) + ':' + value(depth + 1);
            if (!members.emplace(units(name), std::move(member)).second)
                return bad();
            skip();
        }
        std::string out = "{";
        for (const auto& [key, member] : members)
            out += (out.size() > 1 ? "," : "") + member;
        return out + '}';
    }

    std::string array(int depth)
    {
        std::string out = "[";
        ++m_at;
        skip();
        while (m_isGood && !take("]")) {
            if (out.size() > 1) {
                if (!take(","))
                    return bad();
                out += ',';
            }
            out += value(depth + 1);
            skip();
        }
        return out + ']';
    }
};

/// Random JSON texts in many spellings, some of them of the same thing, some broken.
class TextMaker
{
public:
    explicit TextMaker(std::uint64_t seed)
        : m_random(seed)
    {}

    struct Node
    {
        enum class Kind { Plain, Text, Array, Object } kind = Kind::Plain;
        std::string text; ///< of a plain value; code points of a text as UTF-8
        std::vector<std::string> names;
        std::vector<Node> children;
    };

    [[nodiscard]] Node node(int depth)
    {
        Node made;
        const int kind = below(depth > 3 ? 5 : 8);
        if (kind < 3) {
            static const std::array<const char*, 16> plain{"0", "1", "-1", "42", "9007199254740991", "-9007199254740991",
                                                           "true", "false", "null", "7", "9007199254740992", "1.0",
                                                           "1e2", "-0", "01", "12345678901234567890"};
            made.text = plain[static_cast<std::size_t>(below(below(4) == 0 ? 16 : 10))];
        } else if (kind < 5) {
            made.kind = Node::Kind::Text;
            made.text = text();
        } else {
            made.kind = kind == 5 ? Node::Kind::Array : Node::Kind::Object;
            const int count = below(4);
            for (int i = 0; i < count; ++i) {
                made.names.push_back(text());
                made.children.push_back(node(depth + 1));
            }
        }
        return made;
    }

    /// The same value, spelled in one of many ways.
    [[nodiscard]] std::string spelled(const Node& value)
    {
        switch (value.kind) {
        case Node::Kind::Plain:
            return blank() + value.text + blank();
        case Node::Kind::Text:
            return blank() + quoted(value.text) + blank();
        default:
            break;
        }
        const bool isObject = value.kind == Node::Kind::Object;
        std::vector<std::size_t> order(value.children.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        if (isObject)
            std::shuffle(order.begin(), order.end(), m_random);
        std::string out = blank() + (isObject ? "{" : "[");
        bool isFirst = true;
        for (const std::size_t i : order) {
            out += isFirst ? "" : ",";
            out += isObject ? blank() + quoted(value.names[i]) + blank() + ':' : std::string();
            out += spelled(value.children[i]);
            isFirst = false;
        }
        return out + blank() + (isObject ? "}" : "]") + blank();
    }

    /// A text with something turned, dropped or doubled.
    [[nodiscard]] std::string broken(std::string text)
    {
        for (int i = 0; i <= below(3) && !text.empty(); ++i) {
            const auto at = static_cast<std::size_t>(below(static_cast<int>(text.size())));
            switch (below(4)) {
            case 0:
                text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
                break;
            case 1:
                text.erase(at, 1);
                break;
            case 2:
                text.insert(at, text.substr(at, static_cast<std::size_t>(below(9))));
                break;
            default: {
                static const std::array<const char*, 10> odd{"\\ud800", "\\udc00", "\xED\xA0\x80", "\xC0\xAF", "\xFF", "\\u0000",
                                                             "e\xCC\x81", "\xC3\xA9", "\\u00e9", "//"};
                text.insert(at, odd[static_cast<std::size_t>(below(10))]);
            }
            }
        }
        return text;
    }

    [[nodiscard]] int below(int end) { return static_cast<int>(m_random() % static_cast<std::uint64_t>(end)); }

private:
    std::string blank()
    {
        static const std::array<const char*, 6> blanks{"", "", "", " ", "\n", "\t\r "};
        return blanks[static_cast<std::size_t>(below(6))];
    }
    /// Few names, so that they collide; NFC and NFD of one letter, letters beyond the first plane, controls.
    std::string text()
    {
        static const std::array<const char*, 16> pieces{"a", "b", "ab", "id", "kind", "\xC3\xA9", "e\xCC\x81", "\xF0\x9F\x94\x91", "\xEF\xBF\xBD",
                                                        "\n", "\"", "\\", "/", "\x01", "\xE2\x80\xAE", "1"};
        std::string made;
        for (int i = below(3); i >= 0; --i)
            made += pieces[static_cast<std::size_t>(below(16))];
        return made;
    }
    std::string quoted(const std::string& text)
    {
        std::string out = "\"";
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            const bool mustEscape = byte < 0x20 || c == '"' || c == '\\';
            if (mustEscape || (byte < 0x80 && below(8) == 0)) {
                static const char* digits[2] = {"0123456789abcdef", "0123456789ABCDEF"};
                const char* hex = digits[below(2)];
                if (c == '\n' && below(2) == 0)
                    out += "\\n";
                else if ((c == '"' || c == '\\' || c == '/') && below(2) == 0)
                    out += std::string("\\") + c;
                else
                    out += std::string("\\u00") + hex[byte >> 4U] + hex[byte & 15U];
            } else {
                out += c;
            }
        }
        return out + '"';
    }

    std::mt19937_64 m_random;
};

} // namespace cordon::govern::naive
