#pragma once

#include "core/domain/action.h"
#include "core/domain/target_facts.h"

namespace cordon::connectors {

/// Whether what an action wants is so.
enum class Effect { There, NotThere, Unclear };

/// Reads an action's effect from the facts alone, by the attributes of docs/formats/expected-state.md, whatever the provider.
/// @param since  for verbs that leave a time behind: what is older is not this action's. Nothing known: Unclear
/// ErrorCode::Unsupported for a verb whose effect no attribute tells.
[[nodiscard]] Result<Effect> effectIn(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since);
/// What a grant.remove is about: its parameter `grant`, `role`, `group`, `policy` or `resource`, the first that is there, or "".
[[nodiscard]] std::string grantOf(const Action& action);

} // namespace cordon::connectors
