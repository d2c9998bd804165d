#include "core/govern/step_up.h"

#include "core/crypto/secret_bytes.h"
#include "core/crypto/sha256.h"
#include "core/crypto/signed_note.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/approval_text.h"
#include "core/govern/person_vault.h"
#include "core/govern/security_key_proof.h"

#include <algorithm>
#include <chrono>

namespace cordon::govern {
namespace {

constexpr Duration tolerance = std::chrono::minutes(5);

StepUpResult refused(std::string reason, std::string detail = {})
{
    StepUpResult result;
    result.reason = std::move(reason);
    result.detail = std::move(detail);
    return result;
}

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

/// The nonce of that slot, or of the first that the text carries; "" when there is none.
std::string nonceFor(const ApprovalRequest& request, int slot)
{
    if (slot > 0)
        return slot <= static_cast<int>(request.nonces.size()) ? request.nonces[static_cast<std::size_t>(slot) - 1]
                                                               : std::string();
    const auto found = std::find_if(request.nonces.begin(), request.nonces.end(),
                                    [](const std::string& nonce) { return !nonce.empty(); });
    return found == request.nonces.end() ? std::string() : *found;
}

/// What stands in the person's way before any factor is looked at, or "".
std::string whyNotThisPerson(const Person* person, const ApprovalRequest& request, const StepUpInput& input,
                             Timestamp wall)
{
    if (!person)
        return "person_unknown";
    if (person->isRevoked)
        return "key_revoked";
    if (person->key == input.agentKey)
        return "agent_key";
    if (!person->hasRole("analyst") && !person->hasRole("commander"))
        return "role_missing";
    if (request.requester == person->id)
        return "is_requester";
    if (input.isApproved && !person->isTrainedAt(wall))
        return "training_expired";
    return {};
}

/// What was typed wrongly, or "".
std::string whyNotTyped(const ApprovalRequest& request, const StepUpInput& input)
{
    if (input.reason.size() > 500)
        return "reason_too_long";
    if (!input.isApproved)
        return input.reason.empty() ? "reason_missing" : std::string();
    const bool needsCode = request.tier == Tier::T3 || !input.typedCode.empty();
    if (needsCode && !isShortCode(input.typedCode, request.actionDigest))
        return "code_wrong";
    if (const std::string target = typedTargetOf(request); !target.empty() && input.typedTarget != target)
        return "target_wrong";
    return {};
}

/// Which factor follows the PIN.
struct SecondFactor
{
    bool isTotp = false;
    bool isSecurityKey = false;
    std::string refusal; ///< why what is needed is not there, or ""
};

/// A denial must not fail for want of a phone; an approval needs every factor that the mandate names.
SecondFactor secondFactorOf(const ApprovalRequest& request, const StepUpInput& input, const Person& person)
{
    SecondFactor second;
    second.isTotp = !input.totp.empty();
    if (!input.isApproved)
        return second;
    const bool needsKey = has(request.needs.factors, "security_key");
    const bool needsTotp = has(request.needs.factors, "totp");
    second.isSecurityKey = needsKey || (needsTotp && !second.isTotp && input.securityKey && !person.securityKeys.empty());
    if (needsTotp && !second.isTotp && !second.isSecurityKey)
        second.refusal = "totp_missing";
    else if (second.isSecurityKey && person.securityKeys.empty())
        second.refusal = "security_key_unknown";
    else if (second.isSecurityKey && !input.securityKey)
        second.refusal = "security_key_missing";
    return second;
}

/// Has the key sign over the approval as it stands. The error's detail begins with the reason.
Result<void> assertApproval(Approval& approval, const StepUpInput& input, const Person& person)
{
    const auto message = approvalMessage(approval);
    if (!message)
        return fail(ErrorCode::Invalid, "request_invalid");
    CORDON_TRY(approval.assertion,
               assertWithKey(*input.securityKey, person.securityKeys, crypto::sha256(*message), input.keyPin));
    return {};
}

/// The person witnesses the head of the ledger that the request names: it cannot be set back behind it unseen.
std::string cosignatureOf(const ApprovalRequest& request, const std::string& person, const crypto::SigningKey& key,
                          const MachineClock& clock)
{
    const auto root = Digest::fromHex(request.ledgerRoot);
    if (request.ledgerOrigin.empty() || !root)
        return {};
    crypto::SignedNote head;
    head.text = crypto::headText(request.ledgerOrigin, request.ledgerSize, *root);
    const std::int64_t seconds = clock.now().micros() / 1'000'000;
    head.cosign(crypto::witnessName(person), key, seconds);
    return head.signatureLines();
}

Approval approvalOf(const ApprovalRequest& request, const StepUpInput& input, bool isTotpVerified, Timestamp issued)
{
    Approval approval;
    approval.actionDigest = request.actionDigest;
    approval.renderDigest = request.renderDigest;
    approval.isApproved = input.isApproved;
    approval.tier = request.tier;
    approval.requester = request.requester;
    approval.approver = input.person;
    approval.factors = {"key", "pin"};
    if (isTotpVerified)
        approval.factors.emplace_back("totp");
    approval.nonce = nonceFor(request, input.slot);
    approval.session = request.session;
    approval.issued = issued;
    approval.approveBy = request.approveBy;
    approval.bootId = request.bootId;
    approval.monoIssued = request.monoIssued;
    approval.ledgerSize = request.ledgerSize;
    approval.ledgerRoot = request.ledgerRoot;
    approval.reason = escapedForPeople(input.reason, 500);
    approval.request = request.id;
    approval.isAgentPaused = !input.isApproved && input.isAgentPaused;
    approval.decidedAfterMillis = input.decidedAfterMillis;
    return approval;
}

} // namespace

Timestamp timeFor(const ApprovalRequest& request, const MachineClock& clock)
{
    if (clock.bootId() == request.bootId && clock.monotonicNanos() >= request.monoIssued)
        return request.issued + Duration((clock.monotonicNanos() - request.monoIssued) / 1000);
    const Timestamp wall = clock.now();
    const bool isWithin = wall >= request.issued - tolerance && wall <= request.approveBy + std::chrono::hours(24);
    return isWithin ? std::max(wall, request.issued) : request.issued;
}

bool isStillOpen(const ApprovalRequest& request, const MachineClock& clock)
{
    return timeFor(request, clock) < request.approveBy;
}

StepUpResult stepUp(const StepUpInput& input, const MachineClock& clock)
{
    const auto request = readRequest(input.requestText, input.agentKey);
    if (!request)
        return refused(request.error().code == ErrorCode::Untrusted ? "request_untrusted" : "request_invalid",
                       request.error().detail);
    if (!isStillOpen(*request, clock))
        return refused("expired", "the request ran out at " + request->approveBy.toString());
    if (nonceFor(*request, input.slot).empty())
        return refused("nonce_missing", "the text carries no nonce for that approver");
    const auto people = PeopleDirectory::load(input.peopleFolder);
    if (!people)
        return refused("person_unknown", people.error().detail);
    const Person* person = people->find(input.person);
    if (std::string why = whyNotThisPerson(person, *request, input, clock.now()); !why.empty())
        return refused(std::move(why));
    if (std::string why = whyNotTyped(*request, input); !why.empty())
        return refused(std::move(why));

    const SecondFactor second = secondFactorOf(*request, input, *person);
    if (!second.refusal.empty())
        return refused(second.refusal);
    std::optional<std::string_view> totp;
    if (second.isTotp)
        totp = input.totp;
    PersonVault vault(input.peopleFolder, input.person);
    const auto unlocked = vault.unlock(input.pin, totp, clock.now());
    if (!unlocked)
        return refused(unlocked.error().reason, unlocked.error().detail());
    if (unlocked->key.publicKey() != person->key)
        return refused("key_not_pinned", "the vault holds another key than the one known for this person");

    Approval approval = approvalOf(*request, input, unlocked->isTotpVerified, timeFor(*request, clock));
    if (second.isSecurityKey) {
        approval.factors.emplace_back("security_key");
        if (const auto asserted = assertApproval(approval, input, *person); !asserted) {
            const std::string& detail = asserted.error().detail;
            const std::size_t colon = detail.find(": ");
            return refused(detail.substr(0, colon), colon == std::string::npos ? "" : detail.substr(colon + 2));
        }
        if (const auto cleared = vault.clearLock(); !cleared)
            return refused("vault_unreadable", cleared.error().detail);
    }
    approval.cosignature = cosignatureOf(*request, input.person, unlocked->key, clock);
    const auto reply = signReply(approval, unlocked->key);
    if (!reply)
        return refused("request_invalid", reply.error().detail);
    StepUpResult result;
    result.reply = *reply;
    if (const auto signedApproval = readReply(*reply))
        result.approval = *signedApproval;
    return result;
}

} // namespace cordon::govern
