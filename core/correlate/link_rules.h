#pragma once

#include "core/base/time.h"
#include "core/domain/entity.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cordon::correlate {

/// Why two alerts may belong together. The order is that of strength at equal time.
enum class LinkReason : std::uint8_t {
    SameCredential,   ///< done with the same credential
    CreatedThenUsed,  ///< the first alert made it, the second acted with or as it
    ActedThrough,     ///< one identity made or assumed what the other alert acted with
    SameAccount,      ///< done by the same account
    SameThing,        ///< done by the same identity under two names
    ChangedThenActed, ///< the first alert changed what it may do, the second acted as it
    RightsGiven,      ///< whoever did the one gave rights to what did the other
    SameRole,         ///< done by the same role
    SameHost,         ///< both happened on the same host, of which few accounts are known
    WasOnHost,        ///< whoever did the one was on the host when the other happened there in nobody's name
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

/// No session lasts longer (GetFederationToken: 36 hours; a role's: 12).
inline constexpr Duration longestSession = std::chrono::hours(36);

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

/// True for the account that a host or its system has of itself: what it does, the host does.
[[nodiscard]] bool isHostsOwn(const EntityRef& account);

/// Who holds the credential by how the provider names it, where that is no account: the instance that the session of an
/// instance's role is named after. Nothing for others.
[[nodiscard]] std::optional<EntityRef> holderOf(const EntityRef& credential);

/// Somebody counts as being on a host for so long after having done something there.
inline constexpr Duration presenceSpan = std::chrono::minutes(20);

/// The account or organisation that the id names (`123456789012` of an ARN); "" when it names none.
[[nodiscard]] std::string_view tenantOf(const EntityRef& entity);

/// True when what an alert did to a thing decides what the thing can do next: whoever made it or let it act is behind it.
/// "updated" also stands for rights taken away; of a role it may be its trust. Whoever works on a workload holds its rights.
[[nodiscard]] bool givesPower(std::string_view relation, EntityKind kind);

/// Place of an ATT&CK tactic in the usual course of an attack, 0..13; 14 when unknown. Reads `-` and `_` alike.
[[nodiscard]] int tacticPlace(std::string_view tactic);
inline constexpr int tacticCount = 14;

} // namespace cordon::correlate
