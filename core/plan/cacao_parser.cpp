#include "core/plan/cacao_parser.h"

#include "core/base/time.h"
#include "core/crypto/sha256.h"
#include "core/value/json.h"

#include <algorithm>
#include <map>
#include <set>

namespace cordon::plan {
namespace {

/// Where an error is: `file:line: step: what`.
struct Place
{
    std::string file;
    std::string step;

    [[nodiscard]] tl::unexpected<Error> invalid(const Value& at, const std::string& what) const
    {
        return cordon::fail(ErrorCode::Invalid, file + ":" + std::to_string(at.line()) + ": " +
                                                    (step.empty() ? "" : step + ": ") + what);
    }
};

bool isIdentifier(const std::string& text)
{
    const auto dashes = text.find("--");
    if (dashes == std::string::npos || dashes == 0 || text.size() != dashes + 2 + 36)
        return false;
    const std::string_view uuid = std::string_view(text).substr(dashes + 2);
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool isHex = (uuid[i] >= '0' && uuid[i] <= '9') || (uuid[i] >= 'a' && uuid[i] <= 'f');
        if (isDash ? uuid[i] != '-' : !isHex)
            return false;
    }
    return true;
}

Result<void> checkHead(const Value& root, const Place& place)
{
    if (!root.isObject())
        return place.invalid(root, "a playbook is a JSON object");
    if (root["type"].asString() != "playbook")
        return place.invalid(root, "'type' must be 'playbook'");
    if (root["spec_version"].asString() != "cacao-2.0")
        return place.invalid(root, "'spec_version' must be 'cacao-2.0'");
    for (const char* key : {"id", "created_by", "workflow_start"}) {
        if (!isIdentifier(root[key].asString()))
            return place.invalid(root[key], std::string("'") + key + "' must be an identifier (type--uuid)");
    }
    for (const char* key : {"created", "modified"}) {
        if (!Timestamp::parse(root[key].asString()))
            return place.invalid(root[key], std::string("'") + key + "' must be a timestamp");
    }
    if (root["name"].asString().empty())
        return place.invalid(root, "'name' is missing");
    if (!root["workflow"].isObject() || root["workflow"].asObject().empty())
        return place.invalid(root, "'workflow' is missing");
    return {};
}

Result<std::vector<std::string>> nextSteps(const Value& step, const Place& place)
{
    const bool hasCompletion = step.has("on_completion");
    const bool hasOutcome = step.has("on_success") || step.has("on_failure");
    if (hasCompletion && hasOutcome)
        return place.invalid(step, "'on_completion' excludes 'on_success' and 'on_failure'");
    std::vector<std::string> next;
    for (const Value& branch : step["next_steps"].asArray())
        next.push_back(branch.asString());
    for (const char* key : {"on_completion", "on_success", "on_failure"}) {
        if (step.has(key))
            next.push_back(step[key].asString());
    }
    return next;
}

Result<std::vector<EntityKind>> kindsFrom(const Value& list, const Place& place)
{
    std::vector<EntityKind> kinds;
    for (const Value& item : list.asArray()) {
        const auto kind = entityKindFrom(item.asString());
        if (!kind)
            return place.invalid(item, "unknown entity kind '" + item.asString() + "'");
        kinds.push_back(*kind);
    }
    return kinds;
}

std::vector<std::string> textsFrom(const Value& list)
{
    std::vector<std::string> items;
    for (const Value& item : list.asArray())
        items.push_back(item.asString());
    return items;
}

Result<Selector> selectorFrom(const Value& value, const Place& place)
{
    static const std::map<std::string, Selector::From, std::less<>> sources{
        {"incident", Selector::From::Incident},
        {"member", Selector::From::Member},
        {"identity_change", Selector::From::IdentityChange},
        {"residual", Selector::From::Residual},
        {"assumed_role", Selector::From::AssumedRole},
    };
    const auto source = sources.find(value["from"].asString());
    if (source == sources.end())
        return place.invalid(value, "'select.from' must be incident, member, identity_change, residual or assumed_role");
    Selector selector;
    selector.from = source->second;
    CORDON_TRY(selector.kinds, kindsFrom(value["kinds"], place));
    selector.types = textsFrom(value["types"]);
    selector.relations = textsFrom(value["relations"]);
    selector.actions = textsFrom(value["actions"]);
    if (value.has("made_by_incident"))
        selector.isMadeByIncident = value["made_by_incident"].asBool();
    if (value.has("misused"))
        selector.isMisused = value["misused"].asBool();
    selector.beforeHours = static_cast<int>(value["before_hours"].asInt());
    if (selector.beforeHours < 0 || selector.beforeHours > 24 * 30)
        return place.invalid(value, "'select.before_hours' must be 0 to 720");
    selector.most = static_cast<int>(value["most"].asInt(8));
    if (selector.most < 1 || selector.most > 25)
        return place.invalid(value, "'select.most' must be 1 to 25");
    return selector;
}

Result<PlaybookStep> stepFrom(const std::string& id, const Value& value, const Place& place)
{
    static const std::set<std::string, std::less<>> kinds{
        "start", "end", "action", "playbook-action", "parallel", "if-condition", "while-condition", "switch-condition"};
    PlaybookStep step;
    step.id = id;
    step.kind = value["type"].asString();
    step.name = value["name"].asString();
    if (!kinds.contains(step.kind))
        return place.invalid(value, "unknown step type '" + step.kind + "'");
    CORDON_TRY(step.next, nextSteps(value, place));
    if (step.kind != "action")
        return step;
    if (value["commands"].asArray().empty() || value["agent"].asString().empty())
        return place.invalid(value, "an action step needs 'commands' and 'agent'");
    const Value& extension = value["step_extensions"][cordonExtension];
    if (!extension.isObject())
        return cordon::fail(ErrorCode::Unsupported, place.file + ":" + std::to_string(value.line()) + ": " + id +
                                                        ": action without Cordon's extension; Cordon does not run it");
    step.verb = extension["verb"].asString();
    if (!findVerb(step.verb))
        return place.invalid(extension, "unknown verb '" + step.verb + "'");
    CORDON_TRY(step.select, selectorFrom(extension["select"], place));
    step.title = extension["title"].asString();
    step.why = extension["why"].asString();
    if (step.title.empty() || step.why.empty())
        return place.invalid(extension, "'title' and 'why' are missing");
    step.after = textsFrom(extension["after"]);
    step.isFollowUp = extension["follow_up"].asBool();
    step.isOncePerIncident = extension["once_per_incident"].asBool();
    return step;
}

Result<std::vector<Applicability>> applicabilityFrom(const Value& root, const Place& place)
{
    std::vector<Applicability> all;
    for (const Value& item : root["playbook_extensions"][cordonExtension]["applies_to"].asArray()) {
        const auto kind = entityKindFrom(item["kind"].asString());
        if (!kind)
            return place.invalid(item, "unknown entity kind '" + item["kind"].asString() + "'");
        all.push_back({*kind, item["type"].asString(), textsFrom(item["techniques"])});
    }
    if (all.empty())
        return place.invalid(root, "'applies_to' of Cordon's extension is missing");
    return all;
}

/// Follows the workflow from its start, depth first, in the order of the steps' own lists.
class Walk
{
public:
    Walk(const std::map<std::string, PlaybookStep>& steps, const Value& workflow, Place place)
        : m_steps(steps), m_workflow(workflow), m_place(std::move(place))
    {
    }

    Result<void> from(const std::string& id)
    {
        const auto step = m_steps.find(id);
        if (step == m_steps.end())
            return m_place.invalid(m_workflow, "step '" + id + "' is referenced but missing");
        if (m_onPath.contains(id))
            return m_place.invalid(m_workflow, "the workflow runs in a circle through '" + id + "'");
        if (!m_seen.insert(id).second)
            return {};
        if (step->second.kind != "start" && step->second.kind != "end" && step->second.kind != "action" &&
            step->second.kind != "parallel")
            return cordon::fail(ErrorCode::Unsupported,
                                m_place.file + ": step kind '" + step->second.kind + "' is not run yet");
        m_onPath.insert(id);
        if (step->second.kind == "action")
            m_order.push_back(step->second);
        for (const std::string& next : step->second.next)
            CORDON_CHECK(from(next));
        m_onPath.erase(id);
        return {};
    }
    [[nodiscard]] std::vector<PlaybookStep> takeOrder() { return std::move(m_order); }

private:
    const std::map<std::string, PlaybookStep>& m_steps;
    const Value& m_workflow;
    Place m_place;
    std::set<std::string> m_seen;
    std::set<std::string> m_onPath;
    std::vector<PlaybookStep> m_order;
};

} // namespace

Result<Playbook> parseCacao(std::string_view text, const std::string& file)
{
    const Place place{file, {}};
    auto root = json::parse(text);
    if (!root)
        return cordon::fail(root.error().code, file + ": " + root.error().detail);
    CORDON_CHECK(checkHead(*root, place));

    std::map<std::string, PlaybookStep> steps;
    for (const auto& [id, value] : (*root)["workflow"].asObject()) {
        if (!isIdentifier(id))
            return place.invalid(value, "step id '" + id + "' must be type--uuid");
        CORDON_TRY(PlaybookStep step, stepFrom(id, value, Place{file, id}));
        steps.emplace(id, std::move(step));
    }
    for (const auto& [id, step] : steps) {
        for (const std::string& before : step.after) {
            if (!steps.contains(before))
                return place.invalid((*root)["workflow"][id], "'after' names '" + before + "', which is missing");
        }
    }
    Walk walk(steps, (*root)["workflow"], place);
    CORDON_CHECK(walk.from((*root)["workflow_start"].asString()));

    Playbook playbook;
    playbook.id = (*root)["id"].asString();
    playbook.name = (*root)["name"].asString();
    playbook.title = (*root)["playbook_extensions"][cordonExtension]["title"].asString();
    playbook.description = (*root)["description"].asString();
    playbook.file = file;
    playbook.digest = crypto::sha256(text).hex();
    CORDON_TRY(playbook.appliesTo, applicabilityFrom(*root, place));
    playbook.steps = walk.takeOrder();
    return playbook;
}

} // namespace cordon::plan
