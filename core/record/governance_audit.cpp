#include "core/record/governance_audit.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/domain/action.h"
#include "core/record/signed_order.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// The least that an act of that verb needs; an unknown verb, or none, is held to be the gravest.
Tier floorOf(const Value& action)
{
    Value parsed;
    if (action.isString())
        parsed = json::parse(action.asString()).value_or(Value());
    const Verb* verb = findVerb((action.isString() ? parsed : action)["type"].asString());
    return verb ? verb->floor : Tier::T3;
}

std::set<std::string> rolesOf(const Value& person)
{
    std::set<std::string> roles;
    for (const Value& role : person["roles"].asArray())
        roles.insert(role.asString());
    return roles;
}

/// The order to join that an entry carries is that person's own. Source: docs/formats/people.md, "In a case"
bool isJoinSignedBy(const LedgerEntry& entry, const crypto::PublicKey& key)
{
    const auto note = crypto::SignedNote::parse(entry.data["block"].asString());
    if (!note || !note->text.starts_with("cordon.command.v1\n") || !note->isSignedBy(entry.actor.id, key))
        return false;
    const Value order = blockContent(*note);
    return order["command"].asString() == "join" && order["person"].asString() == entry.actor.id &&
           order["nonce"].asString() == entry.data["nonce"].asString();
}

} // namespace

void GovernanceAudit::problem(const LedgerEntry& entry, std::string what)
{
    m_problems.push_back({entry.seq, std::move(what)});
}

CustodyAudit::People GovernanceAudit::keys() const
{
    CustodyAudit::People keys;
    for (const auto& [id, person] : m_people)
        keys.emplace(id, person.key);
    return keys;
}

void GovernanceAudit::add(const LedgerEntry& entry)
{
    if (entry.type == "ledger.genesis")
        m_origin = entry.data["origin"].asString();
    else if (entry.type == "mandate.in_force")
        takeMandate(entry);
    else if (entry.type == "command.taken")
        takeCommand(entry);
    else if (entry.type == "incident.note")
        useCommand(entry, "note");
    else if (entry.type == "incident.assigned")
        useCommand(entry, "assign");
    else if (entry.type == "agent.resumed")
        useCommand(entry, "resume");
    else if (entry.type == "approval.ended" || entry.type == "approval.void")
        endRequest(entry);
    else if (entry.type == "step.settled")
        settle(entry);
    else if (entry.type == "person.joined")
        join(entry);
    else if (entry.type == "person.left")
        leave(entry);
    else if (entry.type == "decision")
        decide(entry);
    else if (entry.type == "approval.requested")
        request(entry);
    else if (entry.type == "approval.granted" || entry.type == "approval.denied")
        approve(entry);
    else if (entry.type == "action.intended")
        intend(entry);
    else if (entry.type == "outcome.verified" || entry.type == "outcome.failed" || entry.type == "outcome.unknown")
        end(entry);
    if (std::string wrong = m_custody.add(entry, keys()); !wrong.empty())
        problem(entry, std::move(wrong));
    const Value& digest = entry.data["digest"];
    const std::string computed = digest.isString() ? actionDigestOf(entry.data["action"]) : std::string();
    if (!computed.empty() && computed != digest.asString())
        problem(entry, "the action does not have the digest that the entry gives it");
}

/// People and keys as they are from here on: a key that was revoked no longer counts for later approvals.
void GovernanceAudit::takeMandate(const LedgerEntry& entry)
{
    if (const auto key = crypto::PublicKey::parse(entry.data["agent_key"].asString()))
        m_agentKey = *key;
    m_people = m_joined;
    for (const Value& person : entry.data["people"]["people"].asArray()) {
        const auto key = crypto::PublicKey::parse(person["key"].asString());
        if (!key)
            problem(entry, "a person's key cannot be read");
        else if (!person["revoked"].asBool())
            m_people.insert_or_assign(person["id"].asString(), KnownPerson{*key, rolesOf(person)});
        else
            m_people.erase(person["id"].asString());
    }
}

/// Somebody of the installation comes into an exercise; from here on they are one of its people.
void GovernanceAudit::join(const LedgerEntry& entry)
{
    const auto key = crypto::PublicKey::parse(entry.data["key"].asString());
    if (!key)
        return problem(entry, "a person's key cannot be read");
    ++m_counts.signaturesChecked;
    if (!isJoinSignedBy(entry, *key))
        return problem(entry, "somebody joined without their own signature: " + entry.actor.id);
    const KnownPerson person{*key, rolesOf(entry.data)};
    if (!m_people.emplace(entry.actor.id, person).second)
        return problem(entry, "somebody joined who was among the people already: " + entry.actor.id);
    m_joined.insert_or_assign(entry.actor.id, person);
}

void GovernanceAudit::leave(const LedgerEntry& entry)
{
    const std::string& person = entry.data["person"].asString();
    if (m_joined.erase(person) == 0)
        return problem(entry, "somebody left who had not joined: " + person);
    m_people.erase(person);
}

/// A command that was obeyed is the person's own; in a real case the ledger does not say whose key it is.
void GovernanceAudit::takeCommand(const LedgerEntry& entry)
{
    const std::string& command = entry.data["command"].asString();
    if (!m_commandNonces.insert(entry.data["nonce"].asString()).second)
        return problem(entry, "a command that was taken before");
    m_taken.insert(entry.actor.id + " " + command);
    const auto person = m_people.find(entry.actor.id);
    if (m_people.empty())
        return;
    if (person == m_people.end())
        return problem(entry, "a command by somebody who is not among the people: " + entry.actor.id);
    const auto order = readOrder(entry.data["order"].asString(), entry.actor.id, person->second.key, m_origin);
    if (!order)
        return problem(entry, "a command was taken: " + order.error().detail);
    ++m_counts.signaturesChecked;
    if (order->command != command || order->nonce != entry.data["nonce"].asString())
        problem(entry, "a command other than the person signed");
}

/// What a person is said to have done follows from a command of theirs that was taken.
void GovernanceAudit::useCommand(const LedgerEntry& entry, const std::string& command)
{
    if (entry.actor.kind != Actor::Kind::Person)
        return;
    const auto taken = m_taken.find(entry.actor.id + " " + command);
    if (taken == m_taken.end())
        return problem(entry, "somebody is said to have done what no command of theirs asked for: " + entry.actor.id);
    m_taken.erase(taken);
}

/// A look at the provider said later that an act whose outcome was unknown is in force.
void GovernanceAudit::settle(const LedgerEntry& entry)
{
    if (entry.data["outcome"]["state"].asString() == "verified")
        m_done.insert(actionDigestOf(entry.data["action"]));
}

void GovernanceAudit::decide(const LedgerEntry& entry)
{
    ++m_counts.decisions;
    const Value& decision = entry.data["decision"];
    const std::string& effect = decision["effect"].asString();
    const std::string& digest = decision["digest"].asString();
    if (effect == "allow") {
        const bool isByPeople = entry.actor.kind == Actor::Kind::Person || m_approved.contains(digest);
        ++(isByPeople ? m_counts.approved : m_counts.autonomous);
        if (entry.data["undo"].asBool())
            m_undoAllowed.insert(digest);
        else
            m_allowed.insert_or_assign(digest, decision["tier"].asString());
    } else {
        (entry.data["undo"].asBool() ? m_undoAllowed.erase(digest) : m_allowed.erase(digest)); // the last decision counts
        ++(effect == "hold" ? m_counts.held : m_counts.denied);
    }
    if (decision["clauses"].asArray().empty())
        ++m_counts.unexplained;
}

void GovernanceAudit::intend(const LedgerEntry& entry)
{
    ++m_counts.intended;
    const std::string& digest = entry.data["digest"].asString();
    const std::string& permit = entry.data["permit"].asString();
    const bool isUndo = entry.data["undo"].asBool(); // runs under the permit of what it takes back
    m_open.push_back({permit, digest, entry.seq, isUndo});
    if (actionDigestOf(entry.data["action"]).empty())
        problem(entry, "an action that the entry does not show");
    if (isUndo)
        return undo(entry, digest);
    const auto allowed = m_allowed.find(digest);
    if (allowed == m_allowed.end()) {
        ++m_counts.outOfMandate;
        problem(entry, "an action without a decision that allows it");
    }
    if (!permit.empty() && !m_permits.insert(permit).second)
        problem(entry, "a permit that was used before");
    useApprovals(entry, digest, tierOf(entry, allowed == m_allowed.end() ? entry.data["tier"].asString() : allowed->second));
    if (allowed != m_allowed.end())
        m_allowed.erase(allowed); // one leave, one act
}

/// Takes back something that was done, stands, and can be taken back; no approvals then.
void GovernanceAudit::undo(const LedgerEntry& entry, const std::string& digest)
{
    if (m_undoAllowed.erase(digest) == 0) {
        ++m_counts.outOfMandate;
        problem(entry, "an undo without a decision that allows it");
    }
    if (!m_done.contains(digest))
        problem(entry, "an undo of something that was not done");
}

/// The gravest of what the decision, the verb and the entry say; an entry that says less than was decided is told.
std::string GovernanceAudit::tierOf(const LedgerEntry& entry, const std::string& decided)
{
    const std::string& said = entry.data["tier"].asString();
    if (said != decided)
        problem(entry, "an action of another tier than was decided");
    const auto known = [](const std::string& tier) { return tierFrom(tier) ? tier : std::string("T3"); };
    return std::max({known(said), known(decided), std::string(toString(floorOf(entry.data["action"])))});
}

void GovernanceAudit::end(const LedgerEntry& entry)
{
    const std::string& permit = entry.data["permit"].asString();
    const std::string& digest = entry.data["digest"].asString();
    const auto open = std::find_if(m_open.begin(), m_open.end(), [&](const OpenAction& action) {
        return permit.empty() ? action.digest == digest : action.permit == permit;
    });
    if (open == m_open.end()) {
        problem(entry, "an outcome without an action");
        return;
    }
    const bool isUndo = open->isUndo;
    m_open.erase(open);
    if (entry.type == "outcome.verified") {
        ++m_counts.verified;
        if (isUndo)
            m_done.erase(digest);
        else
            m_done.insert(digest);
    } else if (entry.type == "outcome.failed") {
        ++m_counts.failed;
    } else {
        ++m_counts.unknown;
        m_counts.unknownAt.push_back(entry.seq);
    }
}

GovernanceAudit::Counts GovernanceAudit::counts() const
{
    Counts counts = m_counts;
    counts.custody = m_custody.counts();
    for (const OpenAction& action : m_open)
        counts.open.push_back(action.seq);
    return counts;
}

} // namespace cordon::record
