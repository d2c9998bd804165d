#include "core/record/signed_acts.h"

#include "core/record/signed_order.h"
#include "core/record/witnessed_head.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

bool isSignedBy(const Value& data, const crypto::PublicKey& key)
{
    const auto canonical = json::canonical(data["approval"]);
    const auto bytes = fromHex(data["signature"].asString());
    crypto::Signature signature{};
    if (!canonical || !bytes || bytes->size() != signature.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    const std::string message = "cordon.approval.v1\n" + *canonical;
    return key.verifies(bytesOf(message), signature);
}

} // namespace

SignedActs::SignedActs(std::optional<KnownPeople> known)
    : m_people(known)
    , m_custody(std::move(known))
{}

std::string SignedActs::add(const LedgerEntry& entry, const PastRoots* roots)
{
    if (!m_times.add(entry)) // nothing follows from what was dated back
        return entry.type == EntryTimes::setBack ? "a clock that is said to be set back, and was not"
                                                 : "an entry whose time lies before that of an entry before it";
    std::string wrong = m_people.add(entry);
    if (wrong.empty())
        wrong = m_orders.add(entry, m_people);
    if (wrong.empty() && entry.type == "clock.trusted")
        m_people.trust(entry);
    if (wrong.empty() && (entry.type == "approval.granted" || entry.type == "approval.denied"))
        wrong = approve(entry);
    if (entry.type == "approval.requested") {
        ask(entry);
        if (wrong.empty() && roots)
            wrong = whyNotWitnessed(entry, m_people.origin(), *roots);
    }
    std::string mishandled = whyNotHandled(entry);
    return mishandled.empty() ? wrong : mishandled; // what is wrong with the order itself says more
}

/// In the name of somebody who counts at that entry, and signed by them.
std::string SignedActs::approve(const LedgerEntry& entry)
{
    if (!m_people.isAnybody())
        return {};
    const std::string& approver = entry.data["approval"]["approver"].asString();
    const auto person = m_people.find(approver, entry.data["desk"]["key"], entry.ts);
    if (!person)
        return "an approval by " + person.error().detail;
    ++m_signatures;
    m_unknown += person->isRoleKnown ? 0 : 1;
    if (!isSignedBy(entry.data, person->key))
        return "the approval's signature does not verify";
    const auto asked = m_asked.find(entry.data["request"].asString());
    if (asked == m_asked.end())
        return {}; // nothing is approved by it
    std::string wrong = asked->second.whyNotAsAsked(entry.data["approval"]);
    return wrong.empty() ? asked->second.whyNotAsSigned(entry, *person) : wrong;
}

void SignedActs::ask(const LedgerEntry& entry)
{
    const auto note = crypto::SignedNote::parse(entry.data["text"].asString());
    if (const Value content = note ? blockContent(*note) : Value(); content.isObject())
        m_asked.emplace(entry.data["request"].asString(), ApprovalMatch(content));
}

std::string SignedActs::whyNotHandled(const LedgerEntry& entry)
{
    CustodyAudit::People keys;
    const bool isOfEvidence = entry.type.starts_with("evidence.");
    for (const auto& [id, person] : m_people.inExercise()) {
        if (isOfEvidence)
            keys.emplace(id, person.key);
    }
    std::string wrong = m_custody.add(entry, keys);
    if (!wrong.empty() || (entry.type != "evidence.released" && entry.type != "evidence.erased"))
        return wrong;
    const auto person = m_people.find(entry.actor.id, entry.data["key"], entry.ts);
    return person && person->isRoleKnown && !person->roles.contains("commander")
               ? "a legal hold was lifted, or evidence erased, by somebody who is no commander: " + entry.actor.id
               : "";
}

} // namespace cordon::record
