#pragma once

#include "core/domain/alert.h"

namespace cordon {

/// How the ids of rules begin that stand for an indicator somebody shared; no other rule's does.
inline constexpr std::string_view sightingRule = "indicator:";

/// True when the alert says no more than that an indicator was seen. Such a one ties and shows, but is no misuse: it
/// neither verifies scope nor counts for any tier.
[[nodiscard]] inline bool isSighting(const Alert& alert)
{
    return alert.rule.id.starts_with(sightingRule);
}

} // namespace cordon
