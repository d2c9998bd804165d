#pragma once

#include "core/investigate/identity_history.h"
#include "core/investigate/rarity.h"

namespace cordon::investigate {

/// The incident in about ten sentences, in the order of time, each with the events that prove it (at most 40). What
/// was tried and refused is told apart from what was done; repeated acts are told once, with their number.
/// @param brief  with everything but the story filled in
[[nodiscard]] Result<std::vector<Finding>> storyOf(const Inquiry& inquiry, const Brief& brief, const IdentityHistory& history,
                                                   const std::vector<ShortPast>& shortPasts);

} // namespace cordon::investigate
