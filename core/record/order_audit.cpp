#include "core/record/order_audit.h"

#include <algorithm>
#include <functional>
#include <map>

namespace cordon::record {
namespace {

/// Between what the signer's clock says and when the holder took it.
constexpr Duration freshness = std::chrono::minutes(10);

bool isPlain(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
}

/// What was ordered is done at once, or not any more.
constexpr std::int64_t longestWait = 24LL * 3600 * 1'000'000'000;

/// What an entry shows of a text is the text itself, unless it holds what is not shown as it is.
bool isShownAs(const std::string& text, const std::string& shown)
{
    return !isPlain(text) || text.substr(0, 2000) == shown;
}

std::set<std::string> setOf(const Value& list)
{
    std::set<std::string> all;
    for (const Value& item : list.asArray())
        all.insert(item.asString());
    return all;
}

const std::string& textOf(const Value& value) { return value.asString(); }

bool isOfIncident(const LedgerEntry& entry, const Value& args) { return args["incident"].asString() == entry.incident; }
bool isNote(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && textOf(args["text"]) == textOf(entry.data["text"]);
}
bool isAssignment(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && textOf(args["to"]) == textOf(entry.data["to"]);
}
bool isResuming(const LedgerEntry& entry, const Value&)
{
    return setOf(entry.data["by"]) == std::set<std::string>{entry.actor.id};
}
bool isClosing(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && textOf(args["verdict"]) == textOf(entry.data["verdict"]) &&
           textOf(args["reason"]) == textOf(entry.data["reason"]);
}
bool isReopening(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && textOf(args["reason"]) == textOf(entry.data["reason"]);
}
bool isArrangement(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && textOf(args["why"]) == textOf(entry.data["why"]) &&
           args["others"].asArray() == entry.data["others"].asArray() &&
           args["alerts"].asArray() == entry.data["alerts"].asArray();
}
bool isArrangementUndone(const LedgerEntry& entry, const Value& args)
{
    return textOf(args["order"]) == textOf(entry.data["order"]) && textOf(args["why"]) == textOf(entry.data["why"]);
}
bool isOfStep(const LedgerEntry& entry, const Value& args)
{
    return !textOf(args["step"]).empty() && textOf(args["step"]) == textOf(entry.data["step"]);
}
bool isUndoing(const LedgerEntry& entry, const Value& args) { return entry.data["undo"].asBool() && isOfStep(entry, args); }
bool isDrill(const LedgerEntry&, const Value& args) { return args["drill"].asBool(); }
bool isSkipping(const LedgerEntry& entry, const Value& args)
{
    return isOfStep(entry, args) && textOf(args["why"]) == textOf(entry.data["why"]);
}
bool isDoneElsewhere(const LedgerEntry& entry, const Value& args)
{
    return isOfStep(entry, args) && textOf(args["note"]) == textOf(entry.data["note"]);
}
/// What an entry says beside the order follows from it: which of two steps comes first, and what is done to what.
bool isToldAsOrdered(const LedgerEntry& entry)
{
    const Value& data = entry.data;
    if (entry.type == "step.moved") {
        const bool isBefore = !textOf(data["before"]).empty();
        return textOf(data["first"]) == textOf(data[isBefore ? "step" : "after"]) &&
               textOf(data["second"]) == textOf(data[isBefore ? "before" : "step"]);
    }
    const Value& entity = data["entity"];
    const std::string target = textOf(entity["kind"]) + ':' + textOf(entity["id"]);
    if (!data["target"].isNull() && target != textOf(data["target"]))
        return false;
    const Value& title = data["title"];
    const std::string& named = textOf(title["args"]["target"]);
    return entry.type != "step.added" ||
           (textOf(title["code"]) == "step.by_person" && title["args"]["verb"] == data["verb"] &&
            (named == textOf(entity["name"]) || named == textOf(entity["id"])));
}
/// What somebody changed in a sequence: every word of the order, and none that is not in it.
bool isSequenceChange(const LedgerEntry& entry, const Value& args)
{
    for (const char* key : {"why", "verb", "target", "params", "before", "after", "lease"}) {
        if (!(args[key] == entry.data[key]))
            return false;
    }
    return (args.has("step") ? isOfStep(entry, args) : isOfIncident(entry, args)) && isToldAsOrdered(entry);
}
/// The proposal that somebody took is the one that they signed, to the letter.
bool isAccepting(const LedgerEntry& entry, const Value& args)
{
    return isOfIncident(entry, args) && args["why"] == entry.data["why"] && args["proposal"].isString() &&
           args["proposal"] == entry.data["proposal"];
}
/// Of one step, or of all of an incident that have a lease.
bool isKeeping(const LedgerEntry& entry, const Value& args)
{
    const auto until = Timestamp::parse(args["until"].asString());
    const auto kept = Timestamp::parse(entry.data["until"].asString());
    return until && kept && *until == *kept && (isOfStep(entry, args) || textOf(args["step"]) == entry.incident);
}
bool isOfPath(const LedgerEntry& entry, const Value& args)
{
    const auto& paths = args["paths"].asArray();
    return std::any_of(paths.begin(), paths.end(),
                       [&](const Value& path) { return isShownAs(path.asString(), entry.data["source"].asString()); });
}

/// What an act has to have in common with the order that it follows.
struct Rule
{
    const char* command;
    std::function<bool(const LedgerEntry&, const Value& args)> isSame;
    const char* each = nullptr; ///< member that tells the entries of one order apart; nothing: one order, one entry
};

const std::map<std::string, Rule, std::less<>>& rules()
{
    static const std::map<std::string, Rule, std::less<>> all{
        {"incident.note", {"note", isNote}},
        {"incident.assigned", {"assign", isAssignment}},
        {"agent.resumed", {"resume", isResuming}},
        {"incident.closed", {"close", isClosing}},
        {"incident.reopened", {"reopen", isReopening}},
        {"incident.merged", {"merge", isArrangement}},
        {"incident.split", {"split", isArrangement}},
        {"incident.moved", {"move", isArrangement}},
        {"incident.arrangement_undone", {"undo-arrangement", isArrangementUndone}},
        {"session.continued", {"continue", isOfIncident, "connector"}},
        {"step.skipped", {"skip", isSkipping}},
        {"step.done_elsewhere", {"done-elsewhere", isDoneElsewhere}},
        {"step.moved", {"step-move", isSequenceChange}},
        {"step.added", {"step-add", isSequenceChange}},
        {"step.changed", {"step-edit", isSequenceChange}},
        {"step.restored", {"step-restore", isSequenceChange}},
        {"sequence.accepted", {"sequence-accept", isAccepting}},
        {"lease.extended", {"keep", isKeeping, "step"}},
        {"approval.asked_again", {"ask-again", isOfStep}},
        {"halt.drill", {"halt", isDrill}},
        {"decision", {"undo", isUndoing}},
        {"source.added", {"add-sources", isOfPath, "source"}},
        {"source.followed", {"follow", isOfPath, "source"}},
        {"source.left", {"stop-following", isOfPath, "source"}}};
    return all;
}

bool isFollowedByEntries(const std::string& command, const Value& args)
{
    if (command == "halt")
        return args["drill"].asBool();
    return command.ends_with("-import") || command.starts_with("evidence-") || command == "exhibit-add" ||
           std::any_of(rules().begin(), rules().end(), [&](const auto& rule) { return rule.second.command == command; });
}

/// Acts that nobody but a person does, whatever name stands over them.
bool isPersonsAlone(const LedgerEntry& entry)
{
    static const std::set<std::string, std::less<>> types{
        "incident.note", "incident.assigned", "incident.merged", "incident.split", "incident.moved", "incident.arrangement_undone",
        "session.continued", "step.skipped", "step.moved", "step.added", "step.changed", "step.restored", "sequence.accepted", "step.done_elsewhere", "approval.asked_again", "inventory.imported", "indicators.imported"};
    if (entry.type == "incident.closed")
        return entry.data.has("verdict"); // the agent closes by a clause
    if (entry.type == "incident.reopened")
        return entry.data.has("reason"); // the engine by what came since
    return types.contains(entry.type);
}

} // namespace

std::string OrderAudit::add(const LedgerEntry& entry, const PeopleInForce& people)
{
    expire(entry);
    if (entry.type == "command.taken")
        return take(entry, people);
    if (entry.type == "command.refused" || entry.type == "command.closed")
        return end(entry);
    if (entry.type == "person.signed_out")
        m_ended.insert(entry.data["sitting"].asString());
    else if (entry.type == "clock.distrusted")
        m_present.clear();
    else if (entry.type == "clock.trusted")
        return takeTrust(entry);
    if (entry.actor.kind != Actor::Kind::Person)
        return isPersonsAlone(entry) ? "what only a person does, in the name of " + entry.actor.id : "";
    if (entry.type == "inventory.imported" || entry.type == "indicators.imported")
        return takeImport(entry);
    if (entry.type.starts_with("evidence.") && entry.data.has("order"))
        return takeHandled(entry);
    const auto rule = rules().find(entry.type);
    if (rule == rules().end() || use(entry, rule->second.command))
        return {};
    // Where nobody could sign, whoever runs the program brings logs; a name of somebody who could is no such name.
    if (entry.type.starts_with("source.") && !people.isKnown(entry.actor.id, entry.ts))
        return {};
    return "somebody is said to have done what no order of theirs asked for: " + entry.actor.id;
}

/// A command that was obeyed is the person's own, for now, once.
std::string OrderAudit::take(const LedgerEntry& entry, const PeopleInForce& people)
{
    const std::string& nonce = entry.data["nonce"].asString();
    if (!m_nonces.insert(nonce).second)
        return "a command that was taken before";
    const auto person = people.find(entry.actor.id, entry.data["key"], entry.ts);
    if (!person)
        return "a command by " + person.error().detail;
    const auto order = readOrder(entry.data["order"].asString(), entry.actor.id, person->key, people.origin());
    if (!order)
        return "a command was taken: " + order.error().detail;
    ++m_signatures;
    m_unknown += person->isRoleKnown ? 0 : 1;
    if (order->command != entry.data["command"].asString() || order->nonce != nonce ||
        order->sitting != entry.data["sitting"].asString())
        return "a command other than the person signed";
    if (order->issued < entry.ts - freshness || order->issued > entry.ts + freshness)
        return "a command that was signed at another time than it was taken";
    if (m_ended.contains(order->sitting) && !order->sitting.empty())
        return "a command by a sitting that had ended";
    if (person->isRoleKnown && !person->roles.contains("analyst") && !person->roles.contains("commander"))
        return "a command by somebody who has not the role for it: " + entry.actor.id;
    if (order->sitting.empty())
        m_present.insert(entry.actor.id);
    if (isFollowedByEntries(order->command, order->args))
        m_taken.push_back({entry.actor.id, *order, entry.boot, entry.monoNanos});
    return {};
}

/// Nothing more follows from a command that was refused, or is over.
std::string OrderAudit::end(const LedgerEntry& entry)
{
    const std::string& nonce = entry.data["nonce"].asString();
    m_taken.remove_if([&](const Taken& one) { return one.order.nonce == nonce; });
    return m_nonces.contains(nonce) ? "" : "the end of a command that was not taken";
}

/// Whoever took it carries it out before the machine starts anew, and within a day of its running time.
void OrderAudit::expire(const LedgerEntry& entry)
{
    m_taken.remove_if([&](const Taken& one) {
        return one.boot != entry.boot || entry.monoNanos - one.mono > longestWait;
    });
}

std::vector<OrderAudit::Open> OrderAudit::open() const
{
    std::vector<Open> orders;
    for (const Taken& one : m_taken)
        orders.push_back({one.order.command, one.order.nonce, !one.used.empty()});
    return orders;
}

/// What was done with evidence answers a command that was taken; that it says the same, `CustodyAudit` sees to.
std::string OrderAudit::takeHandled(const LedgerEntry& entry)
{
    const auto taken = std::find_if(m_taken.begin(), m_taken.end(), [&](const Taken& one) {
        return one.person == entry.actor.id && one.order.text == entry.data["order"].asString();
    });
    if (taken == m_taken.end())
        return "evidence was handled by an order that was not taken, or was over: " + entry.actor.id;
    m_taken.erase(taken);
    return {};
}

/// An order for just that, not used before.
bool OrderAudit::use(const LedgerEntry& entry, const std::string& command)
{
    const Rule& rule = rules().find(entry.type)->second;
    for (auto taken = m_taken.begin(); taken != m_taken.end(); ++taken) {
        if (taken->person != entry.actor.id || taken->order.command != command || !rule.isSame(entry, taken->order.args))
            continue;
        if (!rule.each) {
            m_taken.erase(taken);
            return true;
        }
        if (taken->used.insert(entry.data[rule.each].asString()).second)
            return true;
    }
    return false;
}

/// A list is the one that a person signed for, under the name and with the meaning that they gave it.
std::string OrderAudit::takeImport(const LedgerEntry& entry)
{
    const bool isInventory = entry.type == "inventory.imported";
    const Value& data = entry.data;
    const auto taken = std::find_if(m_taken.begin(), m_taken.end(), [&](const Taken& one) {
        return one.person == entry.actor.id && one.order.text == data["order"].asString() &&
               one.order.command == (isInventory ? "inventory-import" : "indicators-import");
    });
    if (taken == m_taken.end())
        return "a list that no order of theirs asked for: " + entry.actor.id;
    const Value args = taken->order.args;
    m_taken.erase(taken);
    const std::string& told = args["as_of"].asString();
    const auto asOf = Timestamp::parse(told.size() == 10 ? told + "T00:00:00Z" : told);
    const auto said = Timestamp::parse(data["as_of"].asString());
    bool isSame = args["digest"] == data["digest"] && isShownAs(args["source"].asString(), data["source"].asString()) &&
                  (textOf(args["name"]).empty() || args["name"] == data["name"]);
    if (isInventory) {
        isSame = isSame && setOf(args["authoritative_for"]) == setOf(data["authoritative_for"]) &&
                 args["valid_days"].asInt(30) == data["valid_days"].asInt() && (told.empty() || (asOf && said && *asOf == *said));
    }
    return isSame ? "" : "a list other than the person signed for";
}

/// Who vouches for machine and clock signed something themselves since they were doubted.
std::string OrderAudit::takeTrust(const LedgerEntry& entry)
{
    const bool isTheirs = entry.actor.kind == Actor::Kind::Person && m_present.contains(entry.actor.id);
    return isTheirs ? "" : "a clock that nobody vouched for under their signature: " + entry.actor.id;
}

} // namespace cordon::record
