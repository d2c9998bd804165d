#pragma once

#include "core/domain/plan.h"

#include <string>
#include <vector>

namespace cordon::engine {

/// Whether something was done, undone or decided by a person: that stays, whatever becomes of the step's incident. What
/// waits, ran out or was denied by the mandate may be proposed anew.
[[nodiscard]] bool hasHistory(const Step& step);

/// Whether nobody knows what became of it, also where a person let the others go on without it.
[[nodiscard]] bool isUnsettled(const Step& step);

/// Whether a step that is over may simply be done anew: it only looks at things or keeps what they are, or it notes
/// something in a record of changes and surely did not.
[[nodiscard]] bool isDoneAnew(const Step& step, OutcomeState outcome);

/// Whether it is left out because a condition of its playbook does not hold now. Nobody decided that: each pass asks anew.
[[nodiscard]] bool isBranchNotTaken(const Step& step);

/// Back to where it was before it was done: judged and done once more.
void doAnew(Step& step);

/// A step was taken back: what looked whether it helped is to be looked at again. @return those steps, proposed again
std::vector<Step> lookAgainAfterUndo(Plan& plan, const std::string& undone);

} // namespace cordon::engine
