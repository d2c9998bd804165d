#pragma once

#include "core/base/clock.h"
#include "core/crypto/signing_key.h"
#include "core/domain/approval.h"
#include "core/factor/authenticator.h"

#include <filesystem>
#include <string>

namespace cordon::govern {

/// What a person gave to decide a request. Every rule is enforced by `stepUp`, none by the face that collected this.
struct StepUpInput
{
    std::string requestText; ///< signed text block
    crypto::PublicKey agentKey;
    std::filesystem::path peopleFolder;
    std::string person; ///< user:…
    crypto::SecretBytes pin;
    std::string totp;        ///< six digits, or "" when the request does not ask for it
    std::string typedCode;   ///< the short code; needed for T3 approvals
    std::string typedTarget; ///< when typedTargetOf(request) is not empty
    bool isApproved = false;
    std::string reason;         ///< needed for a denial; at most 500 bytes
    int slot = 0;               ///< approver slot, 1 and up; 0: the first nonce that the text carries
    bool isAgentPaused = false; ///< deny and pause the agent
    /// A security key at hand: asked when the request needs one, or in place of the authenticator code when `totp` is
    /// empty and the person has enrolled one. Must outlive the call; null: none.
    factor::Authenticator* securityKey = nullptr;
    crypto::SecretBytes keyPin; ///< of the security key itself; empty for one that verifies its user by finger
    std::int64_t decidedAfterMillis = -1; ///< how long the person had it before the eyes
};

/// A signed reply, or why there is none. Reasons are stable codes of docs/formats/approval.md.
struct StepUpResult
{
    std::string reply; ///< text block; "" when refused
    Approval approval;
    std::string reason; ///< "" when given
    std::string detail; ///< English

    [[nodiscard]] bool isGiven() const { return !reply.empty(); }
};

/// Verifies request, person, code and factors, and signs. Used by both approval programs.
[[nodiscard]] StepUpResult stepUp(const StepUpInput& input, const MachineClock& clock);

/// What time it is for a request: on the machine that asked (same boot id) its case clock, else the wall clock when
/// that lies within the request's span, else the moment it was asked.
[[nodiscard]] Timestamp timeFor(const ApprovalRequest& request, const MachineClock& clock);
/// False once the request has run out here, as far as this machine can tell.
[[nodiscard]] bool isStillOpen(const ApprovalRequest& request, const MachineClock& clock);

} // namespace cordon::govern
