// What of an approval can be shown from its bytes, when it comes in and whenever the ledger is read back.
#include "core/govern/approval_desk.h"
#include "core/govern/approval_text.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

constexpr Duration clockTolerance = std::chrono::minutes(5);

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// The one signature that the ledger keeps of a reply.
bool isSignedBy(const Approval& approval, const crypto::PublicKey& key)
{
    const auto message = approvalMessage(approval);
    const auto bytes = fromHex(approval.signature);
    crypto::Signature signature{};
    if (!message || !bytes || bytes->size() != signature.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    return key.verifies(bytesOf(*message), signature);
}

} // namespace

std::string ApprovalDesk::firstMismatch(const ApprovalRequest& request, const Approval& reply)
{
    if (reply.actionDigest != request.actionDigest)
        return "action_other";
    if (reply.renderDigest != request.renderDigest)
        return "render_other";
    if (reply.tier != request.tier)
        return "tier_other";
    if (reply.session != request.session)
        return "session_other";
    if (reply.requester != request.requester)
        return "requester_other";
    if (reply.approveBy != request.approveBy)
        return "approve_by_other";
    if (reply.bootId != request.bootId || reply.monoIssued != request.monoIssued)
        return "boot_other";
    if (reply.ledgerSize != request.ledgerSize || reply.ledgerRoot != request.ledgerRoot)
        return "ledger_other";
    if (reply.issued < request.issued - clockTolerance || reply.issued >= request.approveBy)
        return "issued_outside";
    return {};
}

bool ApprovalDesk::isProven(const DeskRequest& held, std::size_t at, const PeopleDirectory& people) const
{
    const Approval& reply = held.approvals[at];
    const AcceptedApproval& counted = held.accepted[at];
    const Person* person = people.find(reply.approver);
    if (!person || person->isRevoked || person->id == m_agentId || person->key == m_agentKey)
        return false;
    const bool isTheirs = counted.approver == person->id && counted.key == person->key.toString() &&
                          counted.isApproved == reply.isApproved && counted.tier == reply.tier &&
                          counted.actionDigest == reply.actionDigest && isSignedBy(reply, person->key);
    const bool isForThis = firstMismatch(held.request, reply).empty() && has(held.request.nonces, reply.nonce) &&
                           reply.approver != held.request.requester && !has(held.excludedApprovers, reply.approver);
    for (std::size_t earlier = 0; earlier < at; ++earlier) {
        const bool isAgain = held.approvals[earlier].nonce == reply.nonce ||
                             held.accepted[earlier].approver == counted.approver ||
                             held.accepted[earlier].key == counted.key;
        if (isAgain)
            return false;
    }
    const bool hasRoles = std::all_of(counted.roles.begin(), counted.roles.end(),
                                      [&](const std::string& role) { return person->hasRole(role); });
    const std::string asserted = whyNotAsserted(reply, *person); // its counter was taken when it came in
    return isTheirs && isForThis && hasRoles && (asserted.empty() || asserted == "assertion_counter");
}

std::vector<Value> ApprovalDesk::voidUnproven(const PeopleDirectory& people, Timestamp now)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        if (held.state != RequestState::Pending && held.state != RequestState::Approved)
            continue;
        for (std::size_t at = 0; at < held.approvals.size(); ++at) {
            if (!isProven(held, at, people)) {
                events.push_back(close(held, RequestState::Void, "signature_bad", now));
                break;
            }
        }
    }
    return events;
}

} // namespace cordon::govern
