#include "core/base/utf8.h"
#include "core/value/json.h"
#include "core/value/tree_builder.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace cordon::json {
namespace {

constexpr std::int64_t largestExact = (std::int64_t{1} << 53) - 1;
constexpr std::size_t canonicalDepth = 32;

/// The escapes of RFC 8785 section 3.2.2.2: the short ones where they exist, \u00xx for other controls.
void appendEscaped(std::string& out, char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '\b':
        out += "\\b";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\r':
        out += "\\r";
        return;
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    default:
        break;
    }
    const auto code = static_cast<unsigned char>(c);
    if (code >= 0x20) {
        out.push_back(c);
        return;
    }
    out += "\\u00";
    out.push_back(digits[code >> 4U]);
    out.push_back(digits[code & 15U]);
}

void appendString(std::string& out, std::string_view text)
{
    out.push_back('"');
    while (!text.empty()) {
        const auto special = std::find_if(text.begin(), text.end(), [](char c) {
            const auto code = static_cast<unsigned char>(c);
            return code < 0x20 || code >= 0x80 || c == '"' || c == '\\';
        });
        const auto plain = static_cast<std::size_t>(special - text.begin());
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const std::size_t length = utf8SequenceLength(text);
        if (length == 0)
            out += "\xEF\xBF\xBD";
        else if (length == 1)
            appendEscaped(out, text.front());
        else
            out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    out.push_back('"');
}

void appendInt(std::string& out, std::int64_t number)
{
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    out.append(std::begin(digits), end);
}

/// Shortest text that reads back as the same double. JSON has no infinity and no NaN: those become null.
void appendDouble(std::string& out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";
        return;
    }
    char digits[32];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    const std::string_view written(std::begin(digits), static_cast<std::size_t>(end - std::begin(digits)));
    out += written;
    if (written.find_first_of(".e") == std::string_view::npos)
        out += ".0"; // or it would read back as an integer
}

void appendBreak(std::string& out, int indent)
{
    if (indent < 0)
        return;
    out.push_back('\n');
    out.append(static_cast<std::size_t>(indent) * 2, ' ');
}

/// @param indent  depth of the value in two-space steps; negative for compact text
void appendValue(std::string& out, const Value& value, int indent)
{
    const int inner = indent < 0 ? indent : indent + 1;
    switch (value.kind()) {
    case Value::Kind::Null:
        out += "null";
        return;
    case Value::Kind::Bool:
        out += value.asBool() ? "true" : "false";
        return;
    case Value::Kind::Int:
        appendInt(out, value.asInt());
        return;
    case Value::Kind::Double:
        appendDouble(out, value.asDouble());
        return;
    case Value::Kind::String:
        appendString(out, value.asString());
        return;
    case Value::Kind::Array: {
        out.push_back('[');
        const char* separator = "";
        for (const Value& item : value.asArray()) {
            out += separator;
            separator = ",";
            appendBreak(out, inner);
            appendValue(out, item, inner);
        }
        if (!value.asArray().empty())
            appendBreak(out, indent);
        out.push_back(']');
        return;
    }
    case Value::Kind::Object: {
        out.push_back('{');
        const char* separator = "";
        for (const auto& [key, member] : value.asObject()) {
            out += separator;
            separator = ",";
            appendBreak(out, inner);
            appendString(out, key);
            out += indent < 0 ? ":" : ": ";
            appendValue(out, member, inner);
        }
        if (!value.asObject().empty())
            appendBreak(out, indent);
        out.push_back('}');
        return;
    }
    }
}

/// UTF-16 order of two valid UTF-8 texts. It is byte order, but for code points past U+FFFF: their surrogates
/// (D800 to DFFF) sort before U+E000 to U+FFFF, whose UTF-8 starts with EE or EF.
bool isBeforeInUtf16(std::string_view a, std::string_view b)
{
    const auto [inA, inB] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    if (inA == a.end() || inB == b.end())
        return inA == a.end() && inB != b.end();
    const auto left = static_cast<unsigned char>(*inA);
    const auto right = static_cast<unsigned char>(*inB);
    const bool isLeftPair = left >= 0xF0;
    const bool isRightPair = right >= 0xF0;
    if (left >= 0xEE && right >= 0xEE && isLeftPair != isRightPair)
        return isLeftPair;
    return left < right;
}

/// A double as ECMAScript writes it, which is how RFC 8785 wants it: shortest digits, an exponent from 1e21 and below 1e-6.
std::string ecmaNumber(double number)
{
    if (number == 0)
        return "0";
    char buffer[40];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), std::fabs(number), std::chars_format::scientific).ptr;
    const std::string_view written(std::begin(buffer), static_cast<std::size_t>(end - std::begin(buffer)));
    const auto mark = written.find('e');
    std::string digits;
    for (const char c : written.substr(0, mark)) {
        if (c != '.')
            digits.push_back(c);
    }
    const int exponent = std::atoi(std::string(written.substr(mark + 1)).c_str());
    const int count = static_cast<int>(digits.size());
    std::string out = number < 0 ? "-" : "";
    if (exponent >= count - 1 && exponent < 21)
        return out + digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
    if (exponent >= 0 && exponent < 21)
        return out + digits.substr(0, static_cast<std::size_t>(exponent + 1)) + "." + digits.substr(static_cast<std::size_t>(exponent + 1));
    if (exponent < 0 && exponent >= -6)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    out += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : "") + "e" + (exponent < 0 ? "-" : "+");
    return out + std::to_string(std::abs(exponent));
}

class CanonicalWriter
{
public:
    /// @param takesFractions  all of RFC 8785, not the stricter profile
    explicit CanonicalWriter(bool takesFractions) : m_takesFractions(takesFractions) {}

    Result<void> append(const Value& value)
    {
        switch (value.kind()) {
        case Value::Kind::Null:
        case Value::Kind::Bool:
            appendValue(m_out, value, -1);
            return {};
        case Value::Kind::Int:
            if (value.asInt() > largestExact || value.asInt() < -largestExact)
                return refuse("integer beyond 2^53-1");
            appendInt(m_out, value.asInt());
            return {};
        case Value::Kind::Double:
            if (!m_takesFractions || !std::isfinite(value.asDouble()))
                return refuse("number with a fraction or exponent");
            m_out += ecmaNumber(value.asDouble());
            return {};
        case Value::Kind::String:
            return appendText(value.asString());
        case Value::Kind::Array:
            return appendArray(value.asArray());
        case Value::Kind::Object:
            return appendObject(value.asObject());
        }
        return refuse("unknown kind");
    }
    [[nodiscard]] std::string take() { return std::move(m_out); }

private:
    Result<void> appendText(std::string_view text)
    {
        if (!isUtf8(text))
            return refuse("text is not UTF-8");
        appendString(m_out, text);
        return {};
    }

    Result<void> appendArray(const Value::Array& items)
    {
        CORDON_CHECK(enter());
        m_out.push_back('[');
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (i > 0)
                m_out.push_back(',');
            m_path.push_back({{}, i});
            CORDON_CHECK(append(items[i]));
            m_path.pop_back();
        }
        m_out.push_back(']');
        return {};
    }

    Result<void> appendObject(const Value::Object& members)
    {
        CORDON_CHECK(enter());
        std::vector<const Value::Object::value_type*> inOrder;
        inOrder.reserve(members.size());
        for (const auto& member : members)
            inOrder.push_back(&member);
        std::sort(inOrder.begin(), inOrder.end(),
                  [](const auto* a, const auto* b) { return isBeforeInUtf16(a->first, b->first); });
        m_out.push_back('{');
        const char* separator = "";
        for (const auto* member : inOrder) {
            m_out += separator;
            separator = ",";
            m_path.push_back({member->first, 0});
            CORDON_CHECK(appendText(member->first));
            m_out.push_back(':');
            CORDON_CHECK(append(member->second));
            m_path.pop_back();
        }
        m_out.push_back('}');
        return {};
    }

    /// INVARIANT: m_path grows by one per container on the way to a member, so its size is the depth outside.
    [[nodiscard]] Result<void> enter() const
    {
        if (m_path.size() >= canonicalDepth)
            return refuse("nested deeper than " + std::to_string(canonicalDepth));
        return {};
    }

    [[nodiscard]] tl::unexpected<Error> refuse(const std::string& why) const
    {
        std::string place;
        for (const Step& step : m_path) {
            place.push_back('/');
            place += step.key ? quotedForDetail(*step.key) : std::to_string(step.index);
        }
        return fail(ErrorCode::Invalid, "no canonical form: " + why + " at " + (place.empty() ? "the top" : place));
    }

    struct Step
    {
        std::optional<std::string_view> key; ///< of an object's member, or else
        std::size_t index = 0;               ///< of an array's item
    };

    bool m_takesFractions;
    std::string m_out;
    std::vector<Step> m_path;
};

} // namespace

std::string write(const Value& value)
{
    std::string out;
    appendValue(out, value, -1);
    return out;
}

std::string writePretty(const Value& value)
{
    std::string out;
    appendValue(out, value, 0);
    out.push_back('\n');
    return out;
}

Result<std::string> canonical(const Value& value)
{
    CanonicalWriter writer(false);
    CORDON_CHECK(writer.append(value));
    return writer.take();
}

Result<std::string> canonicalOfOthers(const Value& value)
{
    CanonicalWriter writer(true);
    CORDON_CHECK(writer.append(value));
    return writer.take();
}

} // namespace cordon::json
