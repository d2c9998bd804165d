#include "core/engine/step_history.h"

#include <algorithm>

namespace cordon::engine {

bool hasHistory(const Step& step)
{
    switch (step.state) {
    case StepState::Executing:
    case StepState::Verified:
    case StepState::Failed:
    case StepState::Unknown:
    case StepState::Reverted:
    case StepState::DoneElsewhere: return true;
    case StepState::Skipped: return !step.doneBy.empty();
    case StepState::Denied: return step.note.code == "step.person_said";
    default: return false;
    }
}

std::vector<Step> lookAgainAfterUndo(Plan& plan, const std::string& undone)
{
    std::vector<Step> open;
    for (Step& step : plan.steps) {
        const Verb* verb = findVerb(step.action.type);
        const bool restsOnIt = std::find(step.after.begin(), step.after.end(), undone) != step.after.end();
        if (step.state != StepState::Verified || !restsOnIt || !verb || verb->changes)
            continue;
        step.state = StepState::Proposed;
        step.decision.reset();
        step.outcome.reset();
        step.executedAt.reset();
        step.note = {"step.waits.undone", {}};
        open.push_back(step);
    }
    return open;
}

} // namespace cordon::engine
