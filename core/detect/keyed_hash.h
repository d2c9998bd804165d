#pragma once

#include <cstdint>
#include <string_view>

namespace cordon::detect {

struct HashKey
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// SipHash-2-4. Whoever does not know the key cannot make two texts with the same hash.
/// Source: J.-P. Aumasson, D. J. Bernstein, SipHash: a fast short-input PRF, 2012
[[nodiscard]] std::uint64_t sipHash(const HashKey& key, std::string_view text);

/// A number that stands for a text of a log while the program runs; the key is drawn anew at each start, so that a log
/// cannot be made whose texts are taken for one another. Safe from any thread.
[[nodiscard]] std::uint64_t keyedHash(std::string_view text);

} // namespace cordon::detect
