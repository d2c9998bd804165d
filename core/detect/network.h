#pragma once

#include "core/base/result.h"

#include <array>
#include <string>
#include <string_view>

namespace cordon::detect {

/// An IPv4 or IPv6 network in CIDR notation (modifier cidr).
class Network
{
public:
    /// Reads `10.0.0.0/8`, `2001:db8::/32` or a lone address. Bits after the prefix are ignored. ErrorCode::Invalid
    /// else.
    [[nodiscard]] static Result<Network> parse(std::string_view text);
    /// False for what is no address. An IPv4 address written in IPv6 (`::ffff:10.0.0.1`) counts as IPv4.
    [[nodiscard]] bool contains(std::string_view address) const;

private:
    std::array<unsigned char, 16> m_bytes{}; ///< IPv4 as mapped IPv6
    unsigned m_prefix = 128;
};

/// The network that people mean by "from the same place": an IPv4 address's /24, an IPv6 address's /48, such as
/// `192.0.2.0/24`. "" for what is no address.
[[nodiscard]] std::string surroundingNetwork(std::string_view address);

} // namespace cordon::detect
