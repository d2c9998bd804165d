#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// Where the bytes stand that give JSON its shape, in 64 bytes of it: one bit per byte, lowest bit first. Strings are not
/// known yet: a bracket in one is marked like any other.
struct JsonMasks
{
    std::uint64_t quotes = 0;
    std::uint64_t backslashes = 0;
    std::uint64_t commas = 0;
    std::uint64_t colons = 0;
    std::uint64_t objectOpeners = 0;
    std::uint64_t arrayOpeners = 0;
    std::uint64_t closers = 0;  ///< } and ]
    std::uint64_t spaces = 0;   ///< space, tab, line feed, carriage return
    std::uint64_t controls = 0; ///< bytes below 0x20
    std::uint64_t beyondAscii = 0;
};

/// One way of filling masks.
struct JsonMaskKernel
{
    std::string_view name;
    /// Fills one entry of `masks` per 64 bytes of `text`; all of them must be readable, at any alignment.
    void (*fill)(const char* text, std::size_t blocks, JsonMasks* masks) = nullptr;
};

/// The ways that this processor can run, quickest first: 64, 32 or 16 bytes at a time, then one by one.
[[nodiscard]] const std::vector<JsonMaskKernel>& jsonMaskKernels();

} // namespace cordon::ingest
