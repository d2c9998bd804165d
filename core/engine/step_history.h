#pragma once

#include "core/domain/plan.h"

#include <string>
#include <vector>

namespace cordon::engine {

/// Whether something was done, undone or decided by a person: that stays, whatever becomes of the step's incident. What
/// waits, ran out or was denied by the mandate may be proposed anew.
[[nodiscard]] bool hasHistory(const Step& step);

/// A step was taken back: what looked whether it helped is to be looked at again. @return those steps, proposed again
std::vector<Step> lookAgainAfterUndo(Plan& plan, const std::string& undone);

} // namespace cordon::engine
