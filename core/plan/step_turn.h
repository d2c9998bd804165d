#pragma once

#include "core/cacao/condition.h"
#include "core/domain/plan.h"

namespace cordon::plan {

/// Whether the conditions that a step stands under hold: True, it may have its turn; False, its branch was not taken, and
/// the step is left out; Unknown, it waits. What a step has done before says the rest (`after`).
/// @param lookup  what is known beside the plan's own variables, asked first; may be empty
[[nodiscard]] cacao::Truth isItsTurn(const Step& step, const Plan& plan, const cacao::Condition::Lookup& lookup);

} // namespace cordon::plan
