#include "core/govern/approval_desk.h"

#include "core/crypto/random.h"
#include "core/crypto/sha256.h"
#include "core/govern/action_digest.h"
#include "core/govern/approval_text.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace cordon::govern {
namespace {

constexpr Duration denialBlock = std::chrono::minutes(15);
constexpr Duration rollbackTolerance = std::chrono::seconds(2);

bool has(const std::vector<std::string>& list, std::string_view item)
{
    return std::find(list.begin(), list.end(), item) != list.end();
}

std::string requestId(int number)
{
    char text[16];
    std::snprintf(text, sizeof text, "AR-%04d", number);
    return text;
}

bool isOpen(RequestState state)
{
    return state == RequestState::Pending || state == RequestState::Approved;
}

/// Why requests cannot count any more on this machine, or "".
std::string whyVoid(const ApprovalRequest& request, const DeskContext& context)
{
    if (context.bootId != request.bootId)
        return "boot_changed";
    if (context.wall < context.lastLedgerTime - rollbackTolerance)
        return "clock_back";
    if (context.ledgerSize < request.ledgerSize)
        return "ledger_rolled_back";
    return {};
}

bool hasExpired(const ApprovalRequest& request, const DeskContext& context)
{
    const bool hasRunOutByBoot =
        context.bootId == request.bootId &&
        (context.monoNanos < request.monoIssued ||
         Duration((context.monoNanos - request.monoIssued) / 1000) >= request.needs.approveWithin);
    return context.now >= request.approveBy || hasRunOutByBoot;
}

/// Enough people approved, but the time to act on it has passed.
bool hasLapsed(const DeskRequest& held, Timestamp now)
{
    return held.state == RequestState::Approved &&
           now >= held.accepted.back().signedAt + held.request.needs.executeWithin;
}

DeskAnswer refusal(const std::string& request, std::string reason, std::string detail = {})
{
    DeskAnswer answer;
    answer.request = request;
    answer.reason = std::move(reason);
    answer.detail = std::move(detail);
    return answer;
}

} // namespace

std::string_view toString(RequestState state)
{
    switch (state) {
    case RequestState::Pending:
        return "pending";
    case RequestState::Approved:
        return "approved";
    case RequestState::Denied:
        return "denied";
    case RequestState::Expired:
        return "expired";
    case RequestState::Void:
        return "void";
    case RequestState::Consumed:
        break;
    }
    return "consumed";
}

ApprovalDesk::ApprovalDesk(std::string agentId, crypto::PublicKey agentKey)
    : m_agentId(std::move(agentId))
    , m_agentKey(agentKey)
{}

std::string ApprovalDesk::whyNotAskable(const Action& action, const std::string& digest, Timestamp now,
                                        bool hasNewEvidence) const
{
    const std::string subject = deskSubject(action);
    for (const Denial& denial : m_denials) {
        if (denial.digest == digest)
            return "denied_final";
        if (denial.subject == subject && now < denial.at + denialBlock && !hasNewEvidence)
            return "denied_recently";
    }
    return {};
}

Result<ApprovalDesk::Asked> ApprovalDesk::ask(const AskInput& input, const DeskContext& context)
{
    CORDON_TRY(const std::string bytes, input.action.canonical());
    CORDON_TRY(const Digest digest, actionDigest(std::string_view(bytes)));
    if (const std::string why = whyNotAskable(input.action, digest.hex(), context.now, input.hasNewEvidence);
        !why.empty())
        return fail(ErrorCode::Denied, why + ": " + input.action.type);
    for (const auto& [id, held] : m_requests) {
        const bool isLive = (held.state == RequestState::Pending && !hasExpired(held.request, context)) ||
                            (held.state == RequestState::Approved && !hasLapsed(held, context.now));
        if (held.request.actionDigest == digest.hex() && isLive && whyVoid(held.request, context).empty())
            return fail(ErrorCode::Conflict, "already_pending: " + id);
    }
    if (input.decision.effect != Effect::Hold || input.decision.needs.approvers < 1 ||
        input.decision.digest != digest.hex())
        return fail(ErrorCode::Invalid, "nothing_to_ask: the decision is no hold for this action's approval");

    ApprovalRequest request;
    request.id = requestId(m_lastNumber + 1);
    request.caseName = input.caseName;
    request.incident = input.action.incident;
    request.step = input.step;
    request.actionBytes = bytes;
    request.actionDigest = digest.hex();
    request.facts = input.facts.toValue();
    request.tier = input.decision.tier;
    request.environment = input.environment;
    request.isExercise = input.isExercise;
    request.needs = input.decision.needs;
    for (int slot = 0; slot < request.needs.approvers; ++slot)
        request.nonces.push_back(crypto::randomHex(16));
    request.requester = input.requester;
    request.session = input.action.session;
    request.issued = context.now;
    request.approveBy = context.now + request.needs.approveWithin;
    request.bootId = context.bootId;
    request.monoIssued = context.monoNanos;
    request.ledgerSize = context.ledgerSize;
    request.ledgerRoot = context.ledgerRoot;
    request.ledgerOrigin = context.ledgerOrigin;
    request.mandate = input.action.mandate;
    request.clauses = input.decision.clauses;
    Value::Array excluded;
    for (const std::string& person : input.excludedApprovers)
        excluded.emplace_back(person);
    request.facts.set("excluded", excluded); // under the agent's signature: nobody else says who may answer
    CORDON_TRY(request.render, renderRequest(request));
    request.renderDigest = crypto::sha256(request.render).hex();
    CORDON_CHECK(checkRequest(request));

    const Value event =
        Value::Object{{"event", "asked"}, {"request", request.toValue()}, {"excluded", std::move(excluded)}};
    CORDON_CHECK(applyEvent(event));
    return Asked{std::move(request), event};
}

DeskAnswer ApprovalDesk::judge(const DeskRequest& held, const Approval& reply, std::string_view replyText,
                               const PeopleDirectory& people, const DeskContext& context) const
{
    const ApprovalRequest& request = held.request;
    const auto refuse = [&](std::string reason, std::string detail = {}) {
        return refusal(request.id, std::move(reason), std::move(detail));
    };
    const Person* person = people.find(reply.approver);
    if (reply.approver == m_agentId || (person && person->key == m_agentKey))
        return refuse("agent_key", "the agent cannot approve");
    if (!person)
        return refuse("person_unknown", reply.approver);
    if (person->isRevoked)
        return refuse("key_revoked", reply.approver);
    if (!isReplySignedBy(replyText, reply, person->key))
        return refuse("signature_bad", reply.approver);
    // From here on the person is who they say; a refusal names what does not fit.
    if (std::string mismatch = firstMismatch(request, reply); !mismatch.empty())
        return refuse(std::move(mismatch));
    if (held.usedNonces.contains(reply.nonce))
        return refuse("nonce_used");
    if (reply.nonce.empty() || !has(request.nonces, reply.nonce))
        return refuse("nonce_unknown");
    if (held.state != RequestState::Pending)
        return refuse("request_" + std::string(toString(held.state)), held.why);
    if (std::string why = whyVoid(request, context); !why.empty())
        return refuse(std::move(why));
    if (hasExpired(request, context))
        return refuse("expired");
    if (!person->hasRole("analyst") && !person->hasRole("commander"))
        return refuse("role_missing", "an analyst or a commander decides");
    if (request.requester == reply.approver)
        return refuse("is_requester");
    if (has(held.excludedApprovers, reply.approver))
        return refuse("is_excluded", "this person had a part in what is asked, or edited the playbook or mandate in this session");
    for (const AcceptedApproval& earlier : held.accepted) {
        if (earlier.approver == reply.approver)
            return refuse("same_person");
        if (earlier.key == person->key.toString())
            return refuse("same_key");
    }
    if (std::string why = whyNotAsserted(reply, *person); !why.empty())
        return refuse(std::move(why));
    if (!reply.isApproved) {
        if (reply.reason.empty())
            return refuse("reason_missing", "a denial needs a reason");
        return {};
    }
    if (!person->isTrainedAt(context.wall))
        return refuse("training_expired");
    for (const std::string& factor : request.needs.factors) {
        // A security key that verified its user is more than an authenticator code, and stands in for one.
        const bool isGiven = has(reply.factors, factor) || (factor == "totp" && has(reply.factors, "security_key"));
        if (!isGiven)
            return refuse("factor_missing", factor);
    }
    const bool isLastSlot = static_cast<int>(held.accepted.size()) + 1 >= request.needs.approvers;
    const bool hasCommander = person->hasRole("commander") || std::any_of(held.accepted.begin(), held.accepted.end(),
                                                                          [](const AcceptedApproval& earlier) {
                                                                              return has(earlier.roles, "commander");
                                                                          });
    if (request.needs.needsCommander && isLastSlot && !hasCommander)
        return refuse("commander_missing", "one of the approvers must be a commander");
    return {};
}

DeskAnswer ApprovalDesk::accept(std::string_view replyText, const PeopleDirectory& people, const DeskContext& context)
{
    const auto reply = readReply(replyText);
    if (!reply)
        return refusal({}, "reply_unreadable", reply.error().detail);
    const auto found = m_requests.find(reply->request);
    if (found == m_requests.end())
        return refusal(reply->request, "request_unknown");
    DeskAnswer answer = judge(found->second, *reply, replyText, people, context);
    if (!answer.reason.empty())
        return answer;

    const Person* person = people.find(reply->approver);
    Value::Array roles;
    for (const std::string& role : person->roles)
        roles.emplace_back(role);
    answer.event = Value::Object{{"event", "given"},
                                 {"reply", reply->toReply()},
                                 {"key", person->key.toString()},
                                 {"roles", std::move(roles)},
                                 {"at", context.now.toString()}};
    if (const auto applied = applyEvent(answer.event); !applied)
        return refusal(reply->request, "reply_unreadable", applied.error().detail);
    const DeskRequest& held = found->second;
    answer.isAccepted = true;
    answer.request = held.request.id;
    answer.isComplete = held.state == RequestState::Approved;
    answer.isDenied = held.state == RequestState::Denied;
    answer.isAgentPaused = answer.isDenied && reply->isAgentPaused;
    answer.fatigue = m_newFatigue;
    return answer;
}

std::vector<AcceptedApproval> ApprovalDesk::approvalsFor(const std::string& digest, const DeskContext& context) const
{
    std::vector<AcceptedApproval> approvals;
    for (const auto& [id, held] : m_requests) {
        if (held.request.actionDigest != digest)
            continue;
        const bool isPendingInTime = held.state == RequestState::Pending && !hasExpired(held.request, context);
        const bool isApprovedInTime = held.state == RequestState::Approved && !hasLapsed(held, context.now);
        const bool doesCount = held.state == RequestState::Denied ||
                               ((isPendingInTime || isApprovedInTime) && whyVoid(held.request, context).empty());
        if (doesCount)
            approvals.insert(approvals.end(), held.accepted.begin(), held.accepted.end());
    }
    return approvals;
}

Value ApprovalDesk::consume(const std::string& digest, Timestamp now)
{
    for (auto& [id, held] : m_requests) {
        if (held.request.actionDigest == digest && held.state == RequestState::Approved && !hasLapsed(held, now))
            return close(held, RequestState::Consumed, "", now);
    }
    return {};
}

std::vector<Value> ApprovalDesk::sweep(const DeskContext& context)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        if (!isOpen(held.state))
            continue;
        const std::string why = whyVoid(held.request, context);
        if (!why.empty())
            events.push_back(close(held, RequestState::Void, why, context.now));
        else if (held.state == RequestState::Pending && hasExpired(held.request, context))
            events.push_back(close(held, RequestState::Expired, "expired", context.now));
        else if (hasLapsed(held, context.now))
            events.push_back(close(held, RequestState::Expired, "not_executed", context.now));
    }
    return events;
}

const DeskRequest* ApprovalDesk::find(const std::string& id) const
{
    const auto found = m_requests.find(id);
    return found == m_requests.end() ? nullptr : &found->second;
}

const DeskRequest* ApprovalDesk::openFor(const std::string& digest) const
{
    for (const auto& [id, held] : m_requests) {
        if (held.request.actionDigest == digest && isOpen(held.state))
            return &held;
    }
    return nullptr;
}

} // namespace cordon::govern
