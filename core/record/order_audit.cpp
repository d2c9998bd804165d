#include "core/record/order_audit.h"

#include "core/base/display_escape.h"
#include "core/base/exact_time.h"
#include "core/record/order_claims.h"

namespace cordon::record {
namespace {

constexpr std::size_t longestSource = 2000;

std::set<std::string> setOf(const Value& list)
{
    std::set<std::string> all;
    for (const Value& item : list.asArray())
        all.insert(item.asString());
    return all;
}

bool bringsAList(std::string_view command) { return command.ends_with("-import"); }
bool isOfEvidence(std::string_view command) { return command.starts_with("evidence-") || command == "exhibit-add"; }

/// What an entry in a person's name may be that follows no command by these rules: under a signature of its own, or signed by nobody
/// by its nature.
bool isSignedElsewhere(const LedgerEntry& entry, const PeopleInForce& people)
{
    static const std::set<std::string, std::less<>> types{"person.joined", "approval.granted", "approval.denied", "agent.halted"};
    const bool isOfUndo = entry.type == "action.intended" || entry.type.starts_with("outcome.");
    return types.contains(entry.type) || entry.type.starts_with("evidence.") || (isOfUndo && entry.data["undo"].asBool()) ||
           (people.origin() == "cordon.local/people" && entry.type.starts_with("people."));
}

} // namespace

std::string OrderAudit::add(const LedgerEntry& entry, const PeopleInForce& people)
{
    m_open.passTo(entry.boot, entry.monoNanos);
    if (entry.type == "command.taken")
        return take(entry, people);
    if (entry.type == "command.refused" || entry.type == "command.closed")
        return end(entry);
    if (entry.type == "person.signed_in" || entry.type == "person.signed_out")
        return takeSitting(entry, people);
    if (entry.type == "clock.distrusted" && entry.actor.kind != Actor::Kind::Person)
        m_present.clear();
    else if (entry.type == "clock.trusted")
        return takeTrust(entry);
    if (entry.actor.kind != Actor::Kind::Person)
        return isPersonsAlone(entry) ? "what only a person does, in the name of " + entry.actor.id : "";
    return judge(entry, people);
}

/// An act in a person's name follows an order of theirs, or is signed in a way of its own; nothing else is theirs.
std::string OrderAudit::judge(const LedgerEntry& entry, const PeopleInForce& people)
{
    if (entry.type == "inventory.imported" || entry.type == "indicators.imported")
        return takeImport(entry);
    if (entry.type.starts_with("evidence.") && entry.data.has("order"))
        return takeHandled(entry);
    if (entry.type == "evidence.sealed" && entry.data["kind"].asString() != "exhibit") {
        const std::string claim = "object " + entry.data["digest"].asString();
        const bool isOrdered = m_open.contains(entry.actor.id, "inventory-import", claim) || m_open.contains(entry.actor.id, "indicators-import", claim);
        return isOrdered ? "" : "evidence that no order of theirs asked for: " + entry.actor.id;
    }
    const OrderRule* rule = orderRule(entry.type);
    if (!rule)
        return isSignedElsewhere(entry, people) ? "" : "an entry that no signature of theirs stands behind: " + entry.actor.id;
    const std::string each = rule->each ? entry.data[rule->each].asString() : std::string();
    if (m_open.use(entry.actor.id, std::string(rule->command), rule->done(entry), rule->each ? &each : nullptr))
        return {};
    // Where nobody could sign, whoever runs the program brings logs; a name of somebody who could is no such name.
    if (entry.type.starts_with("source.") && !people.isKnown(entry.actor.id, entry.ts))
        return {};
    return "somebody is said to have done what no order of theirs asked for: " + entry.actor.id;
}

Result<SignedOrder> OrderAudit::readTaken(const LedgerEntry& entry, const std::string& command, const PeopleInForce& people)
{
    const auto wrong = [](std::string what) { return fail(ErrorCode::Untrusted, std::move(what)); };
    const std::string& nonce = entry.data["nonce"].asString();
    if (!m_nonces.insert(nonce).second)
        return wrong("a command that was taken before");
    const auto person = people.find(entry.actor.id, entry.data["key"], entry.ts);
    if (entry.actor.kind != Actor::Kind::Person || !person)
        return wrong("a command by " + (person ? "nobody: " + entry.actor.id : person.error().detail));
    auto order = readOrder(entry.data["order"].asString(), entry.actor.id, person->key, people.origin());
    if (!order)
        return wrong("a command was taken: " + order.error().detail);
    ++m_signatures;
    m_unknown += person->isRoleKnown ? 0 : 1;
    if (order->command != command || order->nonce != nonce || order->sitting != entry.data["sitting"].asString())
        return wrong("a command other than the person signed");
    if (!people.isFresh(order->issued, order->args, entry.ts))
        return wrong("a command that was signed at another time than it was taken");
    if (m_ended.contains(order->sitting) && !order->sitting.empty())
        return wrong("a command by a sitting that had ended");
    const bool isForAll = command == "sign-in" || command == "sign-out";
    if (!isForAll && person->isRoleKnown && !person->roles.contains("analyst") && !person->roles.contains("commander"))
        return wrong("a command by somebody who has not the role for it: " + entry.actor.id);
    return order;
}

/// A command that was obeyed is the person's own, for now, once.
std::string OrderAudit::take(const LedgerEntry& entry, const PeopleInForce& people)
{
    auto order = readTaken(entry, entry.data["command"].asString(), people);
    if (!order)
        return order.error().detail;
    if (order->sitting.empty())
        m_present.insert_or_assign(entry.actor.id, order->args["clock"].asString());
    std::vector<std::string> claims;
    const OrderRule* rule = orderRuleOf(order->command);
    if (rule)
        claims = rule->asked(order->args);
    else if (bringsAList(order->command))
        claims = {"object " + order->args["digest"].asString()};
    if (!claims.empty() || isOfEvidence(order->command))
        m_open.add({entry.actor.id, order->command, order->nonce, bringsAList(order->command) ? order->args : Value()}, order->text, claims);
    return {};
}

/// Somebody sat down or got up by their signature; a sitting begins once and ends for good.
std::string OrderAudit::takeSitting(const LedgerEntry& entry, const PeopleInForce& people)
{
    const bool isIn = entry.type == "person.signed_in";
    const auto order = readTaken(entry, isIn ? "sign-in" : "sign-out", people);
    if (!order)
        return order.error().detail;
    if (isIn && !order->sitting.empty() && !m_begun.insert(order->sitting).second)
        return "a sitting that had begun before: " + entry.actor.id;
    if (!isIn)
        m_ended.insert(order->sitting);
    return {};
}

/// Nothing more follows from a command that was refused, or is over.
std::string OrderAudit::end(const LedgerEntry& entry)
{
    const std::string& nonce = entry.data["nonce"].asString();
    m_open.end(nonce);
    return m_nonces.contains(nonce) ? "" : "the end of a command that was not taken";
}

std::vector<OrderAudit::Open> OrderAudit::open() const
{
    std::vector<Open> orders;
    for (const OpenOrders::Order& one : m_open.all())
        orders.push_back({one.command, one.nonce, one.isBegun});
    return orders;
}

/// What was done with evidence answers a command that was taken; that it says the same, `CustodyAudit` sees to.
std::string OrderAudit::takeHandled(const LedgerEntry& entry)
{
    return m_open.take(entry.actor.id, entry.data["order"].asString())
               ? ""
               : "evidence was handled by an order that was not taken, or was over: " + entry.actor.id;
}

/// A list is the one that a person signed for, under the name and with the meaning that they gave it.
std::string OrderAudit::takeImport(const LedgerEntry& entry)
{
    const bool isInventory = entry.type == "inventory.imported";
    const Value& data = entry.data;
    const auto taken = m_open.take(entry.actor.id, data["order"].asString());
    if (!taken || taken->command != (isInventory ? "inventory-import" : "indicators-import"))
        return "a list that no order of theirs asked for: " + entry.actor.id;
    const Value& args = taken->args;
    const std::string& told = args["as_of"].asString();
    const auto asOf = exactTime(told.size() == 10 ? told + "T00:00:00Z" : told);
    const auto said = exactTime(data["as_of"].asString());
    bool isSame = args["digest"] == data["digest"] &&
                  escapedForDisplay(args["source"].asString().substr(0, longestSource)) == data["source"].asString() &&
                  (args["name"].asString().empty() || args["name"] == data["name"]);
    if (isInventory) {
        isSame = isSame && setOf(args["authoritative_for"]) == setOf(data["authoritative_for"]) &&
                 args["valid_days"].asInt(30) == data["valid_days"].asInt() && (told.empty() || (asOf && said && *asOf == *said));
    }
    return isSame ? "" : "a list other than the person signed for";
}

/// Who vouches for machine and clock signed something themselves since they were doubted; for which clock, that order says too.
std::string OrderAudit::takeTrust(const LedgerEntry& entry)
{
    const auto present = m_present.find(entry.actor.id);
    const bool isTheirs = entry.actor.kind == Actor::Kind::Person && present != m_present.end() &&
                          (!entry.data.has("clock") || entry.data["clock"].asString() == present->second);
    return isTheirs ? "" : "a clock that nobody vouched for under their signature: " + entry.actor.id;
}

} // namespace cordon::record
