#include "core/record/custody_audit.h"

#include "core/record/signed_order.h"

#include <algorithm>

namespace cordon::record {
namespace {

constexpr std::size_t shortestPrefix = 8;

/// The command that each act on evidence answers.
const std::map<std::string, std::string, std::less<>>& commands()
{
    static const std::map<std::string, std::string, std::less<>> all{{"evidence.sealed", "exhibit-add"},
                                                                     {"evidence.held", "evidence-hold"},
                                                                     {"evidence.released", "evidence-release"},
                                                                     {"evidence.transferred", "evidence-transfer"},
                                                                     {"evidence.received", "evidence-receive"},
                                                                     {"evidence.erased", "evidence-erase"}};
    return all;
}

/// What is shown of a name is the name itself, so that the two can be compared.
bool isPlain(const std::string& name)
{
    return std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string numbered(const char* prefix, std::size_t number)
{
    const std::string digits = std::to_string(number);
    return prefix + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

} // namespace

std::string CustodyAudit::add(const LedgerEntry& entry, const People& people)
{
    if (entry.type == "ledger.genesis") {
        m_origin = entry.data["origin"].asString();
        m_isFromHere = m_known && m_known->isTheirs && entry.data["public_key"].asString() == m_known->root.toString();
    } else if (entry.type == "person.signed_out") {
        m_ended.insert(entry.data["sitting"].asString());
    }
    const auto command = commands().find(entry.type);
    if (command == commands().end())
        return {};
    if (entry.type == "evidence.sealed" && entry.data["kind"].asString() != "exhibit") {
        for (const char* member : {"digest", "packed_digest"})
            m_items.try_emplace(entry.data[member].asString());
        return {};
    }
    const auto key = keyOf(entry, people);
    if (!key)
        return key.error().detail;
    const auto order = readOrder(entry.data["order"].asString(), entry.actor.id, *key, m_origin);
    if (!order)
        return order.error().detail;
    if (order->command != command->second)
        return "an order for something else: " + order->command;
    if (!m_nonces.insert(order->nonce).second)
        return "an order that was used before";
    if (m_ended.contains(order->sitting))
        return "an order by a sitting that had ended";
    ++m_counts.signatures;
    m_signer = *key;
    return judge(entry, order->args, people);
}

/// In an exercise the ledger names everybody's key. In a real case the entry does, and the installation that began the
/// case knows whose it was at that time.
Result<crypto::PublicKey> CustodyAudit::keyOf(const LedgerEntry& entry, const People& people)
{
    if (entry.actor.kind != Actor::Kind::Person)
        return fail(ErrorCode::Untrusted, "evidence was handled by nobody");
    if (!people.empty()) {
        const auto person = people.find(entry.actor.id);
        if (person == people.end())
            return fail(ErrorCode::Untrusted, "evidence was handled by somebody who is not among the people: " + entry.actor.id);
        return person->second;
    }
    const auto key = crypto::PublicKey::parse(entry.data["key"].asString());
    if (!key)
        return fail(ErrorCode::Invalid, "an order without the key that signed it");
    if (!m_isFromHere)
        ++m_counts.unknown;
    else if (!m_known->isTheirs(entry.actor.id, *key, entry.ts))
        return fail(ErrorCode::Untrusted, "an order under a key that was not that person's at the time: " + entry.actor.id);
    return *key;
}

std::string CustodyAudit::judge(const LedgerEntry& entry, const Value& args, const People& people)
{
    if (entry.type == "evidence.sealed")
        return takeExhibit(entry, args);
    if (entry.type == "evidence.transferred")
        return takeTransfer(entry, args, people);
    if (entry.type == "evidence.received")
        return takeReceipt(entry, args);
    return takeItem(entry, args);
}

std::string CustodyAudit::takeExhibit(const LedgerEntry& entry, const Value& args)
{
    const Value& data = entry.data;
    const std::string& name = args["name"].asString();
    if (args["digest"] != data["digest"] || args["note"] != data["note"] || args["hold"].asBool() != data["hold"].asBool() ||
        (isPlain(name) && name != data["name"].asString()))
        return "an exhibit other than the person signed for";
    Item& item = m_items[data["digest"].asString()];
    if (data["exhibit"].asString() != numbered("EX-", ++m_exhibits) || !item.number.empty())
        return "an exhibit out of its order";
    item.number = data["exhibit"].asString();
    item.isHeld = item.isHeld || data["hold"].asBool();
    item.holder = entry.actor.id;
    item.holdersKey = m_signer;
    return {};
}

/// Hold, its end, and erasure, of one item.
std::string CustodyAudit::takeItem(const LedgerEntry& entry, const Value& args)
{
    const std::string& digest = entry.data["digest"].asString();
    if (args["purpose"] != entry.data["purpose"] || !isNamed(digest, args["item"].asString()))
        return "another item or purpose than the person signed for";
    Item& item = m_items[digest];
    if (entry.type == "evidence.erased")
        return item.isHeld ? "erased while under legal hold" : "";
    item.isHeld = entry.type == "evidence.held";
    return {};
}

std::string CustodyAudit::takeTransfer(const LedgerEntry& entry, const Value& args, const People& people)
{
    const Value& data = entry.data;
    const auto& names = args["items"].asArray();
    const auto& digests = data["digests"].asArray();
    bool isSame = args["to"] == data["to"] && args["purpose"] == data["purpose"] && names.size() == digests.size() &&
                  !names.empty();
    for (std::size_t i = 0; isSame && i < names.size(); ++i)
        isSame = isNamed(digests[i].asString(), names[i].asString());
    if (!isSame)
        return "a transfer of other items, to somebody else or for another purpose than the giver signed";
    const std::string& to = data["to"].asString();
    if (to == entry.actor.id || (!people.empty() && !people.contains(to)))
        return "a transfer to somebody who cannot receive it: " + to;
    if (data["transfer"].asString() != numbered("TR-", m_transfers.size() + 1))
        return "a transfer out of its order";
    Transfer& transfer = m_transfers[data["transfer"].asString()] = {entry.actor.id, to, {}, false};
    for (const Value& digest : digests) {
        Item& item = m_items[digest.asString()];
        if (std::string wrong = whyNotGivable(item, entry, people); !wrong.empty())
            return wrong;
        item.onItsWay = data["transfer"].asString();
        transfer.digests.push_back(digest.asString());
    }
    ++m_counts.transfers;
    return {};
}

/// Only who has it hands it over, and not twice at a time, as far as those concerned still count.
std::string CustodyAudit::whyNotGivable(const Item& item, const LedgerEntry& entry, const People& people) const
{
    const bool isTheirsToGive = item.holder.empty() || item.holder == entry.actor.id;
    const bool holderCounts = people.empty() ? m_isFromHere && m_known->isTheirs(item.holder, item.holdersKey, entry.ts)
                                             : people.contains(item.holder);
    if (!isTheirsToGive && holderCounts)
        return "handed over by somebody who has not got it: it is with " + item.holder;
    const auto open = m_transfers.find(item.onItsWay);
    if (open != m_transfers.end() && people.contains(open->second.to))
        return "handed over while it was on its way by " + item.onItsWay;
    return {};
}

std::string CustodyAudit::takeReceipt(const LedgerEntry& entry, const Value& args)
{
    const Value& data = entry.data;
    if (args["transfer"] != data["transfer"] || args["condition"] != data["condition"])
        return "another transfer or condition than the receiver signed";
    const auto handed = m_transfers.find(data["transfer"].asString());
    if (handed == m_transfers.end())
        return "a transfer was received that nobody handed over";
    Transfer& transfer = handed->second;
    if (transfer.to != entry.actor.id || transfer.from != data["from"].asString() || static_cast<std::int64_t>(transfer.digests.size()) != data["verified"].asInt())
        return "received by, or from, somebody else than the transfer names, or not all of it";
    if (transfer.isReceived)
        return "a transfer that was received before";
    transfer.isReceived = true;
    for (const std::string& digest : transfer.digests) {
        Item& item = m_items[digest];
        item.holder = entry.actor.id;
        item.holdersKey = m_signer;
        item.onItsWay.clear();
    }
    ++m_counts.received;
    return {};
}

/// True when a person could have meant that object by that name: its exhibit number, its digest, or the beginning of it.
bool CustodyAudit::isNamed(const std::string& digest, const std::string& name) const
{
    const auto item = m_items.find(digest);
    return item != m_items.end() && !name.empty() &&
           (item->second.number == name || (name.size() >= shortestPrefix && digest.starts_with(name)));
}

} // namespace cordon::record
