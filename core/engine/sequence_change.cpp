#include "core/engine/sequence_change.h"

#include "core/engine/codec.h"
#include "core/engine/proposal.h"
#include "core/govern/verb_schema.h"
#include "core/plan/sequence_edit.h"

#include <algorithm>
#include <array>
#include <map>

namespace cordon::engine {
namespace {

constexpr std::size_t longestReason = 8192;

/// `credential:AKIA…`, as the incident knows it or bare.
Result<EntityRef> targetFrom(const IncidentFile& file, const std::string& text)
{
    const auto colon = text.find(':');
    const auto kind = entityKindFrom(text.substr(0, colon));
    if (colon == std::string::npos || !kind || colon + 1 == text.size() || text.size() > 2048)
        return fail(ErrorCode::Invalid, "'target' is kind:id, such as credential:AKIA…");
    EntityRef target;
    target.kind = *kind;
    target.id = text.substr(colon + 1);
    target.name = target.id;
    if (const IncidentMember* member = file.incident.member(target))
        return member->entity;
    return target;
}

Result<void> checkParams(const Value& params)
{
    if (!params.isNull() && !params.isObject())
        return fail(ErrorCode::Invalid, "'params' is an object");
    for (const auto& param : params.asObject()) {
        if (!param.second.isString() && !param.second.isInt() && !param.second.isBool())
            return fail(ErrorCode::Invalid, "a parameter is a text, a whole number, true or false");
    }
    return {};
}

/// Something of this incident: a member, or what a step of its plan is about.
Result<void> checkScope(const IncidentFile& file, const EntityRef& target)
{
    const bool isPlanned = std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& step) {
        return std::any_of(step.action.targets.begin(), step.action.targets.end(),
                           [&](const EntityRef& one) { return one.key() == target.key(); });
    });
    if (isPlanned || file.incident.member(target))
        return {};
    return fail(ErrorCode::Invalid, "target_foreign: " + target.key() + " is nothing of " + toString(file.incident.id) +
                                        "; what belongs to it is listed in its report");
}

Result<void> checkParamsThere(const Action& action)
{
    const std::string missing = govern::missingParams(action);
    return missing.empty() ? Result<void>()
                           : fail(ErrorCode::Invalid, "params_missing: " + action.type + " needs " + missing + ", as name=value");
}

/// What a person wants added, as an action without a doer.
Result<Action> wishedAction(const IncidentFile& file, const Value& args)
{
    const Verb* verb = findVerb(args["verb"].asString());
    if (!verb)
        return fail(ErrorCode::Invalid, "'verb' is none of the catalogue");
    CORDON_CHECK(checkParams(args["params"]));
    Action action;
    action.type = verb->name;
    CORDON_TRY(const EntityRef target, targetFrom(file, args["target"].asString()));
    CORDON_CHECK(checkScope(file, target));
    action.targets = {target};
    if (args["params"].isObject())
        action.params = args["params"];
    action.incident = toString(file.incident.id);
    if (!verb->undo.empty())
        action.rollback = std::string(verb->undo);
    if (const std::string problem = govern::schemaProblem(action); !problem.empty())
        return fail(ErrorCode::Invalid, "params_invalid: " + problem);
    CORDON_CHECK(checkParamsThere(action));
    return action;
}

/// Says which connector does it, and that it can.
Result<void> place(Action& action, const plan::ConnectorView& connector)
{
    const plan::ConnectorView* doer = connector.doer(action.type, action.targets.front());
    if (!doer)
        return fail(ErrorCode::Unsupported, "connector_cannot: " + connector.name + " cannot do " + action.type);
    action.connector = doer->name;
    action.tenant = doer->tenant;
    if (const std::string problem = govern::schemaProblem(action); !problem.empty())
        return fail(ErrorCode::Invalid, "params_invalid: " + problem);
    return {};
}

Text titleOf(const std::string& verb, const EntityRef& target)
{
    return {"step.by_person", {{"verb", verb}, {"target", target.name.empty() ? target.id : target.name}}};
}

/// What was signed, as it was signed, and beside it what people want to read.
Value entryData(const IncidentFile& file, const Step& step, const ChangeSequence& wish)
{
    Value data = Value::Object{{"step", step.id},
                               {"title", codec::toValue(step.title)},
                               {"entity", codec::toValue(step.action.targets.front())},
                               {"evidence", codec::textList(plan::evidenceBefore(file.plan, step))}};
    for (const char* key : {"why", "verb", "target", "params", "before", "after", "lease"}) {
        if (wish.args.has(key))
            data.set(key, wish.args[key]);
    }
    return data;
}

Result<SequenceChange> add(IncidentFile& file, const ChangeSequence& wish, const plan::ConnectorView& connector)
{
    Step step;
    CORDON_TRY(step.action, wishedAction(file, wish.args));
    const EntityRef target = step.action.targets.front();
    CORDON_CHECK(place(step.action, connector));
    step.floor = plan::floorOf(*findVerb(step.action.type), target);
    step.title = titleOf(step.action.type, target);
    step.why = {"why.by_person", {{"person", wish.by}, {"why", wish.args["why"].asString()}}};
    step.editedBy = wish.by;
    if (const IncidentMember* member = file.incident.member(target))
        step.isTargetMadeByIncident = member->isMadeByIncident;
    CORDON_TRY(const std::string id, plan::addStep(file.plan, std::move(step), wish.args["before"].asString()));
    return SequenceChange{"step.added", {id}, entryData(file, *file.step(id), wish), true};
}

Result<SequenceChange> edit(IncidentFile& file, Step& step, const ChangeSequence& wish, const plan::ConnectorView& connector)
{
    CORDON_CHECK(checkParams(wish.args["params"]));
    plan::StepChange change;
    change.params = wish.args["params"];
    if (wish.args["target"].isString()) {
        CORDON_TRY(change.target, targetFrom(file, wish.args["target"].asString()));
        CORDON_CHECK(checkScope(file, *change.target));
    }
    if (wish.args["lease"].isString()) {
        CORDON_TRY(change.lease, parseDuration(wish.args["lease"].asString()));
        if (*change.lease <= Duration::zero())
            return fail(ErrorCode::Invalid, "'lease' is a duration, such as 4h");
    }
    Step changed = step;
    CORDON_CHECK(plan::changeStep(changed, change, wish.by));
    CORDON_CHECK(place(changed.action, connector));
    CORDON_CHECK(checkParamsThere(changed.action));
    changed.floor = std::max(changed.floor, plan::floorOf(*findVerb(changed.action.type), changed.action.targets.front()));
    const std::string act = plan::actOf(changed.action);
    const bool isAnotherAct = act != plan::actOf(step.action);
    for (const Step& other : file.plan.steps) {
        if (isAnotherAct && plan::actOf(other.action) == act && !plan::leftNothing(other))
            return fail(ErrorCode::Conflict, "already_there: " + other.id + " does the same");
    }
    if (isAnotherAct && change.target) {
        const EntityRef& target = *change.target;
        const IncidentMember* member = file.incident.member(target);
        changed.isTargetMadeByIncident = member && member->isMadeByIncident;
        changed.title = titleOf(changed.action.type, target);
    }
    step = std::move(changed);
    return SequenceChange{"step.changed", {step.id}, entryData(file, step, wish), isAnotherAct};
}

/// What an assistant wrote and a person takes under their own name.
Result<SequenceChange> accept(IncidentFile& file, const ChangeSequence& wish, const plan::ConnectorView& connector)
{
    const std::string& text = wish.args["proposal"].asString();
    CORDON_TRY(const Proposal proposal, readProposal(text, file, connector));
    CORDON_TRY(std::vector<std::string> ids, takeProposal(file, proposal, wish.by));
    Value::Array taken;
    for (const std::string& id : ids) {
        const Step& step = *file.step(id);
        taken.push_back(Value::Object{{"step", id}, {"place", step.proposalPlace}});
    }
    Value::Array refused;
    for (const ProposedStep& step : proposal.steps) {
        if (!step.problem.empty())
            refused.push_back(Value::Object{{"place", step.place}, {"problem", step.problem}});
    }
    Value data = Value::Object{{"why", wish.args["why"]},     {"proposal", text},
                               {"digest", proposal.digest},   {"taken", std::move(taken)},
                               {"refused", std::move(refused)}};
    return SequenceChange{"sequence.accepted", std::move(ids), std::move(data), true};
}

Result<SequenceChange> move(IncidentFile& file, const Step& step, const ChangeSequence& wish)
{
    const std::string before = wish.args["before"].asString();
    const std::string after = wish.args["after"].asString();
    if (before.empty() == after.empty())
        return fail(ErrorCode::Invalid, "step-move: one of 'before' and 'after' is named");
    if (!plan::isOpenToChange(step))
        return fail(ErrorCode::Denied, "already_done: " + step.id + " is " + std::string(toString(step.state)));
    const std::string id = step.id;
    if (before.empty())
        CORDON_CHECK(plan::putBefore(file.plan, after, id));
    else
        CORDON_CHECK(plan::putBefore(file.plan, id, before));
    SequenceChange change{"step.moved", {id}, entryData(file, *file.step(id), wish), false};
    change.data.set("first", before.empty() ? after : id).set("second", before.empty() ? id : before);
    return change;
}

/// A step that somebody added, as the entry tells of it.
void repeatAdd(IncidentFile& file, const LedgerEntry& entry)
{
    const Verb* verb = findVerb(entry.data["verb"].asString());
    const auto target = targetFrom(file, entry.data["target"].asString());
    Step made;
    made.id = entry.data["step"].asString();
    if (file.step(made.id) || !verb || !target || !checkParams(entry.data["params"]))
        return;
    made.action.type = verb->name;
    made.action.targets = {*target};
    if (entry.data["params"].isObject())
        made.action.params = entry.data["params"];
    made.action.incident = toString(file.incident.id);
    if (!verb->undo.empty())
        made.action.rollback = std::string(verb->undo);
    made.floor = plan::floorOf(*verb, *target);
    made.back = verb->back;
    made.title = titleOf(made.action.type, *target);
    made.why = {"why.by_person", {{"person", entry.actor.id}, {"why", entry.data["why"].asString()}}};
    made.editedBy = entry.actor.id;
    if (const IncidentMember* member = file.incident.member(*target))
        made.isTargetMadeByIncident = member->isMadeByIncident;
    const std::string id = made.id;
    const auto added = plan::addStep(file.plan, std::move(made), "");
    Step* step = added ? file.step(*added) : nullptr;
    if (!step)
        return;
    step->id = id; // as it was called then
    if (const std::string& before = entry.data["before"].asString(); !before.empty())
        (void)plan::putBefore(file.plan, id, before);
}

/// What somebody took of a proposal, under the ids that it had.
void repeatAccept(IncidentFile& file, const LedgerEntry& entry)
{
    file.acceptedBy.insert(entry.actor.id);
    plan::ConnectorView any;
    for (const Verb& verb : verbCatalogue())
        any.verbs.emplace_back(verb.name);
    const auto proposal = readProposal(entry.data["proposal"].asString(), file, any);
    const bool isThere = std::any_of(file.plan.steps.begin(), file.plan.steps.end(), [&](const Step& step) {
        return proposal && step.proposal == proposal->digest;
    });
    if (!proposal || isThere || !takeProposal(file, *proposal, entry.actor.id))
        return;
    std::map<std::string, std::string> names; ///< as they are called now, and were then
    for (const Value& taken : entry.data["taken"].asArray()) {
        for (Step& step : file.plan.steps) {
            if (step.proposal != proposal->digest || step.proposalPlace != taken["place"].asInt() || step.editedBy.empty())
                continue;
            names[step.id] = taken["step"].asString();
        }
    }
    const auto rename = [&names](std::string& id) {
        if (const auto place = names.find(id); place != names.end())
            id = place->second;
    };
    for (Step& step : file.plan.steps) {
        rename(step.id);
        std::for_each(step.after.begin(), step.after.end(), rename);
    }
}

void repeatEdit(IncidentFile& file, Step& step, const LedgerEntry& entry)
{
    plan::StepChange change;
    change.params = entry.data["params"];
    if (entry.data["target"].isString()) {
        if (const auto target = targetFrom(file, entry.data["target"].asString()))
            change.target = *target;
    }
    if (const auto lease = parseDuration(entry.data["lease"].asString()))
        change.lease = *lease;
    const std::string before = plan::actOf(step.action);
    const bool isNew = plan::changeStep(step, change, entry.actor.id).has_value();
    step.editedBy = entry.actor.id; // also where the index has the rest of it
    if (!isNew)
        return;
    if (change.target && plan::actOf(step.action) != before)
        step.title = titleOf(step.action.type, *change.target);
    step.floor = std::max(step.floor, plan::floorOf(*findVerb(step.action.type), step.action.targets.front()));
}

} // namespace

Result<void> checkWish(const IncidentFile& file, const std::string& act, const Value& args)
{
    if (act == "step-add")
        return wishedAction(file, args).map([](const Action&) {});
    if (act != "step-edit")
        return {};
    CORDON_CHECK(checkParams(args["params"]));
    if (!args["target"].isString())
        return {};
    CORDON_TRY(const EntityRef target, targetFrom(file, args["target"].asString()));
    return checkScope(file, target);
}

bool isOfIncident(const ChangeSequence& wish)
{
    return wish.act == "step-add" || wish.act == "sequence-accept";
}

std::string incidentOfWish(const ChangeSequence& wish)
{
    const std::string& step = wish.args["step"].asString();
    return isOfIncident(wish) ? wish.args["incident"].asString() : step.substr(0, step.find('/'));
}

Result<SequenceChange> changeSequence(IncidentFile& file, const ChangeSequence& wish, const plan::ConnectorView& connector)
{
    const std::string& why = wish.args["why"].asString();
    if (why.empty() || why.size() > longestReason)
        return fail(ErrorCode::Invalid, wish.act + ": 'why' has 1 to 8,192 bytes");
    if (wish.act == "step-add")
        return add(file, wish, connector);
    if (wish.act == "sequence-accept")
        return accept(file, wish, connector);
    Step* step = file.step(wish.args["step"].asString());
    if (!step)
        return fail(ErrorCode::NotFound, "no step " + wish.args["step"].asString() + " in this case");
    if (wish.act == "step-move")
        return move(file, *step, wish);
    if (wish.act == "step-edit")
        return edit(file, *step, wish, connector);
    if (wish.act != "step-restore")
        return fail(ErrorCode::Unsupported, "unknown command '" + wish.act + "'");
    CORDON_CHECK(plan::restoreStep(*step));
    return SequenceChange{"step.restored", {step->id},
                          entryData(file, *step, wish), false};
}

void placeChanges(IncidentFile& file, const plan::ConnectorView& connector)
{
    for (Step& step : file.plan.steps) {
        if (!step.editedBy.empty() && plan::isOpenToChange(step))
            (void)place(step.action, connector); // where none can do it, the gate says so
    }
}

bool isSequenceChange(const std::string& type)
{
    static constexpr std::array<std::string_view, 5> types{"step.moved", "step.added", "step.changed", "step.restored", "sequence.accepted"};
    return std::find(types.begin(), types.end(), type) != types.end();
}

std::vector<std::string> stepsOfOwn(const LedgerEntry& entry)
{
    if (entry.type == "step.added" || entry.type == "step.changed")
        return {entry.data["step"].asString()};
    std::vector<std::string> steps;
    if (entry.type == "sequence.accepted") {
        for (const Value& taken : entry.data["taken"].asArray())
            steps.push_back(taken["step"].asString());
    }
    return steps;
}

void repeatChange(IncidentFile& file, const LedgerEntry& entry)
{
    if (entry.type == "sequence.accepted")
        return repeatAccept(file, entry);
    if (entry.type == "step.added")
        return repeatAdd(file, entry);
    if (entry.type == "step.moved") {
        const std::string& step = entry.data["step"].asString();
        const std::string& before = entry.data["before"].asString(); // as it was signed; else it comes after
        (void)plan::putBefore(file.plan, before.empty() ? entry.data["after"].asString() : step, before.empty() ? step : before);
        return;
    }
    Step* step = file.step(entry.data["step"].asString());
    if (!step)
        return;
    if (entry.type == "step.restored")
        (void)plan::restoreStep(*step);
    else
        repeatEdit(file, *step, entry);
}

} // namespace cordon::engine
