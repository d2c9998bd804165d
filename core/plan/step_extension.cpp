#include "core/plan/step_extension.h"

#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <set>

namespace cordon::plan {
namespace {

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
        {"dependent", Selector::From::Dependent},
    };
    const auto source = sources.find(value["from"].asString());
    if (source == sources.end())
        return place.invalid(value, "'select.from' must be incident, member, identity_change, residual, assumed_role or dependent");
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

/// A member that is no word of a closed list is a mistake, and a mistake here is a step done differently.
Result<std::vector<std::string>> wordsFrom(const Value& extension, const char* key, const std::set<std::string, std::less<>>& known,
                                           const Place& place)
{
    for (const Value& item : extension[key].asArray()) {
        if (!known.contains(item.asString()))
            return place.invalid(item, std::string("'") + key + "' does not know '" + item.asString().substr(0, 60) + "'");
    }
    return textsFrom(extension[key]);
}

/// What the author says of risk and of the way back is compared with the catalogue of verbs: it may be more careful than
/// that, and never less.
Result<void> readRisk(PlaybookStep& step, const Verb& verb, const Value& extension, const Place& place)
{
    if (extension.has("tier")) {
        step.tier = tierFrom(extension["tier"].asString());
        if (!step.tier || *step.tier == Tier::T4)
            return place.invalid(extension["tier"], "'tier' must be T0, T1, T2 or T3");
        if (*step.tier < verb.floor)
            return place.invalid(extension["tier"], "'tier' is below " + std::string(toString(verb.floor)) + ", the floor of " + step.verb);
    }
    if (extension.has("reversibility") && extension["reversibility"].asString() != toString(verb.back))
        return place.invalid(extension["reversibility"], "'reversibility' of " + step.verb + " is " + std::string(toString(verb.back)));
    if (extension.has("rollback") && extension["rollback"].asString() != verb.undo)
        return place.invalid(extension["rollback"],
                             "'rollback' of " + step.verb + " is " + (verb.undo.empty() ? "none" : "'" + std::string(verb.undo) + "'"));
    if (extension.has("lease")) {
        const auto lease = parseDuration(extension["lease"].asString());
        if (!lease || *lease <= Duration::zero())
            return place.invalid(extension["lease"], "'lease' must be a duration, such as 4h");
        if (verb.back != Back::Reversible)
            return place.invalid(extension["lease"], "'lease' of " + step.verb + ", which cannot be taken back");
        step.lease = *lease;
    }
    return {};
}

} // namespace

Result<void> readExtension(PlaybookStep& step, const Value& extension, const Place& place)
{
    step.verb = extension["verb"].asString();
    const Verb* verb = findVerb(step.verb);
    if (!verb)
        return place.invalid(extension, "unknown verb '" + step.verb + "'");
    CORDON_TRY(step.select, selectorFrom(extension["select"], place));
    step.title = extension["title"].asString();
    step.why = extension["why"].asString();
    if (step.title.empty() || step.why.empty())
        return place.invalid(extension, "'title' and 'why' are missing");
    CORDON_CHECK(readRisk(step, *verb, extension, place));
    static const std::set<std::string, std::less<>> checks{"evidence_preserved", "blast_radius", "rollback_dry_run", "change_record"};
    static const std::set<std::string, std::less<>> ways{"inspect", "try", "quiet"};
    CORDON_TRY(step.preChecks, wordsFrom(extension, "pre_checks", checks, place));
    CORDON_TRY(step.verification, wordsFrom(extension, "verification", ways, place));
    step.after = textsFrom(extension["after"]);
    step.evidenceBefore = textsFrom(extension["evidence_before"]);
    for (const std::string& id : step.evidenceBefore) {
        if (std::find(step.after.begin(), step.after.end(), id) == step.after.end())
            step.after.push_back(id);
    }
    step.isFollowUp = extension["follow_up"].asBool();
    step.isOneByOne = extension["one_by_one"].asBool();
    step.isOncePerIncident = extension["once_per_incident"].asBool();
    return {};
}

Result<std::vector<Applicability>> readApplicability(const Value& extension, const Place& place)
{
    std::vector<Applicability> all;
    for (const Value& item : extension["applies_to"].asArray()) {
        const auto kind = entityKindFrom(item["kind"].asString());
        if (!kind)
            return place.invalid(item, "unknown entity kind '" + item["kind"].asString() + "'");
        all.push_back({*kind, item["type"].asString(), textsFrom(item["techniques"]), item["incident"].asString(),
                       textsFrom(item["without"]), textsFrom(item["actions"])});
    }
    return all;
}

} // namespace cordon::plan
