#include "core/engine/policy_checks.h"

#include "core/act/queued_connector.h"
#include "core/plan/step_turn.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace cordon::engine {
namespace {

struct Asked
{
    const AgentDesk& desk;
    Judge& judge;
    const IncidentFile& file;
    const Step& step;
    const std::stop_token& stop;
};

bool isDone(const Step& step)
{
    return step.state == StepState::Verified || step.state == StepState::DoneElsewhere;
}

/// The system says of each target both what it is and what it ought to be, and the two are the same.
bool isAsExpected(const Asked& asked, const std::string& attribute)
{
    return std::all_of(asked.step.action.targets.begin(), asked.step.action.targets.end(), [&](const EntityRef& target) {
        const auto facts = asked.judge.read(asked.file, target, asked.stop);
        if (!facts || !facts->exists)
            return false;
        const auto is = facts->state.find(attribute);
        const auto ought = facts->state.find("expected_" + attribute);
        return is != facts->state.end() && ought != facts->state.end() && !is->second.isNull() && is->second == ought->second;
    });
}

/// Every secret of the incident has a new version, and it is there now.
bool areSecretsRotated(const Asked& asked)
{
    for (const IncidentMember& member : asked.file.incident.members) {
        if (member.entity.kind != EntityKind::Secret)
            continue;
        const auto renewed = std::find_if(asked.file.plan.steps.begin(), asked.file.plan.steps.end(), [&](const Step& step) {
            return step.action.type == "secret.add_version" && isDone(step) && step.action.targets.front() == member.entity;
        });
        if (renewed == asked.file.plan.steps.end())
            return false;
        if (renewed->state == StepState::DoneElsewhere)
            continue; // that it is there was looked at then
        const auto line = asked.desk.lineOf(renewed->action);
        const auto seen = line ? act::QueuedConnector(**line).verify(renewed->action, asked.stop) : Result<Outcome>(fail(line.error()));
        if (!seen || seen->state != OutcomeState::Verified)
            return false;
    }
    return true;
}

/// A number that the playbook gives; `otherwise` where it gives none that makes sense.
std::chrono::minutes minutesOf(const Plan& plan, const std::string& name, int otherwise)
{
    constexpr int longest = 60 * 24 * 365;
    const auto place = plan.variables.find(name);
    int minutes = otherwise;
    if (place != plan.variables.end() && place->second.value) {
        const std::string& text = *place->second.value;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minutes);
        if (error != std::errc() || end != text.data() + text.size() || minutes < 0 || minutes > longest)
            minutes = otherwise;
    }
    return std::chrono::minutes(minutes);
}

/// Nothing suspicious since it was cut off, and records came after the last that was: silence alone says nothing.
bool isQuiet(const Asked& asked)
{
    const Duration wanted = minutesOf(asked.file.plan, "__quiet_minutes__", 30);
    Timestamp since = asked.file.view.newest;
    for (const Step& step : asked.file.plan.steps) {
        if (step.action.type == "workload.isolate" && step.executedAt && isDone(step) && step.action.targets == asked.step.action.targets)
            since = std::max(since, *step.executedAt);
    }
    return asked.desk.clock->now() - since >= wanted && asked.desk.logReaches > asked.file.view.newest;
}

/// The old version was off for so long that whoever was missed would have shown.
bool isSoaked(const Asked& asked)
{
    const Duration wanted = minutesOf(asked.file.plan, "__soak_minutes__", 24 * 60);
    std::optional<Timestamp> since;
    for (const Step& step : asked.file.plan.steps) {
        if (step.action.type != "secret.retire_version" || step.action.targets != asked.step.action.targets)
            continue;
        if (!isDone(step) || !step.executedAt)
            return false;
        since = std::max(since.value_or(*step.executedAt), *step.executedAt);
    }
    return since && asked.desk.clock->now() - *since >= wanted;
}

using Check = std::function<bool(const Asked&)>;

const std::map<std::string, Check, std::less<>>& knownChecks()
{
    static const std::map<std::string, Check, std::less<>> table{
        {"__image_digest_matches__", [](const Asked& asked) { return isAsExpected(asked, "image_digest"); }},
        {"__role_bindings_match__", [](const Asked& asked) { return isAsExpected(asked, "role_bindings"); }},
        {"__secrets_rotated__", areSecretsRotated},
        {"__quiet__", isQuiet},
        {"__soaked__", isSoaked},
    };
    return table;
}

/// `secrets_rotated` of `__secrets_rotated__`.
std::string plainName(std::string_view variable)
{
    return std::string(variable.substr(2, variable.size() - 4));
}

} // namespace

PolicyChecks::PolicyChecks(const AgentDesk& desk, Judge& judge, const IncidentFile& file, const Step& step,
                           const std::stop_token& stop)
{
    const Asked asked{desk, judge, file, step, stop};
    for (const StepCondition& condition : step.when) {
        const auto parsed = cacao::Condition::parse(condition.text);
        const bool isText = condition.kind == StepCondition::Kind::Is || condition.kind == StepCondition::Kind::While;
        if (!isText || !parsed)
            continue;
        for (const std::string& name : parsed->names()) {
            const auto check = knownChecks().find(name);
            if (check != knownChecks().end() && !m_passed.contains(plainName(name)))
                m_passed.emplace(plainName(name), check->second(asked));
        }
    }
}

cacao::Truth PolicyChecks::turnOf(const Step& step, const Plan& plan) const
{
    if (step.when.empty())
        return cacao::Truth::True;
    // What a playbook says of a check by itself counts for nothing: only what was looked at does.
    // A loop goes by what is so now: it comes back to it.
    const auto known = [this, &plan](std::string_view name, StepCondition::Kind asks) -> std::optional<cacao::Known> {
        if (!knownChecks().contains(name)) {
            const auto own = plan.variables.find(std::string(name));
            if (own == plan.variables.end() || !own->second.value)
                return std::nullopt;
            return cacao::Known{*own->second.value, own->second.type};
        }
        const auto place = m_passed.find(plainName(name));
        if (place == m_passed.end())
            return std::nullopt;
        if (place->second)
            return cacao::Known{"true", "bool"};
        return asks == StepCondition::Kind::While ? std::optional(cacao::Known{"false", "bool"}) : std::nullopt;
    };
    Plan withoutOwn; // its variables were looked up above
    withoutOwn.steps = plan.steps;
    return plan::isItsTurn(step, withoutOwn, known);
}

std::vector<std::string> PolicyChecks::missing() const
{
    std::vector<std::string> names;
    for (const auto& [name, isPassed] : m_passed) {
        if (!isPassed)
            names.push_back(name);
    }
    return names;
}

} // namespace cordon::engine
