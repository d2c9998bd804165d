#include "core/value/yaml_scalar.h"

#include "core/value/tree_builder.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace cordon::yaml {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string_view withoutSign(std::string_view text)
{
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    return text;
}

bool areDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// `. digits` or `digits [. digits*]`, then `[e [sign] digits]`, without the leading sign.
bool isFloat(std::string_view text)
{
    const std::size_t exponent = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, exponent);
    if (exponent != std::string_view::npos && !areDigits(withoutSign(text.substr(exponent + 1))))
        return false;
    const std::size_t point = mantissa.find('.');
    if (point == std::string_view::npos)
        return areDigits(mantissa);
    const std::string_view fraction = mantissa.substr(point + 1);
    if (point == 0)
        return areDigits(fraction);
    return areDigits(mantissa.substr(0, point)) && (fraction.empty() || areDigits(fraction));
}

Result<Value> outOfRange(std::string_view text)
{
    return fail(ErrorCode::Invalid, "number out of range: " + quotedForDetail(text));
}

/// @param digits  the number without a base's prefix; a minus is read, a plus is not
Result<Value> readInt(std::string_view text, std::string_view digits, int base)
{
    std::int64_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number, base);
    if (read.ptr != end)
        return Value(text); // a text that begins like a number, however long
    return read.ec == std::errc() ? Value(number) : outOfRange(text);
}

Result<Value> readNumber(std::string_view text)
{
    const std::string_view unsignedText = withoutSign(text);
    const std::string_view withoutPlus = text.front() == '+' ? unsignedText : text;
    if (areDigits(unsignedText))
        return readInt(text, withoutPlus, 10);
    const bool hasPrefix = text.size() > 2 && text[0] == '0' && text[2] != '-';
    if (hasPrefix && text[1] == 'x')
        return readInt(text, text.substr(2), 16);
    if (hasPrefix && text[1] == 'o')
        return readInt(text, text.substr(2), 8);
    if (isFloat(unsignedText)) {
        double number = 0;
        const auto read = std::from_chars(withoutPlus.data(), withoutPlus.data() + withoutPlus.size(), number);
        return read.ec == std::errc() ? Value(number) : outOfRange(text);
    }
    if (isOneOf(unsignedText, {".inf", ".Inf", ".INF"})) {
        const double infinity = std::numeric_limits<double>::infinity();
        return Value(text.front() == '-' ? -infinity : infinity);
    }
    if (isOneOf(text, {".nan", ".NaN", ".NAN"}))
        return Value(std::numeric_limits<double>::quiet_NaN());
    return Value(text);
}

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// `2026-11-22`, alone or before a time.
bool isDate(std::string_view text)
{
    std::array<std::size_t, 3> lengths{};
    for (std::size_t part = 0; part < lengths.size(); ++part) {
        const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
        lengths[part] = static_cast<std::size_t>(end - text.begin());
        text.remove_prefix(lengths[part]);
        if (part == 2)
            break;
        if (text.empty() || text.front() != '-')
            return false;
        text.remove_prefix(1);
    }
    const bool hasShape = lengths[0] == 4 && lengths[1] >= 1 && lengths[1] <= 2 && lengths[2] >= 1 && lengths[2] <= 2;
    return hasShape && (text.empty() || text.front() == 'T' || text.front() == 't' || text.front() == ' ');
}

/// Any number of YAML 1.1 or 1.2, in lower case: decimal, hex, octal, binary, base 60, with `_` between digits.
bool isSomeNumber(std::string_view lower)
{
    const std::string_view text = withoutSign(lower);
    if (isOneOf(text, {".inf", ".nan"}))
        return true;
    std::string bare;
    std::copy_if(text.begin(), text.end(), std::back_inserter(bare), [](char c) { return c != '_' && c != ':'; });
    if (text.empty() || (!isDigit(text.front()) && text.front() != '.'))
        return false;
    if (bare.size() > 2 && bare[0] == '0' && (bare[1] == 'x' || bare[1] == 'o' || bare[1] == 'b'))
        return bare.find_first_not_of("0123456789abcdef", 2) == std::string::npos;
    return bare == "." || isFloat(bare);
}

bool isJsonInteger(std::string_view text)
{
    const bool isNegative = text.front() == '-';
    const std::string_view digits = text.substr(isNegative ? 1 : 0);
    return areDigits(digits) && (digits.front() != '0' || (digits.size() == 1 && !isNegative));
}

} // namespace

Result<Value> resolvePlain(std::string_view text)
{
    if (text.empty())
        return Value();
    switch (text.front()) {
    case '~':
        return text.size() == 1 ? Value() : Value(text);
    case 'n':
    case 'N':
        return isOneOf(text, {"null", "Null", "NULL"}) ? Value() : Value(text);
    case 't':
    case 'T':
        return isOneOf(text, {"true", "True", "TRUE"}) ? Value(true) : Value(text);
    case 'f':
    case 'F':
        return isOneOf(text, {"false", "False", "FALSE"}) ? Value(false) : Value(text);
    default:
        break;
    }
    const bool mayBeNumber = isDigit(text.front()) || text.front() == '-' || text.front() == '+' || text.front() == '.';
    return mayBeNumber ? readNumber(text) : Value(text);
}

Result<Value> resolvePlainStrictly(std::string_view text)
{
    if (text == "true" || text == "false")
        return Value(text == "true");
    if (text.empty())
        return fail(ErrorCode::Invalid, "empty value");
    if (isJsonInteger(text))
        return readInt(text, text, 10);
    const std::string lower = lowerCase(text);
    const bool isWord = isOneOf(lower, {"~", "null", "y", "n", "yes", "no", "on", "off", "true", "false", "=", "<<"});
    if (isWord || isDate(text) || isSomeNumber(lower))
        return fail(ErrorCode::Invalid, "ambiguous value " + quotedForDetail(text) + " needs quotes");
    return Value(text);
}

} // namespace cordon::yaml
