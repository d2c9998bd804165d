#include "core/engine/codec.h"
#include "core/words/words.h"

#include <array>

namespace cordon::engine::codec {
namespace {

Value needsValue(const ApprovalNeeds& needs)
{
    return Value::Object{{"approvers", needs.approvers},
                         {"commander", needs.needsCommander},
                         {"factors", textList(needs.factors)},
                         {"requester_excluded", needs.isRequesterExcluded},
                         {"typed_target", needs.isTypedTarget},
                         {"approve_within_s", static_cast<std::int64_t>(needs.approveWithin.count() / 1'000'000)},
                         {"execute_within_s", static_cast<std::int64_t>(needs.executeWithin.count() / 1'000'000)}};
}

ApprovalNeeds needsFrom(const Value& value)
{
    ApprovalNeeds needs;
    needs.approvers = static_cast<int>(value["approvers"].asInt());
    needs.needsCommander = value["commander"].asBool();
    needs.factors = textListFrom(value["factors"]);
    needs.isRequesterExcluded = value["requester_excluded"].asBool();
    needs.isTypedTarget = value["typed_target"].asBool();
    needs.approveWithin = std::chrono::seconds(value["approve_within_s"].asInt());
    needs.executeWithin = std::chrono::seconds(value["execute_within_s"].asInt());
    return needs;
}

Result<Preview> previewFrom(const Value& value)
{
    Preview preview;
    preview.request = value["request"].asString();
    preview.before = value["before"];
    preview.after = value["after"];
    preview.stillOpen = textListFrom(value["still_open"]);
    preview.undo = value["undo"].asString();
    for (const Value& item : value["dependents"].asArray()) {
        CORDON_TRY(EntityRef dependent, entityFrom(item));
        preview.dependents.push_back(std::move(dependent));
    }
    return preview;
}

Back backFrom(const std::string& text)
{
    return text == "reversible" ? Back::Reversible : text == "partly" ? Back::Partly : Back::None;
}

Result<Action> actionFrom(const Value& value)
{
    CORDON_TRY(Action action, Action::fromValue(value["exact"]));
    if (!action.targets.empty()) {
        action.targets.front().type = value["target"]["type"].asString();
        action.targets.front().name = value["target"]["name"].asString();
    }
    return action;
}

constexpr std::array<std::string_view, 4> conditionKinds{"is", "case", "failed", "while"};

Value conditionsValue(const std::vector<StepCondition>& all)
{
    Value::Array list;
    for (const StepCondition& condition : all)
        list.push_back(Value::Object{{"kind", std::string(conditionKinds[static_cast<std::size_t>(condition.kind)])},
                                     {"text", condition.text},
                                     {"wanted", condition.wanted},
                                     {"others", textList(condition.others)},
                                     {"steps", textList(condition.steps)}});
    return list;
}

std::vector<StepCondition> conditionsFrom(const Value& list)
{
    std::vector<StepCondition> all;
    for (const Value& item : list.asArray()) {
        StepCondition condition;
        condition.kind = item["kind"].asString() == "case"     ? StepCondition::Kind::Case
                         : item["kind"].asString() == "failed" ? StepCondition::Kind::Failed
                         : item["kind"].asString() == "while"  ? StepCondition::Kind::While
                                                               : StepCondition::Kind::Is;
        condition.text = item["text"].asString();
        condition.wanted = item["wanted"].asString();
        condition.others = textListFrom(item["others"]);
        condition.steps = textListFrom(item["steps"]);
        all.push_back(std::move(condition));
    }
    return all;
}

Value leftOutValue(const std::vector<LeftOut>& all)
{
    Value::Array list;
    for (const LeftOut& one : all)
        list.push_back(Value::Object{{"title", toValue(one.title)}, {"why", toValue(one.why)}});
    return list;
}

Value variablesValue(const std::map<std::string, PlanVariable>& all)
{
    Value::Object object;
    for (const auto& [name, variable] : all)
        object.emplace(name, Value::Object{{"type", variable.type}, {"value", variable.value ? Value(*variable.value) : Value()}});
    return object;
}

Value approvalValue(const Step& step)
{
    if (step.request.empty() || !step.decision)
        return {};
    return Value::Object{{"request", step.request}, {"needs", needsValue(step.decision->needs)},
                         {"approve_by", timeValue(step.approveBy)}, {"execute_by", timeValue(step.executeBy)}};
}

} // namespace

Value toValue(const Decision& decision)
{
    Value::Array reasons;
    for (const Text& reason : decision.reasons)
        reasons.push_back(toValue(reason));
    return Value::Object{{"effect", toString(decision.effect)},
                         {"tier", toString(decision.tier)},
                         {"clauses", textList(decision.clauses)},
                         {"reasons", std::move(reasons)},
                         {"missing", textList(decision.missing)},
                         {"digest", decision.digest},
                         {"needs", needsValue(decision.needs)}};
}

Result<Decision> decisionFrom(const Value& value)
{
    Decision decision;
    const std::string& effect = value["effect"].asString();
    decision.effect = effect == "allow" ? Effect::Allow : effect == "hold" ? Effect::Hold : Effect::Deny;
    decision.tier = tierFrom(value["tier"].asString()).value_or(Tier::T4);
    decision.clauses = textListFrom(value["clauses"]);
    for (const Value& item : value["reasons"].asArray())
        decision.reasons.push_back(textFrom(item));
    decision.missing = textListFrom(value["missing"]);
    decision.digest = value["digest"].asString();
    decision.needs = needsFrom(value["needs"]);
    return decision;
}

Value toValue(const Preview& preview)
{
    Value::Array dependents;
    for (const EntityRef& dependent : preview.dependents)
        dependents.push_back(toValue(dependent));
    return Value::Object{{"request", preview.request},
                         {"before", preview.before},
                         {"after", preview.after},
                         {"dependents", std::move(dependents)},
                         {"still_open", textList(preview.stillOpen)},
                         {"undo", preview.undo}};
}

Outcome outcomeFrom(const Value& value)
{
    Outcome outcome;
    const std::string& state = value["state"].asString();
    outcome.state = state == "verified" ? OutcomeState::Verified
                    : state == "failed" ? OutcomeState::Failed
                                        : OutcomeState::Unknown;
    outcome.detail = value["detail"].asString();
    outcome.seen = value["seen"];
    outcome.undoRecord = value["undo_record"];
    outcome.finished = timeFrom(value["finished"]).value_or(Timestamp());
    return outcome;
}

Value toValue(const Outcome& outcome)
{
    return Value::Object{{"state", toString(outcome.state)},
                         {"detail", outcome.detail},
                         {"seen", outcome.seen},
                         {"undo_record", outcome.undoRecord},
                         {"finished", outcome.finished.toString()}};
}

Value toValue(const Step& step)
{
    Value value = Value::Object{
        {"id", step.id},
        {"ordinal", step.ordinal},
        {"action", step.action.type},
        {"exact", step.action.toValue()},
        {"title", toValue(step.title)},
        {"why", toValue(step.why)},
        {"floor", toString(step.floor)},
        {"tier", toString(step.decision ? step.decision->tier : step.floor)},
        {"back", toString(step.back)},
        {"after", textList(step.after)},
        {"follow_up", step.isFollowUp},
        {"target_made_by_incident", step.isTargetMadeByIncident},
        {"when", conditionsValue(step.when)},
        {"lease_s", step.lease ? Value(static_cast<std::int64_t>(step.lease->count() / 1'000'000)) : Value()},
        {"edited_by", step.editedBy},
        {"replaces", step.replaces},
        {"proposal", step.proposal},
        {"proposal_place", step.proposalPlace},
        {"state", toString(step.state)},
        {"preview", step.preview ? toValue(*step.preview) : Value()},
        {"outcome", step.outcome ? toValue(*step.outcome) : Value()},
        {"executed_at", timeValue(step.executedAt)},
        {"lease_until", timeValue(step.leaseUntil)},
        {"lease_overdue", step.isLeaseOverdue},
        {"done_by", step.doneBy},
        {"request", step.request},
        {"note", step.note.code.empty() ? std::string() : words::english(step.note)},
        {"note_text", step.note.code.empty() ? Value() : toValue(step.note)},
        {"approval", approvalValue(step)},
    };
    if (!step.action.targets.empty())
        value.set("target", toValue(step.action.targets.front()));
    if (step.decision) {
        Value decision = toValue(*step.decision);
        decision.set("ledger", step.decisionSeq);
        value.set("decision", std::move(decision));
    }
    return value;
}

Result<Step> stepFrom(const Value& value)
{
    Step step;
    step.id = value["id"].asString();
    step.ordinal = static_cast<int>(value["ordinal"].asInt());
    CORDON_TRY(step.action, actionFrom(value));
    step.title = textFrom(value["title"]);
    step.why = textFrom(value["why"]);
    step.floor = tierFrom(value["floor"].asString()).value_or(Tier::T4);
    step.back = backFrom(value["back"].asString());
    step.after = textListFrom(value["after"]);
    step.isFollowUp = value["follow_up"].asBool();
    step.isTargetMadeByIncident = value["target_made_by_incident"].asBool();
    step.when = conditionsFrom(value["when"]);
    if (value["lease_s"].isInt())
        step.lease = std::chrono::seconds(value["lease_s"].asInt());
    step.editedBy = value["edited_by"].asString();
    step.replaces = value["replaces"].asString();
    step.proposal = value["proposal"].asString();
    step.proposalPlace = static_cast<int>(value["proposal_place"].asInt());
    step.state = stepStateFrom(value["state"].asString()).value_or(StepState::Unknown);
    if (value["decision"].isObject()) {
        CORDON_TRY(step.decision, decisionFrom(value["decision"]));
        step.decisionSeq = value["decision"]["ledger"].asInt(-1);
    }
    if (value["preview"].isObject()) {
        CORDON_TRY(step.preview, previewFrom(value["preview"]));
    }
    if (value["outcome"].isObject())
        step.outcome = outcomeFrom(value["outcome"]);
    step.executedAt = timeFrom(value["executed_at"]);
    step.leaseUntil = timeFrom(value["lease_until"]);
    step.isLeaseOverdue = value["lease_overdue"].asBool();
    step.doneBy = value["done_by"].asString();
    step.request = value["request"].asString();
    step.note = textFrom(value["note_text"]);
    if (const std::string& said = value["note"].asString(); step.note.code.empty() && !said.empty())
        step.note = {"step.said", {{"text", said}}}; // of a page from before notes had codes
    step.approveBy = timeFrom(value["approval"]["approve_by"]);
    step.executeBy = timeFrom(value["approval"]["execute_by"]);
    return step;
}

Value toValue(const Plan& plan)
{
    Value::Array steps;
    for (const Step& step : plan.steps)
        steps.push_back(toValue(step));
    Value value = Value::Object{{"playbook", plan.playbook},
                                {"playbook_name", toValue(plan.playbookName)},
                                {"playbook_digest", plan.playbookDigest},
                                {"revision", plan.revision},
                                {"note", plan.note.code.empty() ? Value() : toValue(plan.note)},
                                {"chosen", plan.chosen.code.empty() ? Value() : toValue(plan.chosen)},
                                {"left_out", leftOutValue(plan.leftOut)},
                                {"variables", variablesValue(plan.variables)},
                                {"order", textList(plan.order)},
                                {"incident_number", plan.incident.value}};
    value.set("steps", std::move(steps));
    return value;
}

Result<Plan> planFrom(const Value& value)
{
    Plan plan;
    plan.incident = IncidentId{value["incident_number"].asInt()};
    plan.playbook = value["playbook"].asString();
    plan.playbookName = textFrom(value["playbook_name"]);
    plan.playbookDigest = value["playbook_digest"].asString();
    plan.revision = static_cast<int>(value["revision"].asInt(1));
    plan.note = textFrom(value["note"]);
    plan.chosen = textFrom(value["chosen"]);
    for (const Value& item : value["left_out"].asArray())
        plan.leftOut.push_back({textFrom(item["title"]), textFrom(item["why"])});
    for (const auto& [name, item] : value["variables"].asObject())
        plan.variables[name] = {item["type"].asString(),
                                item["value"].isString() ? std::optional(item["value"].asString()) : std::nullopt};
    plan.order = textListFrom(value["order"]);
    for (const Value& item : value["steps"].asArray()) {
        CORDON_TRY(Step step, stepFrom(item));
        plan.steps.push_back(std::move(step));
    }
    return plan;
}

} // namespace cordon::engine::codec
