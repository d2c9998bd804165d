#pragma once

#include <optional>
#include <string_view>

namespace cordon::govern {

/// Kleene's three values. What nobody answered is Unknown: a forbid then matches, a permit does not.
enum class Truth { False, Unknown, True };

[[nodiscard]] constexpr Truth both(Truth a, Truth b)
{
    return a < b ? a : b;
}
[[nodiscard]] constexpr Truth either(Truth a, Truth b)
{
    return a > b ? a : b;
}
[[nodiscard]] constexpr Truth negated(Truth a)
{
    return a == Truth::Unknown ? a : a == Truth::True ? Truth::False : Truth::True;
}
[[nodiscard]] constexpr Truth truth(bool value)
{
    return value ? Truth::True : Truth::False;
}
[[nodiscard]] constexpr Truth truth(std::optional<bool> value)
{
    return value ? truth(*value) : Truth::Unknown;
}
[[nodiscard]] constexpr std::string_view toString(Truth value)
{
    return value == Truth::True ? "true" : value == Truth::False ? "false" : "unknown";
}

} // namespace cordon::govern
