#pragma once

#include "core/domain/decision.h"
#include "core/domain/security_key.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cordon {

/// What a person is asked to decide, frozen and signed by the agent. Travels as text. Source: docs/formats/approval.md
struct ApprovalRequest
{
    std::string id;             ///< AR-0001
    std::string caseName;
    std::string incident;
    std::string step;
    std::string actionBytes;    ///< canonical action: what will be executed, byte for byte
    std::string actionDigest;   ///< hex
    Value facts = Value::Object{}; ///< frozen facts that the render is made from, with the action (docs/formats/approval.md)
    std::string render;         ///< English text of action and facts; what `renderDigest` covers
    std::string renderDigest;   ///< hex SHA-256 of `render`
    Tier tier = Tier::T3;
    std::string environment;
    bool isExercise = false;
    ApprovalNeeds needs;
    std::vector<std::string> nonces; ///< one per approver slot, 32 hex digits
    std::string requester;      ///< person who asked, or ""
    std::string session;
    Timestamp issued;
    Timestamp approveBy;
    std::string bootId;
    std::int64_t monoIssued = 0;
    std::int64_t ledgerSize = 0;
    std::string ledgerRoot;     ///< hex
    std::string ledgerOrigin;   ///< names the ledger whose head approvers witness; "" in early requests
    std::string mandate;        ///< hex digest
    std::vector<std::string> clauses;

    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<ApprovalRequest> fromValue(const Value& value);
};

/// A person's decision over one exact action, signed with that person's own key. Source: docs/formats/approval.md
struct Approval
{
    std::string actionDigest;
    std::string renderDigest;
    bool isApproved = false;    ///< "approve" or "deny"
    Tier tier = Tier::T3;
    std::string requester;      ///< "" is null
    std::string approver;       ///< user:commander-a
    std::vector<std::string> factors;
    std::string nonce;
    std::string session;
    Timestamp issued;
    Timestamp approveBy;
    std::string bootId;
    std::int64_t monoIssued = 0;
    std::int64_t ledgerSize = 0;
    std::string ledgerRoot;

    std::string signature;      ///< hex, 64 bytes, over "cordon.approval.v1\n" ‖ JCS(approval); beside it, not inside
    std::string reason;         ///< typed by the person; kept in the ledger, not signed
    std::string request;        ///< AR-0001, so that the reply finds its request
    bool isAgentPaused = false; ///< deny, and pause the agent; beside the approval, in the signed block
    std::string cosignature;    ///< signature line over the ledger's head, "" when none; in the signed block
    std::optional<KeyAssertion> assertion; ///< of a security key, over SHA-256 of what is signed; in the signed block
    std::int64_t decidedAfterMillis = -1;  ///< from the moment all was shown to the decision; -1: not measured

    /// The signed object, exactly the sixteen members of governance C2.
    [[nodiscard]] Value toValue() const;
    /// {approval, signature, reason, request, pause_agent}, and assertion and decided_after_ms where there are any
    [[nodiscard]] Value toReply() const;
    [[nodiscard]] static Result<Approval> fromReply(const Value& reply);
};

} // namespace cordon
