#include "core/govern/approval_text.h"

#include "core/crypto/sha256.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_render.h"
#include "core/govern/text_block.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::govern {
namespace {

constexpr std::string_view requestFormat = "cordon.approval-request.v1";
constexpr std::string_view replyFormat = "cordon.approval-reply.v1";

} // namespace

Result<std::string> signRequest(const ApprovalRequest& request, std::string_view agentId,
                                const crypto::SigningKey& agentKey, int slot)
{
    if (slot < 0 || slot > static_cast<int>(request.nonces.size()))
        return fail(ErrorCode::Invalid, "approval request: no slot " + std::to_string(slot));
    ApprovalRequest travelling = request;
    for (std::size_t i = 0; slot != 0 && i < travelling.nonces.size(); ++i) {
        if (static_cast<int>(i) + 1 != slot)
            travelling.nonces[i].clear();
    }
    Value content = travelling.toValue();
    content.set("agent", agentId);
    return makeTextBlock(requestFormat, content, agentId, agentKey);
}

Result<ApprovalRequest> readRequest(std::string_view textBlock, const crypto::PublicKey& agentKey)
{
    CORDON_TRY(const TextBlock block, readTextBlock(requestFormat, textBlock));
    if (!block.note.isSignedBy(block.content["agent"].asString(), agentKey))
        return fail(ErrorCode::Untrusted, "approval request: not signed by this agent");
    CORDON_TRY(ApprovalRequest request, ApprovalRequest::fromValue(block.content));
    CORDON_CHECK(checkRequest(request));
    return request;
}

Result<void> checkRequest(const ApprovalRequest& request)
{
    CORDON_TRY(const Action action, actionFromBytes(request.actionBytes));
    CORDON_TRY(const Digest digest, actionDigest(request.actionBytes));
    if (digest.hex() != request.actionDigest)
        return fail(ErrorCode::Invalid, "approval request: the digest is not that of the action's bytes");
    const Verb* verb = findVerb(action.type);
    if (!verb)
        return fail(ErrorCode::Invalid, "approval request: unknown verb");
    if (request.tier < verb->floor || request.tier == Tier::T4)
        return fail(ErrorCode::Invalid, "approval request: the tier is below the verb's");
    const bool isConsistent =
        action.incident == request.incident && action.session == request.session && action.mandate == request.mandate;
    if (!isConsistent)
        return fail(ErrorCode::Invalid, "approval request: incident, session or mandate differ from the action's");
    CORDON_TRY(const std::string render, renderRequest(request));
    if (render != request.render || crypto::sha256(render).hex() != request.renderDigest)
        return fail(ErrorCode::Invalid, "approval request: the text is not that of the action and facts");
    const int least = request.tier == Tier::T3 ? 2 : 1;
    if (request.needs.approvers < least || static_cast<int>(request.nonces.size()) != request.needs.approvers)
        return fail(ErrorCode::Invalid, "approval request: too few approvers or nonces");
    return {};
}

Result<std::string> approvalMessage(const Approval& approval)
{
    CORDON_TRY(const std::string bytes, json::canonical(approval.toValue()));
    return "cordon.approval.v1\n" + bytes;
}

Result<std::string> signReply(Approval approval, const crypto::SigningKey& approverKey)
{
    CORDON_TRY(const std::string message, approvalMessage(approval));
    approval.signature = toHex(approverKey.sign(message));
    return makeTextBlock(replyFormat, approval.toReply(), approval.approver, approverKey);
}

Result<Approval> readReply(std::string_view textBlock)
{
    CORDON_TRY(const TextBlock block, readTextBlock(replyFormat, textBlock));
    CORDON_TRY(Approval approval, Approval::fromReply(block.content));
    if (approval.toReply() != block.content)
        return fail(ErrorCode::Invalid, "approval reply: members that no reply has");
    return approval;
}

bool isReplySignedBy(std::string_view textBlock, const Approval& approval, const crypto::PublicKey& key)
{
    const auto block = readTextBlock(replyFormat, textBlock);
    const auto message = approvalMessage(approval);
    const auto bytes = fromHex(approval.signature);
    crypto::Signature signature{};
    if (!block || !message || !bytes || bytes->size() != signature.size())
        return false;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    return key.verifies(bytesOf(*message), signature) && block->note.isSignedBy(approval.approver, key);
}

Result<std::string> keptReply(std::string_view textBlock, const std::string& approver, const crypto::PublicKey& key)
{
    CORDON_TRY(const TextBlock block, readTextBlock(replyFormat, textBlock));
    for (const crypto::NoteSignature& line : block.note.signatures) {
        const crypto::SignedNote alone{block.note.text, {line}};
        if (line.name == approver && alone.isSignedBy(approver, key))
            return alone.toString();
    }
    return fail(ErrorCode::Untrusted, "signature_bad: " + approver);
}

} // namespace cordon::govern
