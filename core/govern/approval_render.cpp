#include "core/govern/approval_render.h"

#include "core/base/utf8.h"
#include "core/govern/action_digest.h"
#include "core/govern/identifier_rules.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace cordon::govern {
namespace {

struct VerbWords
{
    std::string_view verb;
    std::string_view start;
    std::string_view end;
};

// INVARIANT: these words are part of approval format 1; the digest of every approval ever given covers them.
constexpr std::array<VerbWords, 28> verbWords{{
    {"evidence.collect", "Collect evidence about", ""},
    {"evidence.snapshot", "Take a snapshot of", ""},
    {"inventory.read", "Inspect", ""},
    {"activity.watch", "Watch the activity of", ""},
    {"change.open", "Open a change record for", ""},
    {"change.note", "Add to the change record of", ""},
    {"credential.deactivate", "Deactivate", ""},
    {"session.revoke", "Revoke the sessions of", ""},
    {"account.suspend", "Suspend", ""},
    {"workload.isolate", "Isolate", ""},
    {"address.block", "Block", ""},
    {"policy.detach", "Detach a policy from", ""},
    {"grant.remove", "Remove a grant from", ""},
    {"consent.revoke", "Revoke a consent of", ""},
    {"trust.restore", "Restore the trust policy of", ""},
    {"credential.replace", "Make a replacement for", ""},
    {"secret.add_version", "Add a version to", ""},
    {"dependent.update", "Update the configuration of", ""},
    {"secret.retire_version", "Retire a version of", ""},
    {"credential.activate", "Activate again", ""},
    {"account.resume", "Resume", ""},
    {"workload.release", "Release", ""},
    {"address.unblock", "Unblock", ""},
    {"credential.delete", "Delete", " permanently"},
    {"account.delete", "Delete", " permanently"},
    {"secret.delete_version", "Delete a version of", " permanently"},
    {"token.destroy", "Destroy", " permanently"},
    {"workload.terminate", "Terminate", " permanently"},
}};

constexpr std::array<std::string_view, 4> tierNames{"Observe", "Low", "Disruptive", "Destructive"};
constexpr std::size_t mostItems = 50;

std::string spaced(std::string text)
{
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// A thing that several records name is said once.
std::vector<std::string> eachOnce(const std::vector<std::string>& items)
{
    std::vector<std::string> all;
    for (const std::string& item : items) {
        if (std::find(all.begin(), all.end(), item) == all.end())
            all.push_back(item);
    }
    return all;
}

Value textList(const std::vector<std::string>& items)
{
    Value::Array list;
    for (std::size_t i = 0; i < items.size() && i < mostItems; ++i)
        list.emplace_back(escapedForPeople(items[i]));
    if (items.size() > mostItems)
        list.emplace_back("and " + std::to_string(items.size() - mostItems) + " more");
    return list;
}

Value targetToValue(const TargetFacts& facts)
{
    Value value = Value::Object{{"kind", toString(facts.target.kind)},
                                {"id", facts.target.id},
                                {"name", escapedForPeople(facts.target.name)},
                                {"type", escapedForPeople(facts.target.type, 64)},
                                {"owner", facts.owner ? Value(escapedForPeople(*facts.owner)) : Value()},
                                {"criticality", facts.criticality ? Value(toString(*facts.criticality)) : Value()},
                                {"tags", facts.tags ? textList(*facts.tags) : Value()}};
    value.set("dependents", facts.dependents ? Value(static_cast<std::int64_t>(facts.dependents->size())) : Value());
    return value;
}

/// Attributes as texts: what signs must not hold floats or deep trees.
Value attributesToValue(const Value& attributes)
{
    Value::Object texts;
    for (const auto& [name, value] : attributes.asObject()) {
        if (texts.size() == mostItems)
            break;
        texts[escapedForPeople(name, 128)] = escapedForPeople(value.isString() ? value.asString() : json::write(value));
    }
    return texts;
}

Value previewToValue(const Preview& preview)
{
    std::vector<std::string> dependents;
    for (const EntityRef& entity : preview.dependents)
        dependents.push_back(entity.name.empty() ? entity.id : entity.name);
    return Value::Object{{"request", escapedForPeople(preview.request)}, {"before", attributesToValue(preview.before)},
                         {"after", attributesToValue(preview.after)},    {"dependents", textList(dependents)},
                         {"still_open", textList(eachOnce(preview.stillOpen))},    {"undo", escapedForPeople(preview.undo)}};
}

std::string joined(const Value& list, std::string_view between)
{
    std::string text;
    for (const Value& item : list.asArray())
        text += (text.empty() ? "" : std::string(between)) + escapedForPeople(item.asString());
    return text;
}

std::string attributes(const Value& value)
{
    std::string text;
    for (const auto& [name, attribute] : value.asObject())
        text +=
            (text.empty() ? "" : ", ") + escapedForPeople(name, 128) + " = " + escapedForPeople(attribute.asString());
    return text;
}

const Value& factsOf(const EntityRef& target, const Value& facts)
{
    static const Value none;
    for (const Value& item : facts["targets"].asArray()) {
        if (item["kind"].asString() == toString(target.kind) && item["id"].asString() == target.id)
            return item;
    }
    return none;
}

std::string targetLine(const EntityRef& target, const Value& facts)
{
    const Value& known = factsOf(target, facts);
    const std::string& type = known["type"].asString();
    std::string text = spaced(escapedForPeople(type.empty() ? toString(target.kind) : std::string_view(type)));
    text += ' ' + escapedForPeople(target.id, 2048);
    if (const std::string& name = known["name"].asString(); !name.empty() && name != target.id)
        text += ", named " + escapedForPeople(name);
    if (const std::string& owner = known["owner"].asString(); !owner.empty())
        text += ", of " + escapedForPeople(owner);
    text += ", criticality " + (known["criticality"].isString() ? known["criticality"].asString() : "unknown");
    return text;
}

std::string paramText(const Value& value)
{
    return escapedForPeople(value.isString() ? value.asString() : json::write(value), 2048);
}

std::string blastRadius(const Action& action, const Value& facts)
{
    std::int64_t count = 0;
    bool isKnown = true;
    for (const EntityRef& target : action.targets) {
        const Value& dependents = factsOf(target, facts)["dependents"];
        isKnown = isKnown && dependents.isInt();
        count += dependents.asInt();
    }
    std::string text = isKnown ? std::to_string(count) + (count == 1 ? " known dependent" : " known dependents")
                               : std::string("unknown");
    if (const std::string names = joined(facts["preview"]["dependents"], ", "); !names.empty())
        text += ": " + names;
    return text;
}

std::string undoText(const Action& action, const Value& facts)
{
    const Verb* verb = findVerb(action.type);
    const std::string& told = facts["preview"]["undo"].asString();
    const std::string detail = told.empty() ? "" : " (" + escapedForPeople(told) + ')';
    if (!verb || verb->back == Back::None)
        return "None. This cannot be undone." + detail;
    return (verb->back == Back::Partly ? "Partly: the effect stays, service can resume"
                                       : "By " + std::string(verb->undo)) +
           detail;
}

std::string peopleNeeded(const ApprovalRequest& request)
{
    const int count = request.needs.approvers;
    std::string text = count == 1 ? "one person" : std::to_string(count) + " people";
    if (request.needs.needsCommander)
        text += ", at least one a commander";
    return request.requester.empty() ? text : text + ", not " + escapedForPeople(request.requester);
}

} // namespace

Value FrozenFacts::toValue() const
{
    Value::Array targetList;
    for (const TargetFacts& facts : targets)
        targetList.push_back(targetToValue(facts));
    Value::Object checks;
    for (const auto& [name, result] : prechecks)
        checks[escapedForPeople(name, 64)] = escapedForPeople(result, 64);
    Value value = Value::Object{
        {"targets", std::move(targetList)},
        {"preview", preview ? previewToValue(*preview) : Value()},
        {"because", textList(because)},
        {"events", textList(events)},
        {"prechecks", std::move(checks)},
        {"residual_access", textList(residualAccess)},
        {"mandate", Value::Object{{"id", escapedForPeople(mandateId)}, {"revision", mandateRevision}}}};
    if (asOf)
        value.set("as_of", Value::Object{{"time", asOf->toString()}, {"entries", ledgerEntries}});
    return value;
}

std::string actionTitle(const Action& action, const Value& facts)
{
    const auto words =
        std::find_if(verbWords.begin(), verbWords.end(), [&](const VerbWords& row) { return row.verb == action.type; });
    if (words == verbWords.end() || action.targets.empty())
        return escapedForPeople(action.type, 64);
    const std::string& type = factsOf(action.targets.front(), facts)["type"].asString();
    std::string noun =
        spaced(escapedForPeople(type.empty() ? toString(action.targets.front().kind) : std::string_view(type)));
    if (action.targets.front().kind == EntityKind::Account && !type.empty())
        noun += " account";
    if (action.targets.size() > 1)
        noun += " (" + std::to_string(action.targets.size()) + " of them)";
    return std::string(words->start) + ' ' + noun + std::string(words->end);
}

Result<std::vector<RenderLine>> renderLines(const ApprovalRequest& request)
{
    CORDON_TRY(const Action action, actionFromBytes(request.actionBytes));
    const Value& facts = request.facts;
    std::vector<RenderLine> lines;
    const auto add = [&](std::string key, std::string label, std::string text) {
        if (!text.empty())
            lines.push_back({std::move(key), std::move(label), std::move(text)});
    };
    if (request.isExercise)
        add("exercise", "Exercise", "EXERCISE. Nothing outside the exercise tenant is touched.");
    const auto tier = static_cast<std::size_t>(request.tier);
    add("tier", "Tier",
        std::string(toString(request.tier)) + (tier < tierNames.size() ? ' ' + std::string(tierNames[tier]) : ""));
    const std::string& call = facts["preview"]["request"].asString();
    add("will_do", "Will do", escapedForPeople(action.type) + (call.empty() ? "" : ", as " + escapedForPeople(call)));
    for (const EntityRef& target : action.targets)
        add("target", "Target", targetLine(target, facts));
    for (const auto& [name, value] : action.params.asObject())
        add("with", "With", escapedForPeople(name) + " = " + paramText(value));
    add("environment", "Environment",
        escapedForPeople(request.environment) + ", tenant " + escapedForPeople(action.tenant) + ", through " +
            escapedForPeople(action.connector));
    add("because", "Because", joined(facts["because"], "; "));
    if (!facts["events"].asArray().empty())
        add("events", "Cited events", joined(facts["events"], ", "));
    if (const Value& asOf = facts["as_of"]; asOf.isObject())
        add("as_of", "As of",
            escapedForPeople(asOf["time"].asString(), 64) + ", ledger entry " +
                std::to_string(asOf["entries"].asInt() - 1) + "; what came later is in the incident, not here");
    add("blast_radius", "Blast radius", blastRadius(action, facts));
    add("before", "Now", attributes(facts["preview"]["before"]));
    add("after", "Afterwards", attributes(facts["preview"]["after"]));
    add("checks", "Before it runs", attributes(facts["prechecks"]));
    add("undo", "Undo", undoText(action, facts));
    add("still_open", "Still open after", joined(facts["preview"]["still_open"], "; "));
    add("residual_access", "Residual access", joined(facts["residual_access"], "; "));
    add("incident", "Incident",
        escapedForPeople(request.incident) + ", case " + escapedForPeople(request.caseName) + ", session " +
            escapedForPeople(request.session));
    std::string clauses;
    for (const std::string& clause : request.clauses)
        clauses += (clauses.empty() ? "" : ", ") + escapedForPeople(clause);
    add("mandate", "Mandate",
        escapedForPeople(facts["mandate"]["id"].asString()) + " revision " +
            std::to_string(facts["mandate"]["revision"].asInt()) + ", clauses " + clauses);
    add("needs", "Needs", peopleNeeded(request));
    add("digest", "You sign", "sha256 " + request.actionDigest);
    return lines;
}

Result<std::string> renderRequest(const ApprovalRequest& request)
{
    CORDON_TRY(const Action action, actionFromBytes(request.actionBytes));
    CORDON_TRY(const std::vector<RenderLine> lines, renderLines(request));
    std::string text = actionTitle(action, request.facts) + '\n';
    for (const RenderLine& line : lines)
        text += line.label + ": " + line.text + '\n';
    return text;
}

std::string escapedForPeople(std::string_view text, std::size_t most)
{
    std::string shown;
    while (!text.empty()) {
        if (shown.size() >= most) {
            shown += "\u2026 (" + std::to_string(text.size()) + " bytes more)";
            break;
        }
        const std::size_t length = utf8SequenceLength(text);
        const std::uint32_t point =
            length == 0 ? static_cast<unsigned char>(text[0]) : codePointOf(text.substr(0, length));
        if (length == 0 || isUnseen(point)) {
            char code[16];
            std::snprintf(code, sizeof code, length == 0 ? "\\x{%02x}" : "\\u{%x}", point);
            shown += code;
        } else {
            shown += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(1, length));
    }
    return shown;
}

std::string typedTargetOf(const ApprovalRequest& request)
{
    const auto action = actionFromBytes(request.actionBytes);
    if (!action || request.tier != Tier::T3 || !request.needs.isTypedTarget)
        return {};
    if (action->targets.size() > 1)
        return std::to_string(action->targets.size());
    const std::string& name = factsOf(action->targets.front(), request.facts)["name"].asString();
    const std::string& shown = name.empty() ? action->targets.front().id : name;
    return shown.size() <= 12 ? shown : std::string();
}

} // namespace cordon::govern
