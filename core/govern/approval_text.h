#pragma once

#include "core/crypto/signing_key.h"
#include "core/domain/approval.h"

#include <string>
#include <string_view>

namespace cordon::govern {

/// The request as a signed text block that survives a chat: a C2SP signed note. Source: docs/formats/approval.md
/// @param slot  1 and up: only that approver's nonce travels; 0: all of them (for the agent's own file)
[[nodiscard]] Result<std::string> signRequest(const ApprovalRequest& request, std::string_view agentId,
                                              const crypto::SigningKey& agentKey, int slot = 0);
/// Reads a request and checks everything that can be checked from its bytes: the agent's signature, the digest over the
/// exact action bytes, the render re-derived from action and frozen facts, the tier against the verb's floor.
/// ErrorCode::Untrusted for a bad signature, Invalid for the rest.
[[nodiscard]] Result<ApprovalRequest> readRequest(std::string_view textBlock, const crypto::PublicKey& agentKey);
/// The same checks on a request at hand, without a signature.
[[nodiscard]] Result<void> checkRequest(const ApprovalRequest& request);

/// What the approval's signature covers: "cordon.approval.v1\n" ‖ JCS(approval).
[[nodiscard]] Result<std::string> approvalMessage(const Approval& approval);
/// The reply as a signed text block; the approver's key signs the approval and, once more, the whole block.
[[nodiscard]] Result<std::string> signReply(Approval approval, const crypto::SigningKey& approverKey);
/// A reply and the text that its block signature covers; signatures are checked by the desk, which knows the keys.
/// ErrorCode::Invalid when it cannot be read.
[[nodiscard]] Result<Approval> readReply(std::string_view textBlock);
/// True when block and approval are both signed by that key.
[[nodiscard]] bool isReplySignedBy(std::string_view textBlock, const Approval& approval, const crypto::PublicKey& key);
/// The reply as a ledger keeps it: its block with the one signature that holds. ErrorCode::Invalid or Untrusted.
[[nodiscard]] Result<std::string> keptReply(std::string_view textBlock, const std::string& approver, const crypto::PublicKey& key);

} // namespace cordon::govern
