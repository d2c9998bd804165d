#include "core/engine/ledger_words.h"

#include "core/engine/entry_texts.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t longestArgument = 300; ///< longer ones are no part of a sentence

/// Whom or what a decision waits for: the code of its words. Source: core/words/catalogue_govern.cpp
std::string effectOf(const Value& decision)
{
    const std::string& effect = decision["effect"].asString();
    if (effect != "hold")
        return effect;
    const auto isMissing = [&](std::string_view what) {
        const Value::Array& all = decision["missing"].asArray();
        return std::any_of(all.begin(), all.end(), [&](const Value& one) { return one.asString() == what; });
    };
    if (isMissing("earlier_step"))
        return isMissing("approval") ? "hold.step_then_people" : "hold.step";
    return isMissing("approval") || decision["missing"].asArray().empty() ? effect : "hold.other";
}

} // namespace

Text ledgerSummary(const std::string& type, const std::string& data)
{
    const auto value = json::parse(data);
    Text text{"ledger." + type, {}};
    if (value && type == "incident.closed" && (*value)["verdict"].isString())
        text.code += '.' + (*value)["verdict"].asString();
    if (value && type == "incident.reopened" && (*value)["reason"].asString().empty())
        text.code += ".alerts";
    if (value && type == "approval.refused" && (*value)["claimed_by"].isString())
        text.code += ".claimed";
    if (value && (*value)["undo"].asBool() && words::catalogue().contains(text.code + ".undo"))
        text.code += ".undo";
    const std::string& ended = value ? (*value)["desk"]["why"].asString() : std::string();
    const bool isVoid = words::catalogue().contains("approval.void." + ended);
    if (isVoid && type == "approval.ended")
        text.code += ".void";
    if (words::catalogue().find(text.code) == words::catalogue().end())
        text = {"ledger.other", {{"type", type}}};
    if (!value)
        return text;
    for (const auto& [name, member] : value->asObject()) {
        if (member.isString() && member.asString().size() <= longestArgument)
            text.args[name] = member.asString();
        else if (member.isInt())
            text.args[name] = std::to_string(member.asInt());
    }
    text.args["title"] = entryTitle(*value);
    text.args["request"] = (*value)["request"].asString();
    if (text.args["request"].empty())
        text.args["request"] = (*value)["desk"]["request"].asString();
    text.args["person"] = (*value)["person"].asString();
    text.args["name"] = (*value)["name"].asString();
    text.args["why"] = (*value)["why"].asString() + (*value)["reason"].asString();
    if (isVoid)
        text.args["why"] = words::english({"approval.void." + ended, {}});
    if (text.args["why"].empty() && words::catalogue().contains(text.code + ".bare"))
        text.code += ".bare"; // nothing behind a colon
    text.args["effect"] = effectOf((*value)["decision"]);
    text.args["clauses"] = joinedTexts((*value)["decision"]["clauses"]);
    text.args["source"] = (*value)["source"].asString();
    text.args["to"] = (*value)["to"].asString();
    text.args["until"] = (*value)["until"].asString();
    text.args["file"] = (*value)["file"].asString();
    return text;
}

Value ledgerEntryValue(const LedgerEntry& entry)
{
    return Value::Object{{"seq", entry.seq},
                         {"ts", entry.ts.toString()},
                         {"boot", entry.boot},
                         {"mono_ns", entry.monoNanos},
                         {"type", entry.type},
                         {"actor", Value::Object{{"kind", toString(entry.actor.kind)}, {"id", entry.actor.id}}},
                         {"session", entry.session},
                         {"incident", entry.incident},
                         {"mandate", entry.mandate},
                         {"data", entry.data}};
}

} // namespace cordon::engine
