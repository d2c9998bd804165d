#include "core/domain/approval.h"

namespace cordon {
namespace {

Value texts(const std::vector<std::string>& items)
{
    Value::Array list;
    for (const std::string& item : items)
        list.emplace_back(item);
    return list;
}

std::vector<std::string> textsFrom(const Value& value)
{
    std::vector<std::string> items;
    for (const Value& item : value.asArray())
        items.push_back(item.asString());
    return items;
}

Result<Timestamp> timeMember(const Value& value, std::string_view key)
{
    auto time = Timestamp::parse(value[key].asString());
    if (!time)
        return fail(ErrorCode::Invalid, "'" + std::string(key) + "': " + time.error().detail);
    return *time;
}

Value needsToValue(const ApprovalNeeds& needs)
{
    return Value::Object{
        {"approvers", needs.approvers},
        {"commander", needs.needsCommander},
        {"factors", texts(needs.factors)},
        {"requester_excluded", needs.isRequesterExcluded},
        {"typed_target", needs.isTypedTarget},
        {"approve_within_s", static_cast<std::int64_t>(needs.approveWithin.count() / 1'000'000)},
        {"execute_within_s", static_cast<std::int64_t>(needs.executeWithin.count() / 1'000'000)},
    };
}

ApprovalNeeds needsFrom(const Value& value)
{
    ApprovalNeeds needs;
    needs.approvers = static_cast<int>(value["approvers"].asInt());
    needs.needsCommander = value["commander"].asBool();
    needs.factors = textsFrom(value["factors"]);
    needs.isRequesterExcluded = value["requester_excluded"].asBool();
    needs.isTypedTarget = value["typed_target"].asBool();
    needs.approveWithin = std::chrono::seconds(value["approve_within_s"].asInt());
    needs.executeWithin = std::chrono::seconds(value["execute_within_s"].asInt());
    return needs;
}

} // namespace

Value ApprovalRequest::toValue() const
{
    Value value = Value::Object{
        {"v", 1},
        {"request", id},
        {"case", caseName},
        {"incident", incident},
        {"step", step},
        {"action", actionBytes},
        {"action_digest", actionDigest},
        {"facts", facts},
        {"render", render},
        {"render_digest", renderDigest},
        {"tier", toString(tier)},
        {"environment", environment},
        {"exercise", isExercise},
        {"needs", needsToValue(needs)},
        {"nonces", texts(nonces)},
        {"requester", requester.empty() ? Value() : Value(requester)},
        {"session", session},
        {"issued", issued.toString()},
        {"approve_by", approveBy.toString()},
        {"boot_id", bootId},
        {"mono_issued", monoIssued},
        {"ledger_size", ledgerSize},
        {"ledger_root", ledgerRoot},
        {"mandate", mandate},
        {"clauses", texts(clauses)},
    };
    if (!ledgerOrigin.empty())
        value.set("ledger_origin", ledgerOrigin);
    return value;
}

Result<ApprovalRequest> ApprovalRequest::fromValue(const Value& value)
{
    if (value["v"].asInt() != 1)
        return fail(ErrorCode::Invalid, "approval request: version 1 expected");
    const auto tier = tierFrom(value["tier"].asString());
    if (!tier)
        return fail(ErrorCode::Invalid, "approval request: unknown tier");
    ApprovalRequest request;
    request.id = value["request"].asString();
    request.caseName = value["case"].asString();
    request.incident = value["incident"].asString();
    request.step = value["step"].asString();
    request.actionBytes = value["action"].asString();
    request.actionDigest = value["action_digest"].asString();
    request.facts = value["facts"];
    request.render = value["render"].asString();
    request.renderDigest = value["render_digest"].asString();
    request.tier = *tier;
    request.environment = value["environment"].asString();
    request.isExercise = value["exercise"].asBool();
    request.needs = needsFrom(value["needs"]);
    request.nonces = textsFrom(value["nonces"]);
    request.requester = value["requester"].asString();
    request.session = value["session"].asString();
    CORDON_TRY(request.issued, timeMember(value, "issued"));
    CORDON_TRY(request.approveBy, timeMember(value, "approve_by"));
    request.bootId = value["boot_id"].asString();
    request.monoIssued = value["mono_issued"].asInt();
    request.ledgerSize = value["ledger_size"].asInt();
    request.ledgerRoot = value["ledger_root"].asString();
    request.ledgerOrigin = value["ledger_origin"].asString();
    request.mandate = value["mandate"].asString();
    request.clauses = textsFrom(value["clauses"]);
    return request;
}

Value Approval::toValue() const
{
    return Value::Object{
        {"v", 1},
        {"action_digest", actionDigest},
        {"render_digest", renderDigest},
        {"decision", isApproved ? "approve" : "deny"},
        {"tier", toString(tier)},
        {"requester", requester.empty() ? Value() : Value(requester)},
        {"approver", approver},
        {"factors", texts(factors)},
        {"nonce", nonce},
        {"session", session},
        {"issued", issued.toString()},
        {"approve_by", approveBy.toString()},
        {"boot_id", bootId},
        {"mono_issued", monoIssued},
        {"ledger_size", ledgerSize},
        {"ledger_root", ledgerRoot},
    };
}

Value Approval::toReply() const
{
    Value reply = Value::Object{
        {"approval", toValue()}, {"signature", signature}, {"reason", reason}, {"request", request},
        {"pause_agent", isAgentPaused}};
    if (assertion)
        reply.set("assertion", assertion->toValue());
    if (decidedAfterMillis >= 0)
        reply.set("decided_after_ms", decidedAfterMillis);
    if (!cosignature.empty())
        reply.set("cosignature", cosignature);
    return reply;
}

Result<Approval> Approval::fromReply(const Value& reply)
{
    const Value& value = reply["approval"];
    const std::string& decision = value["decision"].asString();
    const auto tier = tierFrom(value["tier"].asString());
    if (value["v"].asInt() != 1 || !tier || (decision != "approve" && decision != "deny"))
        return fail(ErrorCode::Invalid, "approval: not a version 1 approval");
    Approval approval;
    approval.actionDigest = value["action_digest"].asString();
    approval.renderDigest = value["render_digest"].asString();
    approval.isApproved = decision == "approve";
    approval.tier = *tier;
    approval.requester = value["requester"].asString();
    approval.approver = value["approver"].asString();
    approval.factors = textsFrom(value["factors"]);
    approval.nonce = value["nonce"].asString();
    approval.session = value["session"].asString();
    CORDON_TRY(approval.issued, timeMember(value, "issued"));
    CORDON_TRY(approval.approveBy, timeMember(value, "approve_by"));
    approval.bootId = value["boot_id"].asString();
    approval.monoIssued = value["mono_issued"].asInt();
    approval.ledgerSize = value["ledger_size"].asInt();
    approval.ledgerRoot = value["ledger_root"].asString();
    approval.signature = reply["signature"].asString();
    approval.reason = reply["reason"].asString();
    approval.request = reply["request"].asString();
    approval.isAgentPaused = reply["pause_agent"].asBool();
    if (reply["assertion"].isObject()) {
        CORDON_TRY(approval.assertion, KeyAssertion::fromValue(reply["assertion"]));
    }
    approval.decidedAfterMillis = reply["decided_after_ms"].asInt(-1);
    approval.cosignature = reply["cosignature"].asString();
    return approval;
}

} // namespace cordon
