#include "core/detect/keyed_hash.h"

#include <array>
#include <bit>
#include <cstring>
#include <random>

namespace cordon::detect {
namespace {

using State = std::array<std::uint64_t, 4>;

void round(State& v)
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = std::rotl(v[1], 13) ^ v[0];
    v[3] = std::rotl(v[3], 16) ^ v[2];
    v[0] = std::rotl(v[0], 32) + v[3];
    v[2] += v[1];
    v[3] = std::rotl(v[3], 21) ^ v[0];
    v[1] = std::rotl(v[1], 17) ^ v[2];
    v[2] = std::rotl(v[2], 32);
}

void take(State& v, std::uint64_t word)
{
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
}

/// The bytes as a little-endian number.
std::uint64_t wordAt(std::string_view bytes)
{
    std::array<unsigned char, 8> word{};
    std::memcpy(word.data(), bytes.data(), bytes.size());
    std::uint64_t number = 0;
    for (std::size_t at = word.size(); at-- > 0;)
        number = (number << 8U) | word[at];
    return number;
}

HashKey drawnKey()
{
    std::random_device device;
    const auto word = [&device] { return (static_cast<std::uint64_t>(device()) << 32U) | device(); };
    return {word(), word()};
}

} // namespace

std::uint64_t sipHash(const HashKey& key, std::string_view text)
{
    State v{key.first ^ 0x736f6d6570736575U, key.second ^ 0x646f72616e646f6dU, key.first ^ 0x6c7967656e657261U,
            key.second ^ 0x7465646279746573U};
    const auto length = static_cast<std::uint64_t>(text.size());
    for (; text.size() >= 8; text.remove_prefix(8))
        take(v, wordAt(text.substr(0, 8)));
    take(v, wordAt(text) | (length << 56U));
    v[2] ^= 0xFFU;
    for (int at = 0; at < 4; ++at)
        round(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

std::uint64_t keyedHash(std::string_view text)
{
    static const HashKey key = drawnKey();
    return sipHash(key, text);
}

} // namespace cordon::detect
