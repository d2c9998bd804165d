#include "core/record/governance_audit.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/domain/action.h"
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

} // namespace

void GovernanceAudit::problem(const LedgerEntry& entry, std::string what)
{
    m_problems.push_back({entry.seq, std::move(what)});
}

void GovernanceAudit::add(const LedgerEntry& entry, const PastRoots* roots)
{
    std::string wrong = m_acts.add(entry, roots);
    const bool holds = wrong.empty();
    if (!holds)
        problem(entry, std::move(wrong));
    if (std::string ill = m_undos.add(entry); !ill.empty())
        problem(entry, std::move(ill));
    if (entry.type == "approval.ended" || entry.type == "approval.void")
        endRequest(entry);
    else if (entry.type == "step.settled")
        settle(entry);
    else if (entry.type == "decision")
        decide(entry);
    else if (entry.type == "approval.requested")
        request(entry);
    else if (entry.type == "approval.granted" || entry.type == "approval.denied")
        approve(entry, holds);
    else if (entry.type == "action.intended")
        intend(entry);
    else if (entry.type == "outcome.verified" || entry.type == "outcome.failed" || entry.type == "outcome.unknown")
        end(entry);
    if (entry.type != "approval.requested" && entry.data["desk"]["event"].asString() == "asked")
        problem(entry, "only the agent's signed request asks for approvals");
    if (const std::string owner = m_acts.people().accountableUnder(entry.mandate);
        !owner.empty() && entry.data.has("accountable") && entry.data["accountable"].asString() != owner)
        problem(entry, "somebody is said to be accountable whom the mandate does not name");
    const Value& digest = entry.data["digest"];
    const std::string computed = digest.isString() ? actionDigestOf(entry.data["action"]) : std::string();
    if (!computed.empty() && computed != digest.asString())
        problem(entry, "the action does not have the digest that the entry gives it");
}

/// A look at the provider said later that an act whose outcome was unknown is in force.
void GovernanceAudit::settle(const LedgerEntry& entry)
{
    if (entry.data["outcome"]["state"].asString() == "verified")
        m_undos.stands(actionDigestOf(entry.data["action"]), entry.data["step"].asString());
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
        std::string wrong;
        if (entry.data["undo"].asBool())
            wrong = m_undos.allow(entry, digest);
        else
            m_allowed.insert_or_assign(digest, decision["tier"].asString());
        if (!wrong.empty())
            problem(entry, std::move(wrong));
    } else {
        if (entry.data["undo"].asBool()) // the last decision counts
            m_undos.refuse(digest);
        else
            m_allowed.erase(digest);
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
    m_open.emplace(entry.seq, OpenAction{permit, digest, entry.data["step"].asString(), entry.actor, isUndo});
    m_openBy[{'p', permit}].insert(entry.seq);
    m_openBy[{'d', digest}].insert(entry.seq);
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
    if (!m_undos.use(entry, digest)) {
        ++m_counts.outOfMandate;
        problem(entry, "an undo without a decision that allows it");
    }
    if (!m_undos.isStanding(digest, entry.data["step"].asString()))
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
    const auto numbers = m_openBy.find(permit.empty() ? std::pair('d', digest) : std::pair('p', permit));
    if (numbers == m_openBy.end()) {
        problem(entry, "an outcome without an action");
        return;
    }
    const OpenAction open = takeOpen(*numbers->second.begin());
    const bool isUndo = open.isUndo;
    if (entry.actor.kind == Actor::Kind::Person && (open.actor.kind != entry.actor.kind || open.actor.id != entry.actor.id))
        problem(entry, "an outcome in the name of somebody else than who began it: " + entry.actor.id);
    // Of what was done in part, or may have been, whatever is there can be taken back where its record says how.
    if (!isUndo && entry.data["outcome"]["undo_record"].isObject())
        m_undos.stands(digest, open.step);
    if (entry.type == "outcome.verified") {
        ++m_counts.verified;
        if (isUndo)
            m_undos.isGone(digest);
        else
            m_undos.stands(digest, open.step);
    } else if (entry.type == "outcome.failed") {
        ++m_counts.failed;
    } else {
        ++m_counts.unknown;
        m_counts.unknownAt.push_back(entry.seq);
    }
}

GovernanceAudit::OpenAction GovernanceAudit::takeOpen(std::int64_t number)
{
    const auto place = m_open.find(number);
    OpenAction open = std::move(place->second);
    m_open.erase(place);
    for (const auto& key : {std::pair('p', open.permit), std::pair('d', open.digest)}) {
        const auto numbers = m_openBy.find(key);
        numbers->second.erase(number);
        if (numbers->second.empty())
            m_openBy.erase(numbers);
    }
    return open;
}

GovernanceAudit::Counts GovernanceAudit::counts() const
{
    Counts counts = m_counts;
    counts.custody = m_acts.custody();
    counts.signaturesChecked += m_acts.signatures();
    counts.unknownSigners = m_acts.unknown();
    for (const auto& [number, action] : m_open)
        counts.open.push_back(number);
    return counts;
}

} // namespace cordon::record
