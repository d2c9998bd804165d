#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// What is compared with an identity's own past.
enum class BaselineTrait : std::uint8_t {
    Action,  ///< the provider's verb, `iam:CreateUser`
    Service, ///< what stands before the verb's colon; the log source where there is none
    Network, ///< the address's /24 (IPv4) or /48 (IPv6)
    Region,
    Client, ///< first product of the user agent, without its version
};
inline constexpr std::array allBaselineTraits{BaselineTrait::Action, BaselineTrait::Service, BaselineTrait::Network,
                                              BaselineTrait::Region, BaselineTrait::Client};
/// "action", "service", "network", "region", "client"
[[nodiscard]] std::string_view toString(BaselineTrait trait);

/// How an event stands to the past of the identity that did it. Source: docs/formats/baseline.md
struct BaselineFacts
{
    /// A value that the identity never had before.
    struct Fresh
    {
        BaselineTrait trait = BaselineTrait::Action;
        std::string value;
        /// 0..1: how often, in the later half of its past, an event of the identity brought a new value of this trait.
        /// The lower, the more a new one means.
        double rarity = 1;
    };
    std::vector<Fresh> fresh; ///< by trait
    std::uint64_t pastEvents = 0;
    double pastDays = 0;
};

} // namespace cordon::detect
