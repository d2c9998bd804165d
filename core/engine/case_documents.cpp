#include "core/engine/case_documents.h"

#include "core/engine/codec.h"
#include "core/govern/next_slot.h"

namespace cordon::engine::documents {
namespace {

std::string durationText(Duration duration)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    if (seconds % 86400 == 0)
        return std::to_string(seconds / 86400) + " d";
    if (seconds % 3600 == 0)
        return std::to_string(seconds / 3600) + " h";
    if (seconds % 60 == 0)
        return std::to_string(seconds / 60) + " min";
    return std::to_string(seconds) + " s";
}

Value row(const std::string& clause, Text text, const std::string& verdict)
{
    return Value::Object{{"clause", clause}, {"text", codec::toValue(text)}, {"verdict", verdict}};
}

std::string verdictOf(const Mandate& mandate, Tier tier)
{
    const TierRule* rule = mandate.tier(tier);
    if (!rule || rule->autonomy == Autonomy::Never)
        return "never";
    return rule->autonomy == Autonomy::Auto ? "auto" : "approve:" + std::to_string(rule->approvers);
}

Value seeRows(const Mandate& mandate)
{
    Value::Array rows;
    for (const SeeClause& clause : mandate.see) {
        rows.push_back(row(clause.id,
                           {clause.isInScope ? "agent.see.in_scope" : "agent.see",
                            {{"source", clause.source}, {"window", durationText(clause.window)}}},
                           "read"));
    }
    return rows;
}

Value decideRows(const Mandate& mandate)
{
    Value::Array rows;
    for (const DecideClause& clause : mandate.decide) {
        const std::string verdict = clause.autonomy == Autonomy::Auto      ? "auto"
                                    : clause.autonomy == Autonomy::Approve ? "approve:" + std::to_string(clause.approvers)
                                                                           : "never";
        rows.push_back(row(clause.id, {"agent.decide." + clause.decision, {}}, verdict));
    }
    if (!mandate.assistant.may.empty()) // what is granted to one is read, and nobody has it
        rows.push_back(row("assistant", {"agent.assistant.none", {}}, "never"));
    return rows;
}

Value changeRows(const Mandate& mandate)
{
    Value::Array rows;
    for (const PermitClause& clause : mandate.change) {
        rows.push_back(row(clause.id,
                           {clause.lease ? "agent.change.leased" : "agent.change",
                            {{"action", clause.action.text},
                             {"target", clause.target.toString()},
                             {"lease", clause.lease ? durationText(*clause.lease) : ""}}},
                           verdictOf(mandate, clause.tier)));
    }
    return rows;
}

Value forbidRows(const Mandate& mandate)
{
    Value::Array rows;
    for (const ForbidClause& clause : mandate.forbid)
        rows.push_back(row(clause.id, {"agent.forbid", {{"target", clause.target.toString()}, {"why", clause.why}}}, "never"));
    return rows;
}

std::vector<MandateRow> rowsFrom(const Value& value)
{
    std::vector<MandateRow> rows;
    for (const Value& item : value.asArray())
        rows.push_back({item["clause"].asString(), codec::textFrom(item["text"]), item["verdict"].asString()});
    return rows;
}

} // namespace

Value approvalPage(const govern::DeskRequest& held, const Text& title, const std::string& requestText)
{
    std::vector<std::string> approvers;
    for (const Approval& approval : held.approvals) {
        if (approval.isApproved)
            approvers.push_back(approval.approver);
    }
    std::string state(govern::toString(held.state));
    if (held.state == govern::RequestState::Pending)
        state = held.approvals.empty() ? "waiting" : "partly";
    else if (held.state == govern::RequestState::Consumed)
        state = "executed";
    return Value::Object{{"id", held.request.id},
                         {"incident", held.request.incident},
                         {"step", held.request.step},
                         {"title", codec::toValue(title)},
                         {"tier", toString(held.request.tier)},
                         {"state", state},
                         {"why", held.why},
                         {"needed", held.request.needs.approvers},
                         {"approvers", codec::textList(approvers)},
                         {"slot", govern::nextSlot(held)},
                         {"issued", held.request.issued.toString()},
                         {"approve_by", held.request.approveBy.toString()},
                         {"text", requestText}};
}

Result<ApprovalRow> approvalRowFrom(const Value& page)
{
    ApprovalRow row;
    row.id = page["id"].asString();
    row.incident = page["incident"].asString();
    row.step = page["step"].asString();
    row.title = codec::textFrom(page["title"]);
    row.tier = tierFrom(page["tier"].asString()).value_or(Tier::T3);
    row.state = page["state"].asString();
    row.approvers = codec::textListFrom(page["approvers"]);
    row.given = static_cast<int>(row.approvers.size());
    row.needed = static_cast<int>(page["needed"].asInt());
    row.slot = page.has("slot") ? static_cast<int>(page["slot"].asInt()) : row.given + 1;
    row.issued = codec::timeFrom(page["issued"]).value_or(Timestamp());
    row.approveBy = codec::timeFrom(page["approve_by"]).value_or(Timestamp());
    row.requestText = page["text"].asString();
    return row;
}

Value agentPage(const Mandate& mandate, const std::string& keyFingerprint, int owners, const Budgets& budgets)
{
    return Value::Object{{"id", mandate.agent.id},
                         {"owner", mandate.owner.accountable},
                         {"deputy", mandate.owner.deputy},
                         {"key", keyFingerprint},
                         {"mandate", mandate.id},
                         {"revision", mandate.revision},
                         {"digest", mandate.digest},
                         {"owners", owners},
                         {"valid_until", mandate.validUntil.toString()},
                         {"environment", mandate.environment},
                         {"see", seeRows(mandate)},
                         {"decide", decideRows(mandate)},
                         {"change", changeRows(mandate)},
                         {"forbid", forbidRows(mandate)},
                         {"refused", budgets.refused},
                         {"actions_used", budgets.actionsUsed},
                         {"actions_most", budgets.actionsMost},
                         {"identities_touched", budgets.identitiesTouched},
                         {"identities_most", budgets.identitiesMost},
                         {"window_used", budgets.perWindowUsed},
                         {"window_most", budgets.perWindowMost},
                         {"session_until", codec::timeValue(budgets.sessionUntil)}};
}

Result<AgentPicture> agentPictureFrom(const Value& page)
{
    AgentPicture picture;
    picture.id = page["id"].asString();
    picture.owner = page["owner"].asString();
    picture.deputy = page["deputy"].asString();
    picture.keyFingerprint = page["key"].asString();
    picture.mandateId = page["mandate"].asString();
    picture.mandateRevision = static_cast<int>(page["revision"].asInt());
    picture.mandateDigest = page["digest"].asString();
    picture.owners = static_cast<int>(page["owners"].asInt());
    picture.validUntil = codec::timeFrom(page["valid_until"]).value_or(Timestamp());
    picture.environment = page["environment"].asString();
    picture.see = rowsFrom(page["see"]);
    picture.decide = rowsFrom(page["decide"]);
    picture.change = rowsFrom(page["change"]);
    picture.forbid = rowsFrom(page["forbid"]);
    picture.refused = static_cast<int>(page["refused"].asInt());
    picture.actionsUsed = static_cast<int>(page["actions_used"].asInt());
    picture.actionsMost = static_cast<int>(page["actions_most"].asInt());
    picture.identitiesTouched = static_cast<int>(page["identities_touched"].asInt());
    picture.identitiesMost = static_cast<int>(page["identities_most"].asInt());
    picture.perWindowUsed = static_cast<int>(page["window_used"].asInt());
    picture.perWindowMost = static_cast<int>(page["window_most"].asInt());
    picture.sessionUntil = codec::timeFrom(page["session_until"]);
    return picture;
}

} // namespace cordon::engine::documents
