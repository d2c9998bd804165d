// Why an action was done, and all that belongs to it, from the ledger alone.
#include "core/base/display_escape.h"
#include "core/engine/entry_texts.h"
#include "core/engine/ledger_words.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"
#include "core/words/words.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace cordon::engine {
namespace {

bool isOutcome(const LedgerEntry& entry)
{
    return entry.type.rfind("outcome.", 0) == 0;
}

/// What the entries of one action have to say together.
struct ActStory
{
    const LedgerEntry* decision = nullptr;
    const LedgerEntry* intended = nullptr;
    const LedgerEntry* outcome = nullptr;
    const LedgerEntry* undone = nullptr; ///< outcome of taking it back
    const LedgerEntry* lease = nullptr;  ///< newest word on its lease
    const LedgerEntry* scope = nullptr;
    const LedgerEntry* mandate = nullptr;
    std::vector<const LedgerEntry*> approvals;
};

void addTo(ActStory& story, const LedgerEntry& entry, const std::string& digest, const LedgerEntry& asked)
{
    const bool isSameAction = !digest.empty() && entry.data["digest"].asString() == digest;
    const bool isUndo = entry.data["undo"].asBool();
    const bool isSameStep = entry.incident == asked.incident && entry.data["step"].asString() == asked.data["step"].asString();
    const bool stoodThen = entry.seq <= asked.seq; // what came later is no reason of this entry
    if (entry.type == "mandate.in_force" && stoodThen)
        story.mandate = &entry;
    else if (entry.type == "scope.verified" && stoodThen && entry.incident == asked.incident)
        story.scope = &entry;
    else if (entry.type == "decision" && isSameAction && !isUndo)
        story.decision = &entry;
    else if (entry.type == "action.intended" && isSameAction && !isUndo)
        story.intended = &entry;
    else if (isOutcome(entry) && isSameAction)
        (isUndo ? story.undone : story.outcome) = &entry;
    else if (entry.type.rfind("lease.", 0) == 0 && isSameStep)
        story.lease = &entry;
    else if (entry.type.rfind("approval.", 0) == 0 && !digest.empty() &&
             entry.data["approval"]["action_digest"].asString() == digest)
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
    out.set("approvers_needed", decision["needs"]["approvers"]);
    out.set("playbook", entry.data["playbook"]);
    out.set("playbook_digest", entry.data["playbook_digest"]);
    out.set("proposed_by", entry.data["proposed_by"]);
    out.set("accountable", entry.data["accountable"]);
    out.set("see", entry.data["see"]);
    out.set("scope_refs", entry.data["scope"]);
    out.set("prechecks", entry.data["prechecks"]);
    out.set("decision_seq", entry.seq);
}

Value approvalsOf(const ActStory& story)
{
    Value::Array approvers;
    for (const LedgerEntry* approval : story.approvals)
        approvers.push_back(Value::Object{{"by", approval->actor.id},
                                          {"decision", approval->data["approval"]["decision"]},
                                          {"reason", approval->data["reason"]},
                                          {"seq", approval->seq}});
    return approvers;
}

/// Whether the effect stands, and until when or at whose word it can be taken back.
Value rollbackOf(const ActStory& story)
{
    const auto state = [](const char* name, std::string text) {
        return Value::Object{{"state", name}, {"text", std::move(text)}};
    };
    if (!story.outcome)
        return state("open", "it has no outcome yet: nothing is known to take back");
    const Value& outcome = story.outcome->data["outcome"];
    if (story.undone && story.undone->type == "outcome.verified")
        return state("reverted", "taken back by " + story.undone->actor.id + " at " + story.undone->ts.toString());
    if (story.undone)
        return state("undo_failed", "an undo by " + story.undone->actor.id + " did not succeed");
    if (outcome["state"].asString() != "verified")
        return state("nothing_done", "the effect was not read back: nothing to take back by itself");
    if (outcome["undo_record"].isNull())
        return state("none", "it cannot be taken back, or changes nothing");
    if (story.lease && story.lease->type == "lease.overdue")
        return state("kept", "its lease ended and it was kept: " + story.lease->data["why"].asString());
    if (story.lease)
        return state("leased", "can be taken back; kept by " + story.lease->actor.id + " until " +
                                   story.lease->data["until"].asString());
    if (const std::string& lease = story.outcome->data["lease_until"].asString(); !lease.empty())
        return state("leased", "can be taken back; its lease ends at " + lease);
    return state("possible", "can be taken back on a person's word");
}

std::string scopeText(const Value& target)
{
    std::string line = target["entity"].asString() + ": ";
    line += !target["member"].asBool()     ? "no member of the incident"
            : target["confirmed"].asBool() ? "confirmed by a person"
            : target["verified"].asBool()  ? "misuse verified by a second source"
                                           : "member of the incident";
    for (const Value& cite : target["cites"].asArray())
        line += "; evidence " + cite["evidence"].asString().substr(0, 12) + " at " +
                std::to_string(cite["offset"].asInt()) + "+" + std::to_string(cite["length"].asInt());
    return line;
}

std::string prechecksText(const Value& explanation)
{
    if (explanation["tier"].asString() == "T0")
        return "none: looking and keeping ask for none";
    std::string line;
    for (const auto& [name, answer] : explanation["prechecks"].asObject())
        line += (line.empty() ? "" : ", ") + name + " " + answer.asString();
    return line;
}

std::string approversText(const Value& explanation)
{
    std::string line;
    for (const Value& approval : explanation["approvals"].asArray()) {
        const std::string& reason = approval["reason"].asString();
        line += (line.empty() ? "" : ", ") + approval["by"].asString() + " " + approval["decision"].asString() +
                (reason.empty() ? "" : ": " + reason);
    }
    if (line.empty() && explanation["approvers_needed"].asInt() == 0)
        return "none needed: " + explanation["tier"].asString() + " runs by itself";
    return line;
}

/// The plain members of an entry, name by name; of lists how long they are.
void sayMembers(const Value& data, const std::function<void(const std::string&, const std::string&)>& line)
{
    constexpr std::size_t longest = 300;
    for (const auto& [name, member] : data.asObject()) {
        if (name == "at" || name == "title" || name == "digest" || name == "permit")
            continue;
        if (member.isString())
            line(name, member.asString().substr(0, longest) + (member.asString().size() > longest ? "\u2026" : ""));
        else if (member.isInt())
            line(name, std::to_string(member.asInt()));
        else if (member.isBool())
            line(name, member.asBool() ? "yes" : "no");
        else if (member.isArray() && !joinedTexts(member).empty())
            line(name, joinedTexts(member));
        else if (member.isArray())
            line(name, std::to_string(member.asArray().size()) + " in the entry (--json shows them)");
    }
}

} // namespace

Result<Value> explainEntry(const std::string& caseFolder, std::int64_t seq)
{
    std::vector<LedgerEntry> entries;
    CORDON_CHECK(record::eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        entries.push_back(entry);
        return true;
    }));
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const LedgerEntry& entry) { return entry.seq == seq; });
    if (found == entries.end())
        return fail(ErrorCode::NotFound,
                    "no entry " + std::to_string(seq) + "; there are " + std::to_string(entries.size()) + " here");
    const LedgerEntry& asked = *found;
    std::string digest = asked.data["digest"].asString();
    if (digest.empty())
        digest = asked.data["approval"]["action_digest"].asString();
    ActStory story;
    for (const LedgerEntry& entry : entries)
        addTo(story, entry, digest, asked);

    Value out = Value::Object{{"seq", asked.seq},
                              {"type", asked.type},
                              {"time", asked.ts.toString()},
                              {"case_time", asked.data["at"]},
                              {"actor", Value::Object{{"kind", toString(asked.actor.kind)}, {"id", asked.actor.id}}},
                              {"incident", asked.incident},
                              {"session", asked.session},
                              {"mandate_digest", asked.mandate},
                              {"action_digest", digest},
                              {"title", entryTitle(asked.data)},
                              {"summary", words::english(ledgerSummary(asked.type, json::write(asked.data)))},
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
    out.set("approvals", approvalsOf(story));
    if (story.intended) {
        out.set("action", story.intended->data["action"]);
        out.set("permit", story.intended->data["permit"]);
        out.set("intended_seq", story.intended->seq);
        out.set("rollback", rollbackOf(story));
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
    const std::string& title = explanation["title"].asString();
    line("what", title.empty() ? explanation["summary"].asString() : title);
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
                             joinedTexts(explanation["clauses"]));
    for (const Value& reason : explanation["reasons"].asArray())
        line("because", reason["text"].asString());
    line("missing", joinedTexts(explanation["missing"]));
    line("read under", joinedTexts(explanation["see"]));
    for (const Value& target : explanation["scope_refs"].asArray())
        line("target", scopeText(target));
    for (const Value& member : explanation["scope"].asArray())
        line("scope", member["entity"].asString() + ": " + member["why"]["text"].asString() +
                          (member["simulated"].asBool() ? " (simulated)" : ""));
    if (explanation.has("permit")) {
        line("approvers", approversText(explanation));
        line("pre-checks", prechecksText(explanation));
    } else {
        for (const Value& approval : explanation["approvals"].asArray())
            line("approval", approval["by"].asString() + " " + approval["decision"].asString() + ": " +
                                 approval["reason"].asString());
    }
    if (!explanation.has("effect")) // nothing of an act: whatever the entry itself says
        sayMembers(explanation["entry"]["data"], line);
    line("permit", explanation["permit"].asString());
    line("digest", explanation["action_digest"].asString());
    if (explanation.has("outcome"))
        line("outcome", explanation["outcome"]["state"].asString() + ": " + explanation["outcome"]["detail"].asString());
    line("rollback", explanation["rollback"]["text"].asString());
    return out;
}

} // namespace cordon::engine
