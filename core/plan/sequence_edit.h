#pragma once

#include "core/base/result.h"
#include "core/domain/plan.h"

namespace cordon::plan {

// What a person changes in a proposed sequence. Nothing here runs anything: what comes out is judged like any other step.
// Evidence first holds whatever is asked: what keeps the evidence that a step would change stays before it.

/// The steps that keep evidence and that this one waits for, directly or through others. They stay before it.
[[nodiscard]] std::vector<std::string> evidenceBefore(const Plan& plan, const Step& step);
/// True while nothing was done or begun of it: such a step may be moved, changed and left out.
[[nodiscard]] bool isOpenToChange(const Step& step);
/// True when nothing of the step stands or will come: it was taken back, or failed. The same may be added anew,
/// under an id, a request and a permit of its own.
[[nodiscard]] bool leftNothing(const Step& step);

/// `first` comes before `second` from now on, in the list and in time. An order that the playbook asks for and that says
/// otherwise is given up where the step names the other directly; the evidence that the other waited for is inherited.
/// ErrorCode::NotFound for an unknown step; Denied with `evidence_first: …` or `order_kept: …` where it cannot be, and
/// `already_done: …` for a step that ran.
[[nodiscard]] Result<void> putBefore(Plan& plan, const std::string& first, const std::string& second);

/// Adds a step that waits for everything that keeps evidence. `step.action`, its title, why and `editedBy` are filled.
/// @param before  the step that it comes before; "" = last
/// @return its id. ErrorCode::Conflict when the same act is there already.
[[nodiscard]] Result<std::string> addStep(Plan& plan, Step step, const std::string& before);

/// What of an action a person may change: nothing that would make it another verb.
struct StepChange
{
    std::optional<EntityRef> target;
    Value params;                  ///< object: members that are set anew; null: none
    std::optional<Duration> lease; ///< shorter than the mandate's
};
/// ErrorCode::Denied with `already_done: …`, Invalid when nothing would change.
[[nodiscard]] Result<void> changeStep(Step& step, const StepChange& change, const std::string& person);
/// What somebody left out comes back as proposed. ErrorCode::Invalid for a step that nobody left out.
[[nodiscard]] Result<void> restoreStep(Step& step);

/// Puts the orders that people gave into force, the newest first, and brings the list into that order. What cannot be any
/// more, since a step is gone or the evidence says otherwise, is left.
void applyOrder(Plan& plan);

/// A sequence that was made anew takes over what is known of its steps: ids, states, decisions, what people changed,
/// added and ordered. A step that was done or decided stays, also when the playbook asks for it no longer.
/// @param given  highest number of a step of the incident that another one holds now
void carryOver(Plan& fresh, const Plan& old, int given = 0);

/// The number at the end of INC-0001/S7; 0 when there is none.
[[nodiscard]] int stepNumber(const std::string& id);

/// What an action does to what, as one text: the same for the same act.
[[nodiscard]] std::string actOf(const Action& action);

} // namespace cordon::plan
