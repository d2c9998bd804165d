#include "core/correlate/link_rules.h"

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
        return {0.9, 24h};
    case LinkReason::ChangedThenActed:
        return {0.8, 6h};
    case LinkReason::RightsGiven:
        return {0.8, 6h};
    case LinkReason::SameRole:
        return {0.8, 12h};
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
