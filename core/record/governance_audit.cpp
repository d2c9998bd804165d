#include "core/record/governance_audit.h"

#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/record/signed_order.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// Hex digest of an action that an entry holds as canonical text or as an object; "" when it holds none.
std::string actionDigestOf(const Value& action)
{
    std::string bytes;
    if (action.isString()) {
        bytes = action.asString();
    } else if (action.isObject()) {
        auto canonical = json::canonical(action);
        if (!canonical)
            return "unreadable";
        bytes = std::move(*canonical);
    } else {
        return {};
    }
    return crypto::sha256("cordon.action.v1\n" + bytes).hex();
}

bool isSignedBy(const Value& reply, const crypto::PublicKey& key)
{
    const auto canonical = json::canonical(reply["approval"]);
    const auto bytes = fromHex(reply["signature"].asString());
    crypto::Signature signature{};
    if (!canonical || !bytes || bytes->size() != signature.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    const std::string message = "cordon.approval.v1\n" + *canonical;
    return key.verifies(bytesOf(message), signature);
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

void GovernanceAudit::add(const LedgerEntry& entry)
{
    if (entry.type == "mandate.in_force")
        takeMandate(entry);
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
    if (std::string wrong = m_custody.add(entry, m_people); !wrong.empty())
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
            m_people[person["id"].asString()] = *key;
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
    if (entry.data.has("block")) {
        ++m_counts.signaturesChecked;
        if (!isJoinSignedBy(entry, *key))
            return problem(entry, "somebody joined without their own signature: " + entry.actor.id);
    }
    if (!m_people.emplace(entry.actor.id, *key).second)
        return problem(entry, "somebody joined who was among the people already: " + entry.actor.id);
    m_joined[entry.actor.id] = *key;
}

void GovernanceAudit::leave(const LedgerEntry& entry)
{
    const std::string& person = entry.data["person"].asString();
    if (m_joined.erase(person) == 0)
        return problem(entry, "somebody left who had not joined: " + person);
    m_people.erase(person);
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
        m_allowed.insert(digest);
    } else {
        m_allowed.erase(digest); // the last decision counts
        ++(effect == "hold" ? m_counts.held : m_counts.denied);
    }
    if (decision["clauses"].asArray().empty())
        ++m_counts.unexplained;
}

void GovernanceAudit::request(const LedgerEntry& entry)
{
    const auto note = crypto::SignedNote::parse(entry.data["text"].asString());
    const Value content = note ? blockContent(*note) : Value();
    if (content["request"].asString() != entry.data["request"].asString()) {
        problem(entry, "the request's text cannot be read");
        return;
    }
    if (m_agentKey) {
        ++m_counts.signaturesChecked;
        if (!note->isSignedBy(content["agent"].asString(), *m_agentKey))
            problem(entry, "the request is not signed by the agent");
    }
    Request asked;
    asked.actionDigest = content["action_digest"].asString();
    asked.renderDigest = content["render_digest"].asString();
    asked.needed = content["needs"]["approvers"].asInt();
    for (const Value& nonce : content["nonces"].asArray())
        asked.nonces.insert(nonce.asString());
    ++m_counts.renders;
    const std::string& render = content["render"].asString();
    const auto again = m_renderAgain ? m_renderAgain(content) : Result<std::string>(render);
    if (crypto::sha256(render).hex() != asked.renderDigest)
        problem(entry, "the text shown to approvers does not have the digest that they sign");
    else if (!again || *again != render)
        problem(entry, "the text shown to approvers is not the one that action and facts give");
    else
        ++m_counts.rendersReproduced;
    if (actionDigestOf(content["action"]) != asked.actionDigest)
        problem(entry, "the action that approvers see does not have the digest that they sign");
    if (!m_requests.emplace(content["request"].asString(), std::move(asked)).second)
        problem(entry, "a request number that was used before");
}

void GovernanceAudit::checkSignature(const LedgerEntry& entry)
{
    const std::string& approver = entry.data["approval"]["approver"].asString();
    const auto person = m_people.find(approver);
    if (person == m_people.end()) {
        if (!m_people.empty())
            problem(entry, "an approval by somebody who is not among the people: " + approver);
        return;
    }
    ++m_counts.signaturesChecked;
    if (!isSignedBy(entry.data, person->second))
        problem(entry, "the approval's signature does not verify");
}

void GovernanceAudit::approve(const LedgerEntry& entry)
{
    ++m_counts.approvals;
    checkSignature(entry);
    const Value& approval = entry.data["approval"];
    const std::string& nonce = approval["nonce"].asString();
    const std::string& digest = approval["action_digest"].asString();
    if (!m_nonces.insert(nonce).second) {
        ++m_counts.nonceReuse;
        problem(entry, "an approval's nonce was given before");
        return;
    }
    const auto asked = m_requests.find(entry.data["request"].asString());
    if (asked == m_requests.end()) {
        if (entry.data.has("request"))
            problem(entry, "an approval without a request");
        return;
    }
    Request& request = asked->second;
    if (digest != request.actionDigest || approval["render_digest"].asString() != request.renderDigest ||
        !request.nonces.contains(nonce)) {
        problem(entry, "an approval of something other than was asked");
        return;
    }
    if (approval["decision"].asString() != "approve")
        return;
    ++request.given;
    request.approvers.insert(approval["approver"].asString());
    m_approved.insert(digest);
}

void GovernanceAudit::intend(const LedgerEntry& entry)
{
    ++m_counts.intended;
    const std::string& digest = entry.data["digest"].asString();
    const std::string& permit = entry.data["permit"].asString();
    const bool isUndo = entry.data["undo"].asBool(); // runs under the permit of what it takes back
    m_open.push_back({permit, digest, entry.seq});
    if (!m_allowed.contains(digest)) {
        ++m_counts.outOfMandate;
        problem(entry, "an action without a decision that allows it");
    }
    if (!isUndo && !permit.empty() && !m_permits.insert(permit).second)
        problem(entry, "a permit that was used before");
    if (!isUndo)
        useApprovals(entry, digest);
}

void GovernanceAudit::useApprovals(const LedgerEntry& entry, const std::string& digest)
{
    const std::string& tier = entry.data["tier"].asString();
    const auto used = m_requests.find(entry.data["desk"]["request"].asString());
    if (used == m_requests.end()) {
        if (tier == "T2" || tier == "T3" || tier == "T4") {
            ++m_counts.unapproved;
            problem(entry, "an action of tier " + tier + " without approvals");
        }
        return;
    }
    Request& request = used->second;
    m_counts.approvalsUsed += request.given;
    if (request.isUsed)
        problem(entry, "approvals that were used before");
    request.isUsed = true;
    if (request.actionDigest != digest)
        problem(entry, "approvals that were given for another action");
    else
        m_counts.approvalsBound += request.given;
    if (static_cast<std::int64_t>(request.approvers.size()) < request.needed) {
        ++m_counts.unapproved;
        problem(entry, "an action with fewer approvers than were asked for");
    }
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
    m_open.erase(open);
    if (entry.type == "outcome.verified") {
        ++m_counts.verified;
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
