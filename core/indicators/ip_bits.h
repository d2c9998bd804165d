#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cordon::indicators {

/// An IP address as 16 bytes; IPv4 as IPv6 maps it.
struct IpBits
{
    std::array<std::uint8_t, 16> bytes{};
    bool isV4 = false;

    auto operator<=>(const IpBits&) const = default;
    /// The first `length` bits (of 128), the others zero.
    [[nodiscard]] IpBits prefix(int length) const;
};

/// Reads `203.0.113.5` and every text form of IPv6 without a zone. Nothing for leading zeros and anything else.
[[nodiscard]] std::optional<IpBits> readIp(std::string_view text);

} // namespace cordon::indicators
