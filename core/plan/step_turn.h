#pragma once

#include "core/cacao/condition.h"
#include "core/domain/plan.h"

#include <functional>
#include <optional>

namespace cordon::plan {

/// What is known of a variable when a condition of that kind asks.
using VariableLookup = std::function<std::optional<cacao::Known>(std::string_view, StepCondition::Kind)>;

/// Whether the conditions that a step stands under hold: True, it may have its turn; False, its branch was not taken, and
/// the step is left out; Unknown, it waits. What a step has done before says the rest (`after`).
/// Computed anew at each pass: a predecessor that is taken up again decides afresh, and so does what a check says.
/// @param lookup  what is known beside the plan's own variables, asked first, for a condition of that kind; may be empty
[[nodiscard]] cacao::Truth isItsTurn(const Step& step, const Plan& plan, const VariableLookup& lookup);

} // namespace cordon::plan
