#include "core/plan/planner.h"

#include "core/plan/step_targets.h"

#include <algorithm>
#include <map>
#include <set>

namespace cordon::plan {
namespace {

/// T1098 covers T1098.001.
bool coversTechnique(const std::string& wanted, const std::string& found)
{
    return found == wanted || (found.size() > wanted.size() && found.compare(0, wanted.size(), wanted) == 0 &&
                               found[wanted.size()] == '.');
}

/// Whether the incident changed a right in one of these ways, on a thing of that kind.
bool hasChanged(const Applicability& rule, const Brief& brief)
{
    const auto isOfKind = [&rule](const std::optional<EntityRef>& entity) { return entity && entity->kind == rule.kind; };
    return std::any_of(brief.identityChanges.begin(), brief.identityChanges.end(), [&](const IdentityChange& change) {
        return change.isInsideIncident && change.hasSucceeded && (isOfKind(change.object) || isOfKind(change.subject)) &&
               std::find(rule.actions.begin(), rule.actions.end(), change.action) != rule.actions.end();
    });
}

/// How exactly the rule of applicability speaks of this incident; 0 when it does not fit.
int fitness(const Applicability& rule, const Incident& incident, const Brief& brief)
{
    constexpr int certain = 4; // says more than kind, type and technique together
    if (!rule.actions.empty())
        return hasChanged(rule, brief) ? 1 + certain : 0;
    if (!rule.incident.empty() && incident.title.code != "incident.title." + rule.incident)
        return 0;
    const bool isExcluded = std::any_of(incident.members.begin(), incident.members.end(), [&rule](const IncidentMember& member) {
        return member.isMisused && member.entity.kind == EntityKind::Credential &&
               std::find(rule.without.begin(), rule.without.end(), member.entity.type) != rule.without.end();
    });
    if (isExcluded)
        return 0;
    const int named = rule.incident.empty() ? 0 : certain;
    const bool hasTechnique =
        rule.techniques.empty() ||
        std::any_of(incident.techniques.begin(), incident.techniques.end(), [&](const std::string& found) {
            return std::any_of(rule.techniques.begin(), rule.techniques.end(),
                               [&](const std::string& wanted) { return coversTechnique(wanted, found); });
        });
    if (!hasTechnique)
        return 0;
    for (const IncidentMember& member : incident.members) {
        const bool isInvolved = member.isMisused || member.isMadeByIncident;
        if (isInvolved && member.entity.kind == rule.kind && (rule.type.empty() || member.entity.type == rule.type))
            return 1 + named + (rule.type.empty() ? 0 : 2) + (rule.techniques.empty() ? 0 : 1);
    }
    return 0;
}

int fitness(const Playbook& playbook, const Incident& incident, const Brief& brief)
{
    int best = 0;
    for (const Applicability& rule : playbook.appliesTo)
        best = std::max(best, fitness(rule, incident, brief));
    return best;
}

Step makeStep(const PlaybookStep& recipe, const StepTarget& target, const Incident& incident,
              const ConnectorView& connector)
{
    const Verb& verb = *findVerb(recipe.verb);
    Step step;
    step.action.type = recipe.verb;
    step.action.connector = connector.name;
    step.action.tenant = connector.tenant;
    step.action.targets = {target.entity};
    step.action.params = target.params;
    step.action.incident = toString(incident.id);
    if (!verb.undo.empty())
        step.action.rollback = std::string(verb.undo);
    step.title = {recipe.title, target.words};
    step.why = {recipe.why, target.words};
    step.floor = std::max(floorOf(verb, target.entity), recipe.tier.value_or(Tier::T0));
    step.lease = recipe.lease;
    step.back = verb.back;
    step.isFollowUp = recipe.isFollowUp;
    step.isTargetMadeByIncident = target.isMadeByIncident;
    return step;
}

/// The conditions that a recipe stands under, with the steps made from the recipes that they name.
void addConditions(Step& step, const PlaybookStep& recipe, const std::multimap<std::string, std::string>& made)
{
    step.when = recipe.when;
    for (StepCondition& condition : step.when) {
        std::vector<std::string> steps;
        for (const std::string& named : condition.steps) {
            const auto [first, last] = made.equal_range(named);
            for (auto place = first; place != last; ++place)
                steps.push_back(place->second);
        }
        condition.steps = std::move(steps);
    }
}

/// Steps of one recipe wait for every step made from the recipes it names.
void addOrder(Step& step, const PlaybookStep& recipe, const std::multimap<std::string, std::string>& made)
{
    for (const std::string& before : recipe.after) {
        const auto [first, last] = made.equal_range(before);
        for (auto place = first; place != last; ++place)
            step.after.push_back(place->second);
    }
}

} // namespace

namespace {

Text nameOf(const Playbook& playbook)
{
    return playbook.title.empty() ? Text{"step.said", {{"text", playbook.name}}} : Text{playbook.title, {}};
}

/// Which of a playbook's rules speaks most exactly of the incident.
Text whyChosen(const Playbook& playbook, const Incident& incident, const Brief& brief)
{
    const Applicability* best = nullptr;
    for (const Applicability& rule : playbook.appliesTo) {
        if (fitness(rule, incident, brief) > (best ? fitness(*best, incident, brief) : 0))
            best = &rule;
    }
    if (!best)
        return {};
    const std::string what = std::string(toString(best->kind)) + (best->type.empty() ? "" : " " + best->type);
    std::string techniques;
    for (const std::string& wanted : best->techniques) {
        const bool isFound = std::any_of(incident.techniques.begin(), incident.techniques.end(),
                                         [&](const std::string& found) { return coversTechnique(wanted, found); });
        if (isFound)
            techniques += (techniques.empty() ? "" : ", ") + wanted;
    }
    return techniques.empty() ? Text{"plan.chosen", {{"what", what}}} : Text{"plan.chosen.technique", {{"what", what}, {"techniques", techniques}}};
}

/// Why a recipe makes no step here, or fewer than it could.
void leaveOut(Plan& plan, const PlaybookStep& recipe, Text why)
{
    constexpr std::size_t most = 100;
    if (plan.leftOut.size() < most)
        plan.leftOut.push_back({{"step.said", {{"text", recipe.name.empty() ? recipe.verb : recipe.name}}}, std::move(why)});
}

} // namespace

Tier floorOf(const Verb& verb, const EntityRef& target)
{
    const bool isWide = verb.name == "session.revoke" && target.kind != EntityKind::Credential;
    return isWide ? std::max(verb.floor, Tier::T2) : verb.floor;
}

const Playbook* Planner::bestFor(const Incident& incident, const Brief& brief) const
{
    const Playbook* best = nullptr;
    int bestFitness = 0;
    for (const Playbook& playbook : m_playbooks) {
        const int found = fitness(playbook, incident, brief);
        if (found > bestFitness || (found == bestFitness && found > 0 && playbook.id < best->id)) {
            best = &playbook;
            bestFitness = found;
        }
    }
    return best;
}

Plan Planner::propose(const Incident& incident, const Brief& brief, const ConnectorView& connector) const
{
    Plan plan;
    plan.incident = incident.id;
    const Playbook* playbook = bestFor(incident, brief);
    if (!playbook) {
        plan.note = {"plan.no_playbook", {}};
        return plan;
    }
    plan.playbook = playbook->id;
    plan.playbookName = {playbook->title.empty() ? playbook->name : playbook->title, {}};
    plan.playbookDigest = playbook->digest;
    plan.variables = playbook->variables;
    plan.chosen = whyChosen(*playbook, incident, brief);
    for (const Playbook& other : m_playbooks) {
        if (&other != playbook && fitness(other, incident, brief) > 0)
            plan.leftOut.push_back({nameOf(other), {"left_out.less_specific", {}}});
    }

    std::multimap<std::string, std::string> made; ///< recipe id to step ids
    std::set<std::string> seen;                   ///< the same thing is done once
    bool changesAnything = false;
    for (const PlaybookStep& recipe : playbook->steps) {
        if (!recipe.playbook.empty())
            continue; // called, and not put in its place
        const Text cannot{"left_out.connector_cannot", {{"connector", connector.name}, {"verb", recipe.verb}}};
        if (!connector.doerOf && !connector.can(recipe.verb)) {
            leaveOut(plan, recipe, cannot);
            continue;
        }
        const std::vector<StepTarget> targets = targetsOf(recipe.select, incident, brief);
        if (targets.empty())
            leaveOut(plan, recipe, {"left_out.nothing_found", {}});
        for (const StepTarget& target : targets) {
            const ConnectorView* doer = connector.doer(recipe.verb, target.entity);
            if (!doer) {
                leaveOut(plan, recipe, cannot);
                continue;
            }
            const std::string object = target.params["policy"].asString() + target.params["secret"].asString();
            if (!seen.insert(recipe.verb + '\n' + target.entity.key() + '\n' + object).second) {
                leaveOut(plan, recipe, {"left_out.same", {{"target", target.entity.name.empty() ? target.entity.id : target.entity.name}}});
                continue;
            }
            Step step = makeStep(recipe, target, incident, *doer);
            step.ordinal = static_cast<int>(plan.steps.size()) + 1;
            step.id = toString(incident.id) + "/S" + std::to_string(step.ordinal);
            addOrder(step, recipe, made);
            addConditions(step, recipe, made);
            if (const auto before = made.upper_bound(recipe.id); recipe.isOneByOne && before != made.begin() &&
                                                                 std::prev(before)->first == recipe.id)
                step.after.push_back(std::prev(before)->second);
            made.emplace(recipe.id, step.id);
            changesAnything = changesAnything || findVerb(recipe.verb)->changes;
            plan.steps.push_back(std::move(step));
            if (recipe.isOncePerIncident)
                break;
        }
    }
    if (!changesAnything)
        plan.note = {"plan.nothing_to_contain", {}};
    return plan;
}

} // namespace cordon::plan
