#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::words {

/// A number with its English noun: `1 alert`, `2 alerts`. @param many  where the plural is not made by an s
[[nodiscard]] inline std::string counted(std::int64_t count, std::string_view one, std::string_view many = {})
{
    std::string text = std::to_string(count) + " ";
    if (count == 1 || many.empty())
        text += one;
    else
        text += many;
    return count == 1 || !many.empty() ? text : text + "s";
}

} // namespace cordon::words
