#pragma once

#include <cstdlib>
#include <string_view>

namespace cordon::fuzz {

/// A claim that no input may break; ends the program otherwise, which the fuzzer reports.
inline void must(bool holds)
{
    if (!holds)
        std::abort();
}

inline std::string_view textOf(const unsigned char* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace cordon::fuzz
