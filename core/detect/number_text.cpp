#include "core/detect/number_text.h"

#include <charconv>
#include <cmath>

namespace cordon::detect {

std::optional<double> numberIn(std::string_view text)
{
    double number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    const bool isNumber = read.ec == std::errc() && read.ptr == end && std::isfinite(number);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::optional<double> numberIn(const FieldValue& value)
{
    if (value.kind == FieldValue::Kind::Number)
        return value.number;
    return value.kind == FieldValue::Kind::String ? numberIn(value.text) : std::nullopt;
}

} // namespace cordon::detect
