#pragma once

#include "core/base/time.h"
#include "core/domain/entity.h"

#include <cstdint>
#include <string_view>

namespace cordon::correlate {

/// Why two alerts may belong together. The order is that of strength at equal time.
enum class LinkReason : std::uint8_t {
    SameCredential,   ///< done with the same credential
    CreatedThenUsed,  ///< the first alert made it, the second acted with or as it
    ActedThrough,     ///< one identity made or assumed what the other alert acted with
    SameAccount,      ///< done by the same account
    ChangedThenActed, ///< the first alert changed what it may do, the second acted as it
    RightsGiven,      ///< whoever did the one gave rights to what did the other
    SameRole,         ///< done by the same role
    SharedTarget,     ///< both acted on the same thing
    SharedAddress,    ///< both came from the same address
};

/// How strongly a reason links at best, and how fast that fades.
struct LinkStrength
{
    double base = 0;      ///< 0..1
    Duration halfLife{1}; ///< the weight halves with every such gap
};

[[nodiscard]] LinkStrength strengthOf(LinkReason reason);

/// Alerts whose best link weighs less stay apart.
inline constexpr double joinThreshold = 0.5;
/// A link whose later alert lies further along the tactics weighs this much more.
inline constexpr double tacticProgressFactor = 1.25;
/// Alerts done as one role through sessions of different people.
inline constexpr double differentRootFactor = 0.3;

/// 0..1: what is left of a weight after `gap`.
[[nodiscard]] double fadedBy(Duration gap, Duration halfLife);

/// 0..1: how much an entity says that `identities` different identities were seen with; 1 up to two.
[[nodiscard]] double rarityOf(int identities);

/// The account or organisation that the id names (`123456789012` of an ARN); "" when it names none.
[[nodiscard]] std::string_view tenantOf(const EntityRef& entity);

/// Place of an ATT&CK tactic in the usual course of an attack, 0..13; 14 when unknown. Reads `-` and `_` alike.
[[nodiscard]] int tacticPlace(std::string_view tactic);
inline constexpr int tacticCount = 14;

} // namespace cordon::correlate
