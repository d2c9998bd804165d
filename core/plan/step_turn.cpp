#include "core/plan/step_turn.h"

#include <algorithm>

namespace cordon::plan {
namespace {

using cacao::Truth;

Truth truthOf(bool holds)
{
    return holds ? Truth::True : Truth::False;
}

bool isOver(StepState state)
{
    return state != StepState::Proposed && state != StepState::AwaitingApproval && state != StepState::Executing &&
           state != StepState::Paused && state != StepState::Unknown;
}

/// Whether one of them failed; unknown while one of them is still to come.
Truth hasFailed(const std::vector<std::string>& ids, const Plan& plan)
{
    Truth truth = Truth::False;
    for (const Step& step : plan.steps) {
        if (std::find(ids.begin(), ids.end(), step.id) == ids.end())
            continue;
        if (step.state == StepState::Failed)
            return Truth::True;
        if (!isOver(step.state))
            truth = Truth::Unknown;
    }
    return truth;
}

Truth isCase(const StepCondition& condition, const cacao::Condition::Lookup& lookup)
{
    const auto known = lookup(condition.text);
    if (!known)
        return Truth::Unknown;
    if (condition.wanted != "default")
        return truthOf(known->text == condition.wanted);
    return truthOf(std::find(condition.others.begin(), condition.others.end(), known->text) == condition.others.end());
}

Truth ofText(const StepCondition& condition, const cacao::Condition::Lookup& lookup)
{
    const auto parsed = cacao::Condition::parse(condition.text);
    return parsed ? parsed->evaluate(lookup) : Truth::Unknown;
}

/// What stands behind a loop waits for its end, and is never left out because it still goes on.
Truth isInOrBehind(const StepCondition& loop, const cacao::Condition::Lookup& lookup)
{
    const Truth goesOn = ofText(loop, lookup);
    if (loop.wanted == "true")
        return goesOn;
    return goesOn == Truth::False ? Truth::True : Truth::Unknown;
}

Truth holds(const StepCondition& condition, const Plan& plan, const cacao::Condition::Lookup& lookup)
{
    switch (condition.kind) {
    case StepCondition::Kind::Failed: {
        const Truth failed = hasFailed(condition.steps, plan);
        return condition.wanted == "false" && failed != Truth::Unknown ? truthOf(failed == Truth::False) : failed;
    }
    case StepCondition::Kind::Case: return isCase(condition, lookup);
    case StepCondition::Kind::While: return isInOrBehind(condition, lookup);
    case StepCondition::Kind::Is: break;
    }
    const Truth truth = ofText(condition, lookup);
    return truth == Truth::Unknown ? truth : truthOf((truth == Truth::True) == (condition.wanted == "true"));
}

} // namespace

Truth isItsTurn(const Step& step, const Plan& plan, const VariableLookup& lookup)
{
    StepCondition::Kind kind = StepCondition::Kind::Is; // of the condition that asks
    const auto known = [&](std::string_view name) -> std::optional<cacao::Known> {
        if (lookup) {
            if (auto found = lookup(name, kind))
                return found;
        }
        const auto own = plan.variables.find(std::string(name));
        if (own == plan.variables.end() || !own->second.value)
            return std::nullopt;
        return cacao::Known{*own->second.value, own->second.type};
    };
    Truth all = Truth::True;
    for (const StepCondition& condition : step.when) {
        kind = condition.kind;
        const Truth one = holds(condition, plan, known);
        if (one == Truth::False)
            return one;
        if (one == Truth::Unknown)
            all = one;
    }
    return all;
}

} // namespace cordon::plan
