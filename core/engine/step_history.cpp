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

bool isUnsettled(const Step& step)
{
    const bool isLeftOut = step.state == StepState::Skipped && step.outcome && step.outcome->state == OutcomeState::Unknown;
    return step.state == StepState::Unknown || isLeftOut;
}

bool isDoneAnew(const Step& step, OutcomeState outcome)
{
    const Verb* verb = findVerb(step.action.type);
    if (!verb || verb->changes || outcome == OutcomeState::Verified)
        return false;
    return !step.action.type.starts_with("change.") || outcome == OutcomeState::Failed;
}

bool isBranchNotTaken(const Step& step)
{
    return step.state == StepState::Skipped && step.doneBy.empty() && step.note.code == "step.branch_not_taken";
}

void doAnew(Step& step)
{
    step.state = StepState::Proposed;
    step.decision.reset();
    step.outcome.reset();
    step.executedAt.reset();
}

std::vector<Step> lookAgainAfterUndo(Plan& plan, const std::string& undone)
{
    std::vector<Step> open;
    for (Step& step : plan.steps) {
        const Verb* verb = findVerb(step.action.type);
        const bool restsOnIt = std::find(step.after.begin(), step.after.end(), undone) != step.after.end();
        if (step.state != StepState::Verified || !restsOnIt || !verb || verb->changes)
            continue;
        doAnew(step);
        step.note = {"step.waits.undone", {}};
        open.push_back(step);
    }
    return open;
}

} // namespace cordon::engine
