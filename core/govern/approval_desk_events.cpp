#include "core/govern/action_digest.h"
#include "core/govern/approval_desk.h"
#include "core/govern/approval_text.h"

#include <algorithm>
#include <cstdio>

// What changes a desk, as events of the ledger. Source: docs/formats/approval.md, "Ledger events"

namespace cordon::govern {
namespace {

bool isOpen(RequestState state)
{
    return state == RequestState::Pending || state == RequestState::Approved;
}

} // namespace

std::string deskSubject(const Action& action)
{
    std::vector<std::string> keys;
    for (const EntityRef& target : action.targets)
        keys.push_back(target.key());
    std::sort(keys.begin(), keys.end());
    std::string subject = action.type + '\n' + action.connector + '\n' + action.tenant;
    for (const std::string& key : keys)
        subject += '\n' + key;
    return subject;
}

Value ApprovalDesk::close(DeskRequest& held, RequestState state, const std::string& why, Timestamp now)
{
    held.state = state;
    held.why = why;
    held.closed = now;
    return Value::Object{{"event", "closed"},
                         {"request", held.request.id},
                         {"state", toString(state)},
                         {"why", why},
                         {"at", now.toString()}};
}

Value ApprovalDesk::escalated(const std::string& id, int level)
{
    if (const auto found = m_requests.find(id); found != m_requests.end())
        found->second.escalation = level;
    return Value::Object{{"event", "escalated"}, {"request", id}, {"level", level}};
}

std::vector<Value> ApprovalDesk::voidAll(const std::string& why, Timestamp now)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        if (isOpen(held.state))
            events.push_back(close(held, RequestState::Void, why, now));
    }
    return events;
}

std::vector<Value> ApprovalDesk::voidSession(const std::string& session, const std::string& why, Timestamp now)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        if (held.request.session == session && isOpen(held.state))
            events.push_back(close(held, RequestState::Void, why, now));
    }
    return events;
}

std::vector<Value> ApprovalDesk::voidRequest(const std::string& request, const std::string& why, Timestamp now)
{
    const auto found = m_requests.find(request);
    if (found == m_requests.end() || !isOpen(found->second.state))
        return {};
    return {close(found->second, RequestState::Void, why, now)};
}

std::vector<Value> ApprovalDesk::voidTarget(const EntityRef& target, const std::string& why, Timestamp now)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        const auto action = actionFromBytes(held.request.actionBytes);
        const bool isAbout =
            action && std::find(action->targets.begin(), action->targets.end(), target) != action->targets.end();
        if (isAbout && isOpen(held.state))
            events.push_back(close(held, RequestState::Void, why, now));
    }
    return events;
}

std::vector<Value> ApprovalDesk::voidPerson(const std::string& person, const std::string& why, Timestamp now)
{
    std::vector<Value> events;
    for (auto& [id, held] : m_requests) {
        const bool isBy = std::any_of(held.accepted.begin(), held.accepted.end(),
                                      [&](const AcceptedApproval& approval) { return approval.approver == person; });
        if (isBy && isOpen(held.state))
            events.push_back(close(held, RequestState::Void, why, now));
    }
    return events;
}

Result<void> ApprovalDesk::apply(const LedgerEntry& entry)
{
    const Value* desk = entry.data.find("desk");
    if (!desk)
        return {};
    if ((*desk)["event"].asString() != "asked")
        return applyEvent(*desk);
    // What the agent signed is what was asked: not what another entry says of it, nor what stands beside its signature.
    const auto asked = readRequest(entry.data["text"].asString(), m_agentKey);
    const auto told = ApprovalRequest::fromValue((*desk)["request"]);
    const bool isGenuine = entry.type == "approval.requested" && asked && told && asked->toValue() == told->toValue() &&
                           !m_requests.contains(asked->id);
    return isGenuine ? applyAsked(*desk) : Result<void>(); // the auditor says what is wrong with the entry
}

Result<void> ApprovalDesk::applyAsked(const Value& desk)
{
    DeskRequest held;
    CORDON_TRY(held.request, ApprovalRequest::fromValue(desk["request"]));
    const Value& signedList = held.request.facts["excluded"]; // early requests have none
    for (const Value& person : (signedList.isNull() ? desk["excluded"] : signedList).asArray())
        held.excludedApprovers.push_back(person.asString());
    int number = 0;
    if (std::sscanf(held.request.id.c_str(), "AR-%d", &number) != 1) // NOLINT(cert-err34-c): range is checked below
        return fail(ErrorCode::Invalid, "desk: '" + held.request.id + "' is no request id");
    m_lastNumber = std::max(m_lastNumber, number);
    m_requests[held.request.id] = std::move(held);
    return {};
}

Result<void> ApprovalDesk::applyGiven(const Value& desk)
{
    CORDON_TRY(const Approval reply, Approval::fromReply(desk["reply"]));
    const auto found = m_requests.find(reply.request);
    if (found == m_requests.end())
        return {}; // nothing that this agent asked
    DeskRequest& held = found->second;
    AcceptedApproval accepted;
    accepted.actionDigest = reply.actionDigest;
    accepted.tier = reply.tier;
    accepted.isApproved = reply.isApproved;
    accepted.approver = reply.approver;
    accepted.key = desk["key"].asString();
    for (const Value& role : desk["roles"].asArray())
        accepted.roles.push_back(role.asString());
    accepted.factors = reply.factors;
    takeKey(reply, accepted);
    CORDON_TRY(accepted.signedAt, Timestamp::parse(desk["at"].asString()));
    m_newFatigue = m_fatigue.take(reply.approver, reply.isApproved, reply.decidedAfterMillis);
    held.usedNonces.insert(reply.nonce);
    held.approvals.push_back(reply);
    held.accepted.push_back(accepted);
    if (!reply.isApproved) {
        held.state = RequestState::Denied;
        held.closed = accepted.signedAt;
        CORDON_TRY(const Action action, actionFromBytes(held.request.actionBytes));
        m_denials.push_back({reply.actionDigest, deskSubject(action), accepted.signedAt});
    } else if (static_cast<int>(held.accepted.size()) >= held.request.needs.approvers) {
        held.state = RequestState::Approved;
    }
    return {};
}

Result<void> ApprovalDesk::applyEvent(const Value& desk)
{
    const std::string& event = desk["event"].asString();
    if (event == "asked")
        return applyAsked(desk);
    if (event == "given")
        return applyGiven(desk);
    const auto found = m_requests.find(desk["request"].asString());
    if ((event == "escalated" || event == "closed") && found == m_requests.end())
        return {}; // nothing that this agent asked
    if (event == "escalated") {
        found->second.escalation = static_cast<int>(desk["level"].asInt());
        return {};
    }
    if (event != "closed")
        return fail(ErrorCode::Invalid, "desk: unknown event '" + event + "'");
    for (const RequestState state : {RequestState::Expired, RequestState::Void, RequestState::Consumed}) {
        if (desk["state"].asString() == toString(state)) {
            CORDON_TRY(const Timestamp at, Timestamp::parse(desk["at"].asString()));
            (void)close(found->second, state, desk["why"].asString(), at);
            return {};
        }
    }
    return fail(ErrorCode::Invalid, "desk: a request cannot be closed as '" + desk["state"].asString() + "'");
}

} // namespace cordon::govern
