#include "core/plan/sequence_edit.h"

#include "core/domain/incident.h"
#include "core/value/json.h"

#include <algorithm>
#include <functional>
#include <set>

namespace cordon::plan {
namespace {

/// Connector of a step that was proposed where none was at hand. Source: core/engine/pipeline_work.cpp, connectorView
constexpr std::string_view nobodys = "none";

Step* find(Plan& plan, const std::string& id)
{
    const auto found = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& step) { return step.id == id; });
    return found == plan.steps.end() ? nullptr : &*found;
}

const Step* find(const Plan& plan, const std::string& id)
{
    const auto found = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& step) { return step.id == id; });
    return found == plan.steps.end() ? nullptr : &*found;
}

bool keepsEvidence(const Step& step)
{
    return step.action.type.starts_with("evidence.");
}

/// Everything that a step waits for, through others too.
std::set<std::string> waitsFor(const Plan& plan, const Step& step)
{
    std::set<std::string> all;
    std::vector<std::string> open = step.after;
    while (!open.empty()) {
        const std::string id = std::move(open.back());
        open.pop_back();
        if (!all.insert(id).second)
            continue;
        if (const Step* other = find(plan, id))
            open.insert(open.end(), other->after.begin(), other->after.end());
    }
    return all;
}

void addAfter(Step& step, const std::string& id)
{
    if (step.id != id && std::find(step.after.begin(), step.after.end(), id) == step.after.end())
        step.after.push_back(id);
}

bool changesAnything(const Step& step)
{
    const Verb* verb = findVerb(step.action.type);
    return !verb || verb->changes;
}

/// `first` waits for `second` no longer, but for the evidence that `second` waited for. Who waited for that evidence only
/// through `first` waits for it directly.
void letGo(Plan& plan, Step& first, const Step& second)
{
    if (keepsEvidence(second)) {
        for (Step& other : plan.steps) {
            if (&other != &first && changesAnything(other) && waitsFor(plan, other).contains(first.id))
                addAfter(other, second.id);
        }
    }
    std::erase(first.after, second.id);
    for (const std::string& id : evidenceBefore(plan, second))
        addAfter(first, id);
}

/// Why `first` cannot come before `second`, or nothing where it does now.
Result<void> order(Plan& plan, const std::string& firstId, const std::string& secondId)
{
    Step* first = find(plan, firstId);
    Step* second = find(plan, secondId);
    if (!first || !second || first == second)
        return fail(ErrorCode::NotFound, "no step " + (first ? secondId : firstId) + " in this sequence");
    const std::vector<std::string> evidence = evidenceBefore(plan, *first);
    if (changesAnything(*first) && std::find(evidence.begin(), evidence.end(), secondId) != evidence.end())
        return fail(ErrorCode::Denied, "evidence_first: " + secondId + " keeps the evidence that " + firstId + " would change");
    if (std::find(first->after.begin(), first->after.end(), secondId) != first->after.end())
        letGo(plan, *first, *second);
    if (waitsFor(plan, *first).contains(secondId)) {
        std::string through;
        for (const std::string& id : first->after) {
            const Step* other = find(plan, id);
            if (other && through.empty() && waitsFor(plan, *other).contains(secondId))
                through = id;
        }
        return fail(ErrorCode::Denied, "order_kept: " + firstId + " waits for " + through + ", which waits for " + secondId);
    }
    addAfter(*second, firstId);
    return {};
}

/// Brings the list into an order in which nothing stands before what it waits for, as near to the old one as can be.
void sortSteps(Plan& plan)
{
    std::vector<Step> sorted;
    std::set<std::string> placed;
    std::vector<bool> isTaken(plan.steps.size(), false);
    while (sorted.size() < plan.steps.size()) {
        std::size_t next = plan.steps.size();
        for (std::size_t i = 0; i < plan.steps.size() && next == plan.steps.size(); ++i) {
            const bool isFree = !isTaken[i] && std::all_of(plan.steps[i].after.begin(), plan.steps[i].after.end(), [&](const std::string& id) {
                return placed.contains(id) || !find(plan, id);
            });
            if (isFree)
                next = i;
        }
        if (next == plan.steps.size()) // a circle, which nobody can make here: the rest stays as it is
            next = static_cast<std::size_t>(std::find(isTaken.begin(), isTaken.end(), false) - isTaken.begin());
        isTaken[next] = true;
        placed.insert(plan.steps[next].id);
        sorted.push_back(plan.steps[next]);
    }
    plan.steps = std::move(sorted);
    for (std::size_t i = 0; i < plan.steps.size(); ++i)
        plan.steps[i].ordinal = static_cast<int>(i) + 1;
}

/// Moves a step to stand right before another in the list.
void standBefore(Plan& plan, const std::string& id, const std::string& before)
{
    const auto from = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& step) { return step.id == id; });
    const auto to = std::find_if(plan.steps.begin(), plan.steps.end(), [&](const Step& step) { return step.id == before; });
    if (from == plan.steps.end() || to == plan.steps.end() || from < to)
        return;
    std::rotate(to, from, from + 1);
}

int highestNumber(const Plan& plan)
{
    int highest = 0;
    for (const Step& step : plan.steps)
        highest = std::max(highest, stepNumber(step.id));
    return highest;
}

} // namespace

int stepNumber(const std::string& id)
{
    const auto place = id.rfind('S');
    return place == std::string::npos ? 0 : std::atoi(id.c_str() + place + 1);
}

std::string actOf(const Action& action)
{
    std::string act = action.type;
    for (const EntityRef& target : action.targets)
        act += '\n' + target.key();
    if (action.type == "change.note") // its summary tells of what came before, and changes until it is written
        return act;
    return act + '\n' + json::write(action.params);
}

std::vector<std::string> evidenceBefore(const Plan& plan, const Step& step)
{
    std::vector<std::string> found;
    for (const std::string& id : waitsFor(plan, step)) {
        if (const Step* other = find(plan, id); other && keepsEvidence(*other))
            found.push_back(id);
    }
    return found;
}

bool isOpenToChange(const Step& step)
{
    return step.state == StepState::Proposed || step.state == StepState::AwaitingApproval || step.state == StepState::Paused ||
           step.state == StepState::Denied || step.state == StepState::Expired;
}

bool leftNothing(const Step& step)
{
    return step.state == StepState::Reverted || step.state == StepState::Failed;
}

Result<void> putBefore(Plan& plan, const std::string& first, const std::string& second)
{
    for (const std::string* id : {&first, &second}) {
        const Step* step = find(plan, *id);
        if (step && id == &second && !isOpenToChange(*step))
            return fail(ErrorCode::Denied, "already_done: " + *id + " is " + std::string(toString(step->state)));
    }
    Plan wanted = plan;
    CORDON_CHECK(order(wanted, first, second));
    std::vector<std::string> orders;
    for (std::size_t i = 0; i + 1 < plan.order.size(); i += 2) { // what said otherwise, or the same, is replaced
        const bool isSamePair = (plan.order[i] == first && plan.order[i + 1] == second) || (plan.order[i] == second && plan.order[i + 1] == first);
        if (!isSamePair)
            orders.insert(orders.end(), {plan.order[i], plan.order[i + 1]});
    }
    orders.insert(orders.end(), {first, second});
    wanted.order = std::move(orders);
    standBefore(wanted, first, second);
    sortSteps(wanted);
    plan = std::move(wanted);
    return {};
}

Result<std::string> addStep(Plan& plan, Step step, const std::string& before)
{
    const std::string act = actOf(step.action);
    for (const Step& other : plan.steps) {
        if (actOf(other.action) == act && !leftNothing(other))
            return fail(ErrorCode::Conflict, "already_there: " + other.id + " does the same");
    }
    if (!before.empty() && !find(plan, before))
        return fail(ErrorCode::NotFound, "no step " + before + " in this sequence");
    const Verb* verb = findVerb(step.action.type);
    if (!verb)
        return fail(ErrorCode::Invalid, "unknown verb '" + step.action.type + "'");
    step.id = toString(plan.incident) + "/S" + std::to_string(highestNumber(plan) + 1);
    step.floor = std::max(step.floor, verb->floor);
    step.back = verb->back;
    if (verb->changes) {
        for (const Step& other : plan.steps) {
            if (keepsEvidence(other) && other.state != StepState::Skipped)
                addAfter(step, other.id);
        }
    }
    const std::string id = step.id;
    Plan wanted = plan;
    wanted.steps.push_back(std::move(step));
    wanted.note = {};
    if (before.empty())
        sortSteps(wanted);
    else
        CORDON_CHECK(putBefore(wanted, id, before));
    plan = std::move(wanted);
    return id;
}

Result<void> changeStep(Step& step, const StepChange& change, const std::string& person)
{
    if (!isOpenToChange(step))
        return fail(ErrorCode::Denied, "already_done: " + step.id + " is " + std::string(toString(step.state)));
    const std::string before = actOf(step.action);
    Step changed = step;
    if (change.target)
        changed.action.targets = {*change.target};
    for (const auto& [key, value] : change.params.asObject())
        changed.action.params.set(key, value);
    if (change.lease) {
        if (step.back != Back::Reversible)
            return fail(ErrorCode::Invalid, step.id + ": nothing of it is given back, so it has no lease");
        changed.lease = change.lease;
    }
    if (actOf(changed.action) == before && changed.lease == step.lease)
        return fail(ErrorCode::Invalid, step.id + ": nothing would change");
    if (changed.replaces.empty() && changed.editedBy.empty())
        changed.replaces = before; // a playbook's step stays one, and the playbook puts no other beside it
    if (actOf(changed.action) != before) {
        changed.action.expectedState.clear();
        changed.preview.reset();
        changed.decision.reset();
        changed.decisionSeq = -1;
    }
    changed.editedBy = person;
    if (changed.state != StepState::AwaitingApproval)
        changed.state = StepState::Proposed;
    changed.note = {};
    step = std::move(changed);
    return {};
}

Result<void> restoreStep(Step& step)
{
    if (step.state != StepState::Skipped || step.doneBy.empty())
        return fail(ErrorCode::Invalid, step.id + ": nobody left it out");
    // What nobody knows the end of is looked at, never done again.
    const bool isUnknown = step.outcome && step.outcome->state == OutcomeState::Unknown;
    step.state = isUnknown ? StepState::Unknown : StepState::Proposed;
    step.doneBy = isUnknown ? "agent" : "";
    step.note = {};
    return {};
}

void applyOrder(Plan& plan)
{
    for (std::size_t i = plan.order.size() / 2; i-- > 0;)
        (void)order(plan, plan.order[2 * i], plan.order[2 * i + 1]); // a newer one may have made it impossible
    for (std::size_t i = 0; i + 1 < plan.order.size(); i += 2) {
        const Step* second = find(plan, plan.order[i + 1]);
        if (second && std::find(second->after.begin(), second->after.end(), plan.order[i]) != second->after.end())
            standBefore(plan, plan.order[i], plan.order[i + 1]);
    }
    if (!plan.order.empty())
        sortSteps(plan);
}

void carryOver(Plan& fresh, const Plan& old, int given)
{
    int highest = std::max(given, highestNumber(old));
    std::map<std::string, std::string> renamed; ///< fresh id to id in the case
    std::vector<bool> isUsed(old.steps.size(), false);
    for (Step& step : fresh.steps) {
        const std::string freshId = step.id;
        const std::string act = actOf(step.action);
        std::size_t known = 0;
        while (known < old.steps.size() && (isUsed[known] || (actOf(old.steps[known].action) != act && old.steps[known].replaces != act)))
            ++known;
        if (known < old.steps.size()) {
            isUsed[known] = true;
            std::vector<std::string> after = std::move(step.after);
            std::vector<StepCondition> when = std::move(step.when);
            const std::string connector = std::move(step.action.connector);
            const std::string tenant = std::move(step.action.tenant);
            step = old.steps[known];
            if (step.state == StepState::Proposed && step.action.connector == nobodys) { // who holds its targets is known by now
                step.action.connector = connector;
                step.action.tenant = tenant;
            }
            step.after = std::move(after);
            step.when = std::move(when);
        } else if (!old.steps.empty()) {
            step.id = freshId.substr(0, freshId.rfind('S') + 1) + std::to_string(++highest);
        }
        renamed[freshId] = step.id;
    }
    const auto rename = [&](std::vector<std::string>& ids) {
        for (std::string& id : ids) {
            if (const auto place = renamed.find(id); place != renamed.end())
                id = place->second;
        }
    };
    for (Step& step : fresh.steps) {
        rename(step.after);
        for (StepCondition& condition : step.when)
            rename(condition.steps);
    }
    for (std::size_t i = 0; i < old.steps.size(); ++i) {
        if (!isUsed[i] && (old.steps[i].state != StepState::Proposed || !old.steps[i].editedBy.empty()))
            fresh.steps.push_back(old.steps[i]);
    }
    for (std::size_t i = 0; i < fresh.steps.size(); ++i)
        fresh.steps[i].ordinal = static_cast<int>(i) + 1;
    fresh.revision = old.steps.empty() ? 1 : old.revision + 1;
    fresh.order = old.order;
    applyOrder(fresh);
}

} // namespace cordon::plan
