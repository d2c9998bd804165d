// What the auditor asks of requests and approvals. Source: docs/formats/ledger.md, "What the auditor asks of entries"
#include "core/base/exact_time.h"
#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/record/governance_audit.h"
#include "core/record/signed_order.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// How many people a tier needs at least, whatever a request says. Source: docs/formats/mandate.md, "tiers"
std::int64_t leastApprovers(const std::string& tier)
{
    return tier == "T2" ? 1 : tier == "T3" || tier == "T4" ? 2 : 0;
}

} // namespace

/// Hex digest of an action that an entry holds as canonical text or as an object; "" when it holds none.
std::string GovernanceAudit::actionDigestOf(const Value& action)
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

void GovernanceAudit::request(const LedgerEntry& entry)
{
    const auto note = crypto::SignedNote::parse(entry.data["text"].asString());
    const Value content = note ? blockContent(*note) : Value();
    const std::string& id = content["request"].asString();
    if (id.empty() || id != entry.data["request"].asString()) {
        problem(entry, "the request's text cannot be read");
        return;
    }
    if (m_acts.people().agentKey()) {
        ++m_counts.signaturesChecked;
        if (!isSignedOnce(*note, content["agent"].asString(), *m_acts.people().agentKey()))
            problem(entry, "the request is not signed by the agent");
    }
    if (const Value& desk = entry.data["desk"]; !desk.isNull()) {
        Value told = desk["request"];
        if (told.isObject())
            told.set("agent", content["agent"]);
        const auto one = json::canonical(told);
        const auto other = json::canonical(content);
        if (desk["event"].asString() != "asked" || !one || !other || *one != *other)
            problem(entry, "the request is not the one that the agent signed");
    }
    Request asked;
    asked.actionDigest = content["action_digest"].asString();
    asked.needed = content["needs"]["approvers"].asInt();
    asked.needsCommander = content["needs"]["commander"].asBool();
    asked.incident = content["incident"].asString();
    asked.requester = content["requester"].asString();
    asked.issued = content["issued"].asString();
    asked.approveBy = content["approve_by"].asString();
    asked.tier = content["tier"].asString();
    for (const Value& nonce : content["nonces"].asArray())
        asked.nonces.insert(nonce.asString());
    ++m_counts.renders;
    const std::string& render = content["render"].asString();
    const auto again = m_renderAgain ? m_renderAgain(content) : Result<std::string>(render);
    if (crypto::sha256(render).hex() != content["render_digest"].asString())
        problem(entry, "the text shown to approvers does not have the digest that they sign");
    else if (!again || *again != render)
        problem(entry, "the text shown to approvers is not the one that action and facts give");
    else
        ++m_counts.rendersReproduced;
    if (actionDigestOf(content["action"]) != asked.actionDigest)
        problem(entry, "the action that approvers see does not have the digest that they sign");
    if (!m_requests.emplace(id, std::move(asked)).second)
        problem(entry, "a request number that was used before");
}

void GovernanceAudit::endRequest(const LedgerEntry& entry)
{
    const auto ended = m_requests.find(entry.data["desk"]["request"].asString());
    if (ended != m_requests.end())
        ended->second.isEnded = true;
}

void GovernanceAudit::approve(const LedgerEntry& entry, bool isTheirs)
{
    const Value& approval = entry.data["approval"];
    m_counts.approvals += approval["decision"].asString() == "approve" ? 1 : 0;
    const std::string& nonce = approval["nonce"].asString();
    if (!m_nonces.insert(nonce).second) {
        ++m_counts.nonceReuse;
        problem(entry, "an approval's nonce was given before");
        return;
    }
    const bool isApproval = approval["decision"].asString() == "approve";
    if (isApproval != (entry.type == "approval.granted") || entry.actor.id != approval["approver"].asString()) {
        problem(entry, "an approval or denial that the entry calls another, or another person's");
        return;
    }
    const auto asked = m_requests.find(entry.data["request"].asString());
    if (asked == m_requests.end()) {
        if (entry.data.has("request"))
            problem(entry, "an approval without a request");
        return;
    }
    Request& request = asked->second;
    if (!request.nonces.contains(nonce)) {
        problem(entry, "an approval of something other than was asked: nonce");
        return;
    }
    if (!isTheirs)
        return;
    if (approval["decision"].asString() != "approve") {
        ++m_counts.denials;
        request.isEnded = true;
        return;
    }
    countApproval(entry, request);
    m_approved.insert(approval["action_digest"].asString());
}

void GovernanceAudit::countApproval(const LedgerEntry& entry, Request& request)
{
    constexpr Duration tolerance = std::chrono::minutes(5); // of the approver's clock; approval.md, "Refusals"
    const Value& approval = entry.data["approval"];
    const std::string& approver = approval["approver"].asString();
    if (request.isEnded || request.isUsed)
        problem(entry, "an approval of a request that had ended");
    if (!request.requester.empty() && request.requester == approver)
        problem(entry, "an approval by the person who asked for it: " + approver);
    const auto issued = exactTime(approval["issued"].asString());
    const auto from = exactTime(request.issued);
    const auto until = exactTime(request.approveBy);
    if (!issued || !from || !until || *issued < *from - tolerance || *issued >= *until)
        problem(entry, "an approval that was not signed in the request's time");
    ++request.given;
    const auto person = m_acts.people().find(approver, entry.data["desk"]["key"], entry.ts);
    request.approvers.insert(person ? person->key.toString() : approver);
    request.hasCommander = request.hasCommander || (person && (person->roles.contains("commander") || !person->isRoleKnown));
}

void GovernanceAudit::useApprovals(const LedgerEntry& entry, const std::string& digest, const std::string& tier)
{
    const auto used = m_requests.find(entry.data["desk"]["request"].asString());
    if (used == m_requests.end()) {
        if (leastApprovers(tier) > 0) {
            ++m_counts.unapproved;
            problem(entry, "an action of tier " + tier + " without approvals");
        }
        return;
    }
    Request& request = used->second;
    m_counts.approvalsUsed += request.given;
    if (request.isUsed)
        problem(entry, "approvals that were used before");
    else if (request.isEnded)
        problem(entry, "approvals of a request that had ended");
    request.isUsed = true;
    m_undos.confirm(request.incident);
    if (request.actionDigest != digest)
        problem(entry, "approvals that were given for another action");
    else
        m_counts.approvalsBound += request.given;
    if (request.tier < tier)
        problem(entry, "approvals that were asked for as tier " + request.tier + " and used for " + tier);
    const auto given = static_cast<std::int64_t>(request.approvers.size());
    if (given < std::max(request.needed, leastApprovers(tier))) {
        ++m_counts.unapproved;
        problem(entry, "an action with fewer approvers than were asked for");
    } else if (request.needsCommander && !!m_acts.people().isAnybody() && !request.hasCommander) {
        ++m_counts.unapproved;
        problem(entry, "an action that no commander approved");
    }
}

} // namespace cordon::record
