#include "core/engine/ledger_words.h"

#include "core/base/display_escape.h"
#include "core/engine/codec.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <vector>

namespace cordon::engine {
namespace {

std::string joined(const Value& list)
{
    std::string line;
    for (const Value& item : list.asArray())
        line += (line.empty() ? "" : ", ") + item.asString();
    return line;
}

std::string titleOf(const Value& data)
{
    return data["title"].isObject() ? words::english(codec::textFrom(data["title"])) : data["step"].asString();
}

/// What the entries of one action have to say together.
struct ActStory
{
    const LedgerEntry* decision = nullptr;
    const LedgerEntry* intended = nullptr;
    const LedgerEntry* outcome = nullptr;
    const LedgerEntry* scope = nullptr;
    const LedgerEntry* mandate = nullptr;
    std::vector<const LedgerEntry*> approvals;
};

void addTo(ActStory& story, const LedgerEntry& entry, const std::string& digest, const std::string& incident)
{
    const bool isSameAction = entry.data["digest"].asString() == digest && !digest.empty();
    if (entry.type == "mandate.in_force")
        story.mandate = &entry;
    else if (entry.type == "scope.verified" && entry.incident == incident)
        story.scope = &entry;
    else if (entry.type == "decision" && isSameAction)
        story.decision = &entry;
    else if (entry.type == "action.intended" && isSameAction)
        story.intended = &entry;
    else if (entry.type.rfind("outcome.", 0) == 0 && isSameAction)
        story.outcome = &entry;
    else if (entry.type.rfind("approval.", 0) == 0 &&
             entry.data["approval"]["action_digest"].asString() == digest && !digest.empty())
        story.approvals.push_back(&entry);
}

void addDecision(Value& out, const LedgerEntry& entry)
{
    const Value& decision = entry.data["decision"];
    out.set("effect", decision["effect"]);
    out.set("tier", decision["tier"]);
    out.set("clauses", decision["clauses"]);
    out.set("reasons", decision["reasons"]);
    out.set("missing", decision["missing"]);
    out.set("playbook", entry.data["playbook"]);
    out.set("playbook_digest", entry.data["playbook_digest"]);
    out.set("proposed_by", entry.data["proposed_by"]);
    out.set("accountable", entry.data["accountable"]);
    out.set("decision_seq", entry.seq);
}

} // namespace

Text ledgerSummary(const std::string& type, const std::string& data)
{
    const auto value = json::parse(data);
    Text text{"ledger." + type, {}};
    if (words::catalogue().find(text.code) == words::catalogue().end())
        text = {"ledger.other", {{"type", type}}};
    if (!value)
        return text;
    text.args["title"] = titleOf(*value);
    text.args["request"] = (*value)["request"].asString();
    text.args["why"] = (*value)["why"].asString() + (*value)["reason"].asString();
    text.args["effect"] = (*value)["decision"]["effect"].asString();
    text.args["clauses"] = joined((*value)["decision"]["clauses"]);
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

Result<Value> explainEntry(const std::string& caseFolder, std::int64_t seq)
{
    std::vector<LedgerEntry> entries;
    CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        entries.push_back(entry);
        return true;
    }));
    if (seq < 0 || static_cast<std::size_t>(seq) >= entries.size())
        return fail(ErrorCode::NotFound,
                    "no entry " + std::to_string(seq) + "; the ledger has " + std::to_string(entries.size()));
    const LedgerEntry& asked = entries[static_cast<std::size_t>(seq)];
    std::string digest = asked.data["digest"].asString();
    if (digest.empty())
        digest = asked.data["approval"]["action_digest"].asString();
    ActStory story;
    for (const LedgerEntry& entry : entries)
        addTo(story, entry, digest, asked.incident);

    Value out = Value::Object{{"seq", asked.seq},
                              {"type", asked.type},
                              {"time", asked.ts.toString()},
                              {"case_time", asked.data["at"]},
                              {"actor", Value::Object{{"kind", toString(asked.actor.kind)}, {"id", asked.actor.id}}},
                              {"incident", asked.incident},
                              {"session", asked.session},
                              {"mandate_digest", asked.mandate},
                              {"action_digest", digest},
                              {"title", titleOf(asked.data)},
                              {"entry", ledgerEntryValue(asked)}};
    if (story.mandate) {
        out.set("mandate_id", story.mandate->data["id"]);
        out.set("mandate_revision", story.mandate->data["revision"]);
        out.set("owner", story.mandate->data["accountable"]);
        out.set("agent", story.mandate->data["agent"]);
    }
    if (story.scope)
        out.set("scope", story.scope->data["verified"]);
    if (story.decision)
        addDecision(out, *story.decision);
    Value::Array approvers;
    for (const LedgerEntry* approval : story.approvals)
        approvers.push_back(Value::Object{{"by", approval->actor.id},
                                          {"decision", approval->data["approval"]["decision"]},
                                          {"reason", approval->data["reason"]},
                                          {"seq", approval->seq}});
    out.set("approvals", std::move(approvers));
    if (story.intended) {
        out.set("action", story.intended->data["action"]);
        out.set("permit", story.intended->data["permit"]);
        out.set("intended_seq", story.intended->seq);
    }
    if (story.outcome) {
        out.set("outcome", story.outcome->data["outcome"]);
        out.set("outcome_seq", story.outcome->seq);
    }
    return out;
}

std::string explanationText(const Value& explanation)
{
    std::string out;
    const auto line = [&out](const std::string& label, const std::string& text) {
        if (!text.empty())
            out += label + std::string(label.size() < 12 ? 12 - label.size() : 1, ' ') + escapedForDisplay(text) + "\n";
    };
    line("entry", std::to_string(explanation["seq"].asInt()) + " " + explanation["type"].asString() + " at " +
                      explanation["time"].asString());
    line("case time", explanation["case_time"].asString());
    line("what", explanation["title"].asString());
    line("actor", explanation["actor"]["kind"].asString() + " " + explanation["actor"]["id"].asString());
    line("incident", explanation["incident"].asString());
    line("agent", explanation["agent"].asString());
    line("owner", explanation["owner"].asString());
    if (explanation.has("mandate_id"))
        line("mandate", explanation["mandate_id"].asString() + " revision " +
                            std::to_string(explanation["mandate_revision"].asInt()) + " " +
                            explanation["mandate_digest"].asString());
    if (explanation.has("effect"))
        line("decision", explanation["effect"].asString() + " " + explanation["tier"].asString() + " by " +
                             joined(explanation["clauses"]));
    for (const Value& reason : explanation["reasons"].asArray())
        line("because", reason["text"].asString());
    line("missing", joined(explanation["missing"]));
    for (const Value& member : explanation["scope"].asArray())
        line("scope", member["entity"].asString() + ": " + member["why"]["text"].asString() +
                          (member["simulated"].asBool() ? " (simulated)" : ""));
    for (const Value& approval : explanation["approvals"].asArray())
        line("approval", approval["by"].asString() + " " + approval["decision"].asString() + ": " +
                             approval["reason"].asString());
    line("permit", explanation["permit"].asString());
    line("digest", explanation["action_digest"].asString());
    if (explanation.has("outcome"))
        line("outcome", explanation["outcome"]["state"].asString() + ": " + explanation["outcome"]["detail"].asString());
    return out;
}

} // namespace cordon::engine
