#include "core/record/order_claims.h"

#include "core/base/display_escape.h"
#include "core/base/exact_time.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>
#include <set>

namespace cordon::record {
namespace {

using Claims = std::vector<std::string>;

std::string words(Value::Array members) { return json::write(Value(std::move(members))); }
Value textOf(const Value& value) { return value.asString(); }
Value listOf(const Value& value) { return value.asArray(); }

/// The texts of these members, behind what the whole is about.
std::string texts(const Value& about, const Value& from, std::initializer_list<const char*> names)
{
    Value::Array members{about};
    for (const char* name : names)
        members.push_back(textOf(from[name]));
    return words(std::move(members));
}

/// Of an incident: the order names it, the entry stands in it.
template<const char*... names> struct OfIncident
{
    static Claims asked(const Value& args) { return {texts(textOf(args["incident"]), args, {names...})}; }
    static Claims done(const LedgerEntry& entry) { return {texts(entry.incident, entry.data, {names...})}; }
};
/// Of a step, which both name.
template<const char*... names> struct OfStep
{
    static Claims asked(const Value& args)
    {
        return textOf(args["step"]) == Value("") ? Claims() : Claims{texts(textOf(args["step"]), args, {names...})};
    }
    static Claims done(const LedgerEntry& entry) { return asked(entry.data); }
};

constexpr char text[] = "text";
constexpr char to[] = "to";
constexpr char verdict[] = "verdict";
constexpr char reason[] = "reason";
constexpr char why[] = "why";
constexpr char note[] = "note";

Claims askedForAll(const Value&) { return {""}; }
Claims askedForDrill(const Value& args) { return args["drill"].asBool() ? Claims{""} : Claims(); }
Claims doneDrill(const LedgerEntry&) { return {""}; }
Claims doneResuming(const LedgerEntry& entry)
{
    const auto& by = entry.data["by"].asArray();
    const bool isAlone = !by.empty() && std::all_of(by.begin(), by.end(), [&](const Value& one) { return one.asString() == entry.actor.id; });
    return isAlone ? Claims{""} : Claims();
}
Claims doneUndoing(const LedgerEntry& entry) { return entry.data["undo"].asBool() ? OfStep<>::done(entry) : Claims(); }

std::string arrangement(const Value& incident, const Value& from)
{
    return words({incident, textOf(from["why"]), listOf(from["others"]), listOf(from["alerts"])});
}
Claims askedForArrangement(const Value& args) { return {arrangement(textOf(args["incident"]), args)}; }
Claims doneArrangement(const LedgerEntry& entry) { return {arrangement(entry.incident, entry.data)}; }
Claims askedForItsEnd(const Value& args) { return {texts(textOf(args["order"]), args, {why})}; }
Claims doneItsEnd(const LedgerEntry& entry) { return askedForItsEnd(entry.data); }

/// A step, or all of an incident that have a lease.
Claims keeping(const std::vector<std::string>& what, const Value& until)
{
    const auto end = exactTime(until.asString());
    Claims claims;
    for (const std::string& one : what) {
        if (end && !one.empty())
            claims.push_back(words({one, end->toString()}));
    }
    return claims;
}
Claims askedForKeeping(const Value& args) { return keeping({args["step"].asString()}, args["until"]); }
Claims doneKeeping(const LedgerEntry& entry)
{
    return keeping({entry.data["step"].asString(), entry.incident}, entry.data["until"]);
}

/// What an entry shows of a path.
Claims askedForPaths(const Value& args)
{
    std::set<std::string> paths;
    for (const Value& path : args["paths"].asArray())
        paths.insert(escapedForDisplay(path.asString()));
    return {paths.begin(), paths.end()};
}
Claims donePath(const LedgerEntry& entry) { return {entry.data["source"].asString()}; }

/// The proposal that somebody took is the one that they signed, to the letter.
Claims askedForProposal(const Value& args)
{
    return args["proposal"].isString() ? OfIncident<why, text>::asked(Value::Object{{"incident", args["incident"]}, {"why", args["why"]}, {"text", args["proposal"]}}) : Claims();
}
Claims doneProposal(const LedgerEntry& entry)
{
    return askedForProposal(Value::Object{{"incident", entry.incident}, {"why", entry.data["why"]}, {"proposal", entry.data["proposal"]}});
}

/// What somebody changed in a sequence: every word of the order, and none that is not in it.
std::string change(const char* kind, const Value& of, const Value& from)
{
    Value::Array members{kind, of};
    for (const char* name : {"why", "verb", "target", "params", "before", "after", "lease"})
        members.push_back(from[name]);
    return words(std::move(members));
}
Claims askedForChange(const Value& args)
{
    const char* kind = args.has("step") ? "step" : "incident";
    return textOf(args[kind]) == Value("") ? Claims() : Claims{change(kind, textOf(args[kind]), args)};
}
/// What an entry says beside the order follows from it: which of two steps comes first, and what is done to what.
bool isToldAsOrdered(const LedgerEntry& entry)
{
    const Value& data = entry.data;
    if (entry.type == "step.moved") {
        const bool isBefore = !data["before"].asString().empty();
        return textOf(data["first"]) == textOf(data[isBefore ? "step" : "after"]) &&
               textOf(data["second"]) == textOf(data[isBefore ? "before" : "step"]);
    }
    const Value& entity = data["entity"];
    const std::string target = entity["kind"].asString() + ':' + entity["id"].asString();
    if (!data["target"].isNull() && target != data["target"].asString())
        return false;
    const Value& title = data["title"];
    const std::string& named = title["args"]["target"].asString();
    return entry.type != "step.added" ||
           (title["code"].asString() == "step.by_person" && title["args"]["verb"] == data["verb"] &&
            (named == entity["name"].asString() || named == entity["id"].asString()));
}
Claims doneChange(const LedgerEntry& entry)
{
    if (!isToldAsOrdered(entry))
        return {};
    return {change("step", textOf(entry.data["step"]), entry.data), change("incident", entry.incident, entry.data)};
}

struct Row
{
    std::string_view type;
    OrderRule rule;
};

constexpr std::array rows{
    Row{"incident.note", {"note", OfIncident<text>::asked, OfIncident<text>::done}},
    Row{"incident.assigned", {"assign", OfIncident<to>::asked, OfIncident<to>::done}},
    Row{"incident.closed", {"close", OfIncident<verdict, reason>::asked, OfIncident<verdict, reason>::done}},
    Row{"incident.reopened", {"reopen", OfIncident<reason>::asked, OfIncident<reason>::done}},
    Row{"incident.merged", {"merge", askedForArrangement, doneArrangement}},
    Row{"incident.split", {"split", askedForArrangement, doneArrangement}},
    Row{"incident.moved", {"move", askedForArrangement, doneArrangement}},
    Row{"incident.arrangement_undone", {"undo-arrangement", askedForItsEnd, doneItsEnd}},
    Row{"session.continued", {"continue", OfIncident<>::asked, OfIncident<>::done, "connector"}},
    Row{"step.skipped", {"skip", OfStep<why>::asked, OfStep<why>::done}},
    Row{"step.done_elsewhere", {"done-elsewhere", OfStep<note>::asked, OfStep<note>::done}},
    Row{"step.moved", {"step-move", askedForChange, doneChange}},
    Row{"step.added", {"step-add", askedForChange, doneChange}},
    Row{"step.changed", {"step-edit", askedForChange, doneChange}},
    Row{"step.restored", {"step-restore", askedForChange, doneChange}},
    Row{"sequence.accepted", {"sequence-accept", askedForProposal, doneProposal}},
    Row{"lease.extended", {"keep", askedForKeeping, doneKeeping, "step"}},
    Row{"approval.asked_again", {"ask-again", OfStep<>::asked, OfStep<>::done}},
    Row{"agent.resumed", {"resume", askedForAll, doneResuming}},
    Row{"halt.drill", {"halt", askedForDrill, doneDrill}},
    Row{"decision", {"undo", OfStep<>::asked, doneUndoing}},
    Row{"source.added", {"add-sources", askedForPaths, donePath, "source"}},
    Row{"source.followed", {"follow", askedForPaths, donePath, "source"}},
    Row{"source.left", {"stop-following", askedForPaths, donePath, "source"}}};

} // namespace

const OrderRule* orderRule(std::string_view entryType)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return one.type == entryType; });
    return row == rows.end() ? nullptr : &row->rule;
}

const OrderRule* orderRuleOf(std::string_view command)
{
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& one) { return one.rule.command == command; });
    return row == rows.end() ? nullptr : &row->rule;
}

bool isPersonsAlone(const LedgerEntry& entry)
{
    static const std::set<std::string_view> types{
        "incident.note", "incident.assigned", "incident.merged", "incident.split", "incident.moved", "incident.arrangement_undone",
        "session.continued", "step.skipped", "step.moved", "step.added", "step.changed", "step.restored", "sequence.accepted",
        "step.done_elsewhere", "approval.asked_again", "inventory.imported", "indicators.imported"};
    if (entry.type == "incident.closed")
        return entry.data.has("verdict"); // the agent closes by a clause
    if (entry.type == "incident.reopened")
        return entry.data.has("reason"); // the engine by what came since
    return types.contains(entry.type);
}

} // namespace cordon::record
