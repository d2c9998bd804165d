#include "core/engine/proposal.h"

#include "core/crypto/sha256.h"
#include "core/domain/plain_name.h"
#include "core/govern/verb_schema.h"
#include "core/plan/sequence_edit.h"
#include "core/value/json.h"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace cordon::engine {
namespace {

constexpr std::size_t longestProposal = 16U << 10U;
constexpr std::size_t mostSteps = 20;
constexpr std::size_t longestText = 2000;

Result<void> onlyKnown(const Value& object, const char* what, std::initializer_list<std::string_view> known)
{
    if (!object.isObject())
        return fail(ErrorCode::Invalid, std::string("a proposal's ") + what + " is an object");
    for (const auto& member : object.asObject()) {
        if (std::find(known.begin(), known.end(), member.first) == known.end())
            return fail(ErrorCode::Invalid, std::string("a proposal's ") + what + " has no '" + plainText(member.first, 60) + "'");
    }
    return {};
}

Result<std::string> textAt(const Value& object, const char* key)
{
    const Value& value = object[key];
    if (!value.isNull() && !value.isString())
        return fail(ErrorCode::Invalid, std::string("'") + key + "' is a text");
    if (value.asString().size() > longestText)
        return fail(ErrorCode::Invalid, std::string("'") + key + "' is longer than 2,000 bytes");
    return plainText(value.asString(), longestText);
}

/// The member of the incident that the agent knows under exactly this key.
const IncidentMember* memberNamed(const IncidentFile& file, const std::string& key)
{
    const auto& members = file.incident.members;
    const auto place = std::find_if(members.begin(), members.end(), [&](const IncidentMember& member) { return member.entity.key() == key; });
    return place == members.end() || file.view.hiddenMembers.contains(place->entity) ? nullptr : &*place;
}

/// What is to be said against the step, or "". Fills its action on the way.
std::string problemOf(ProposedStep& step, const IncidentFile& file, const plan::ConnectorView& connector)
{
    const Value& params = step.params;
    const Verb* verb = findVerb(step.verb);
    if (!verb)
        return "verb_unknown: " + plainText(step.verb, 60);
    const IncidentMember* member = memberNamed(file, step.target);
    if (!member)
        return "target_unknown: no member of " + toString(file.incident.id) + " is called that";
    if (!params.isNull() && !params.isObject())
        return "params_invalid: an object is needed";
    for (const auto& param : params.asObject()) {
        if (!param.second.isString() && !param.second.isInt() && !param.second.isBool())
            return "params_invalid: a parameter is a text, a whole number, true or false";
    }
    step.action.type = verb->name;
    step.action.targets = {member->entity};
    if (params.isObject())
        step.action.params = params;
    step.action.incident = toString(file.incident.id);
    if (!verb->undo.empty())
        step.action.rollback = std::string(verb->undo);
    const plan::ConnectorView* doer = connector.doer(step.action.type, member->entity);
    if (!doer)
        return "connector_cannot: " + connector.name + " cannot do " + step.action.type;
    step.action.connector = doer->name;
    step.action.tenant = doer->tenant;
    if (const std::string problem = govern::schemaProblem(step.action); !problem.empty())
        return "params_invalid: " + plainText(problem);
    if (const std::string lacking = govern::missingParams(step.action); !lacking.empty())
        return "params_invalid: " + step.action.type + " lacks " + lacking;
    for (const EntityRef& named : govern::entitiesIn(step.action)) {
        if (!memberNamed(file, named.key()))
            return "target_unknown: a parameter names what is no member of " + toString(file.incident.id);
    }
    return {};
}

/// Whether a step of the sequence does what is proposed already; it may say more exactly how.
bool isSameAct(const Action& there, const Action& proposed)
{
    const auto& params = proposed.params.asObject();
    return there.type == proposed.type && there.targets == proposed.targets &&
           std::all_of(params.begin(), params.end(), [&there](const auto& param) { return there.params[param.first] == param.second; });
}

} // namespace

Result<Proposal> parseProposal(std::string_view text)
{
    if (text.size() > longestProposal)
        return fail(ErrorCode::Invalid, "a proposal has at most 16 KiB");
    CORDON_TRY(const Value value, json::parse(text));
    CORDON_CHECK(onlyKnown(value, "text", {"proposal", "summary", "steps"}));
    if (value["proposal"].asString() != "cordon/v1")
        return fail(ErrorCode::Invalid, "'proposal' must be cordon/v1");
    const Value::Array& steps = value["steps"].asArray();
    if (!value["steps"].isArray() || steps.empty() || steps.size() > mostSteps)
        return fail(ErrorCode::Invalid, "a proposal has 1 to 20 steps");
    Proposal proposal;
    proposal.digest = crypto::sha256(text).hex();
    CORDON_TRY(proposal.summary, textAt(value, "summary"));
    for (const Value& item : steps) {
        CORDON_CHECK(onlyKnown(item, "step", {"verb", "target", "params", "why"}));
        ProposedStep step;
        step.place = static_cast<int>(proposal.steps.size()) + 1;
        CORDON_TRY(step.why, textAt(item, "why"));
        step.verb = item["verb"].asString();
        step.target = item["target"].asString();
        step.params = item["params"];
        proposal.steps.push_back(std::move(step));
    }
    return proposal;
}

Result<Proposal> readProposal(std::string_view text, const IncidentFile& file, const plan::ConnectorView& connector)
{
    CORDON_TRY(Proposal proposal, parseProposal(text));
    std::set<std::string> acts;
    for (ProposedStep& step : proposal.steps) {
        step.problem = problemOf(step, file, connector);
        if (step.problem.empty() && !acts.insert(plan::actOf(step.action)).second)
            step.problem = "already_there: an earlier step does the same";
    }
    return proposal;
}

Result<std::vector<std::string>> takeProposal(IncidentFile& file, const Proposal& proposal, const std::string& person)
{
    Plan wanted = file.plan;
    std::vector<std::string> ids;
    std::string refused; // codes alone: what stands behind them can be the author's words
    const auto refuse = [&refused](const ProposedStep& step, const std::string& code) {
        refused += (refused.empty() ? "" : ", ") + std::to_string(step.place) + " " + code;
    };
    for (const ProposedStep& proposed : proposal.steps) {
        if (!proposed.problem.empty()) {
            refuse(proposed, proposed.problem.substr(0, proposed.problem.find(':')));
            continue;
        }
        const auto there = std::find_if(wanted.steps.begin(), wanted.steps.end(), [&](const Step& step) {
            return isSameAct(step.action, proposed.action) && !plan::leftNothing(step);
        });
        std::string id = there == wanted.steps.end() ? std::string() : there->id;
        if (there == wanted.steps.end()) {
            const Verb& verb = *findVerb(proposed.action.type);
            const EntityRef& target = proposed.action.targets.front();
            Step step;
            step.action = proposed.action;
            step.floor = plan::floorOf(verb, target);
            step.title = {"step.by_person", {{"verb", step.action.type}, {"target", plainName(target)}}};
            step.why = {"why.by_assistant", {{"person", person}, {"why", proposed.why}}};
            step.editedBy = person;
            const IncidentMember* member = file.incident.member(target);
            step.isTargetMadeByIncident = member && member->isMadeByIncident;
            CORDON_TRY(id, plan::addStep(wanted, std::move(step), ""));
        } else if (!plan::isOpenToChange(*there)) {
            refuse(proposed, "already_done"); // or begun
            continue;
        }
        const auto place = std::find_if(wanted.steps.begin(), wanted.steps.end(), [&](const Step& step) { return step.id == id; });
        place->proposal = proposal.digest;
        place->proposalPlace = proposed.place;
        const bool isNew = place->editedBy == person && !ids.empty();
        if (isNew && std::find(place->after.begin(), place->after.end(), ids.back()) == place->after.end())
            place->after.push_back(ids.back());
        ids.push_back(id);
    }
    if (ids.empty())
        return fail(ErrorCode::Invalid, "nothing_to_take: no step of the proposal can be taken (" + refused + ")");
    file.plan = std::move(wanted);
    return ids;
}

} // namespace cordon::engine
