#pragma once

#include "core/act/connector.h"

#include <string_view>
#include <vector>

namespace cordon::act {

/// Attributes of `TargetFacts::state` that the verb changes or destroys, sorted. Empty for a verb that changes
/// nothing; null for an unknown verb. Source: docs/formats/expected-state.md
[[nodiscard]] const std::vector<std::string_view>* attributesChangedBy(std::string_view verb);

/// The same digest as `expectedState(verb, facts)` for one target; for several, one digest over all of them in the
/// order of the action's targets. ErrorCode::Unsupported for an unknown verb, Invalid for no targets or a state
/// that has no canonical form.
[[nodiscard]] Result<std::string> expectedState(const std::string& verb, const std::vector<TargetFacts>& facts);

} // namespace cordon::act
