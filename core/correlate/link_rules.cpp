#include "core/correlate/link_rules.h"

#include "core/domain/session_name.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace cordon::correlate {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, tacticCount> tactics{
    "reconnaissance",       "resource-development", "initial-access",    "execution", "persistence",
    "privilege-escalation", "defense-evasion",      "credential-access", "discovery", "lateral-movement",
    "collection",           "command-and-control",  "exfiltration",      "impact"};

} // namespace

LinkStrength strengthOf(LinkReason reason)
{
    switch (reason) {
    case LinkReason::SameCredential:
        return {1.0, 48h};
    case LinkReason::CreatedThenUsed:
        return {1.0, 24h * 7};
    case LinkReason::ActedThrough:
        return {0.95, 24h};
    case LinkReason::SameAccount:
    case LinkReason::SameThing:
        return {0.9, 24h};
    case LinkReason::ChangedThenActed:
        return {0.8, 6h};
    case LinkReason::RightsGiven:
        return {0.8, 6h};
    case LinkReason::SameRole:
        return {0.8, 12h};
    case LinkReason::SameHost:
        return {0.8, 6h};
    case LinkReason::WasOnHost:
        return {0.8, 6h};
    case LinkReason::SharedTarget:
        return {0.45, 6h};
    case LinkReason::SharedAddress:
        break;
    }
    return {0.45, 6h};
}

double fadedBy(Duration gap, Duration halfLife)
{
    if (gap <= Duration::zero())
        return 1;
    return std::exp2(-static_cast<double>(gap.count()) / static_cast<double>(halfLife.count()));
}

double rarityOf(int identities)
{
    return identities <= 2 ? 1.0 : 1.0 / (1.0 + std::log2(identities - 1));
}

bool isHostsOwn(const EntityRef& account)
{
    if (account.kind != EntityKind::Account)
        return false;
    const std::string_view id = account.id;
    // Nobody, the system and its two service accounts, where a record gives no name.
    for (const std::string_view sid : {"s-1-0-0", "s-1-5-18", "s-1-5-19", "s-1-5-20"}) {
        if (id == sid)
            return true;
    }
    return id.ends_with('$') || id.starts_with("nt authority\\") || id.starts_with("window manager\\") ||
           id.starts_with("font driver host\\");
}

std::optional<EntityRef> holderOf(const EntityRef& credential)
{
    const std::string_view id = credential.id;
    const auto slash = id.rfind('/');
    if (!isSessionName(credential) || id.find(":assumed-role/") == std::string_view::npos || slash == std::string_view::npos)
        return std::nullopt;
    const std::string_view name = id.substr(slash + 1);
    const std::string_view digits = name.substr(std::min<std::size_t>(2, name.size()));
    const bool isInstance = name.starts_with("i-") && (digits.size() == 8 || digits.size() == 17) &&
                            std::all_of(digits.begin(), digits.end(), [](char c) {
                                return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                            });
    if (!isInstance)
        return std::nullopt;
    return EntityRef{EntityKind::Workload, std::string(name), "instance", std::string(name)};
}

std::string_view tenantOf(const EntityRef& entity)
{
    std::string_view rest = entity.id;
    if (!rest.starts_with("arn:"))
        return {};
    for (int part = 0; part < 4; ++part) {
        const auto colon = rest.find(':');
        if (colon == std::string_view::npos)
            return {};
        rest.remove_prefix(colon + 1);
    }
    return rest.substr(0, rest.find(':'));
}

bool givesPower(std::string_view relation, EntityKind kind)
{
    for (const std::string_view known : {"created", "activated", "attached", "granted", "assumed", "impersonated"}) {
        if (relation == known)
            return true;
    }
    return (kind == EntityKind::Role && relation == "updated") ||
           (kind == EntityKind::Workload && (relation == "used" || relation == "updated"));
}

int tacticPlace(std::string_view tactic)
{
    const auto same = [tactic](std::string_view known) {
        return std::equal(known.begin(), known.end(), tactic.begin(), tactic.end(),
                          [](char a, char b) { return a == b || (a == '-' && b == '_'); });
    };
    if (tactic == "stealth" || tactic == "defense-impairment") // ATT&CK v19 splits defense evasion in two
        return tacticPlace("defense-evasion");
    return static_cast<int>(std::find_if(tactics.begin(), tactics.end(), same) - tactics.begin());
}

} // namespace cordon::correlate
