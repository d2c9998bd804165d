#include "core/detect/scalar_text.h"

#include <array>
#include <charconv>

namespace cordon::detect {

std::string scalarText(const Value& value)
{
    switch (value.kind()) {
    case Value::Kind::Bool:
        return value.asBool() ? "true" : "false";
    case Value::Kind::Int:
        return std::to_string(value.asInt());
    case Value::Kind::Double: {
        std::array<char, 40> buffer{};
        const auto end = std::to_chars(buffer.begin(), buffer.end(), value.asDouble());
        return {buffer.begin(), end.ptr};
    }
    default:
        return value.asString();
    }
}

} // namespace cordon::detect
