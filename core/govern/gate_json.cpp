#include "core/govern/gate_json.h"

#include <algorithm>
#include <initializer_list>

namespace cordon::govern {
namespace {

using Names = std::initializer_list<std::string_view>;

Result<void> onlyKnown(const Value& object, std::string_view what, Names allowed)
{
    if (!object.isNull() && !object.isObject())
        return fail(ErrorCode::Invalid, "gate request: '" + std::string(what) + "' must be an object");
    for (const auto& [key, value] : object.asObject()) {
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end())
            return fail(ErrorCode::Invalid, "gate request: unknown member '" + std::string(what) + "." + key + "'");
    }
    return {};
}

Truth truthFrom(const Value& value)
{
    if (value.isBool())
        return truth(value.asBool());
    return value.asString() == "true" ? Truth::True : value.asString() == "false" ? Truth::False : Truth::Unknown;
}

Value truthToValue(Truth value)
{
    return value == Truth::Unknown ? Value() : Value(value == Truth::True);
}

Result<Timestamp> timeFrom(const Value& value)
{
    return value.isNull() ? Result<Timestamp>(Timestamp()) : Timestamp::parse(value.asString());
}

std::vector<std::string> textsFrom(const Value& value)
{
    std::vector<std::string> items;
    for (const Value& item : value.asArray())
        items.push_back(item.asString());
    return items;
}

Value textsToValue(const std::vector<std::string>& items)
{
    Value::Array list;
    for (const std::string& item : items)
        list.emplace_back(item);
    return list;
}

Result<EntityRef> entityFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(value, "entity", {"kind", "id", "type", "name"}));
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind || value["id"].asString().empty())
        return fail(ErrorCode::Invalid, "gate request: an entity needs a known kind and an id");
    return EntityRef{*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
}

Value entityToValue(const EntityRef& entity)
{
    return Value::Object{
        {"kind", toString(entity.kind)}, {"id", entity.id}, {"type", entity.type}, {"name", entity.name}};
}

Result<FactSource> sourceFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(value, "sources", {"attribute", "value", "source", "as_of", "used"}));
    FactSource source{value["attribute"].asString(), value["value"].asString(), value["source"].asString(), {}, true};
    CORDON_TRY(source.asOf, timeFrom(value["as_of"]));
    source.isUsed = value["used"].asBool();
    return source;
}

Result<TargetFacts> factsFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(value, "facts",
                           {"target", "exists", "asked", "environment", "criticality", "owner", "owner_entity", "tags",
                            "owner_tags", "known_tags", "owner_known_tags", "dependents", "sources", "simulated"}));
    TargetFacts facts;
    CORDON_TRY(facts.target, entityFrom(value["target"]));
    facts.exists = value["exists"].asBool();
    CORDON_TRY(facts.asked, timeFrom(value["asked"]));
    if (value["environment"].isString())
        facts.environment = value["environment"].asString();
    facts.criticality = criticalityFrom(value["criticality"].asString());
    if (value["owner"].isString())
        facts.owner = value["owner"].asString();
    if (value["owner_entity"].isObject()) {
        CORDON_TRY(facts.ownerEntity, entityFrom(value["owner_entity"]));
    }
    if (value["tags"].isArray())
        facts.tags = textsFrom(value["tags"]);
    if (value["owner_tags"].isArray())
        facts.ownerTags = textsFrom(value["owner_tags"]);
    facts.knownTags = textsFrom(value["known_tags"]);
    facts.ownerKnownTags = textsFrom(value["owner_known_tags"]);
    for (const Value& item : value["sources"].asArray()) {
        CORDON_TRY(FactSource source, sourceFrom(item));
        facts.sources.push_back(std::move(source));
    }
    if (value["dependents"].isArray()) {
        facts.dependents.emplace();
        for (const Value& item : value["dependents"].asArray()) {
            CORDON_TRY(EntityRef dependent, entityFrom(item));
            facts.dependents->push_back(std::move(dependent));
        }
    }
    facts.isSimulated = value["simulated"].asBool();
    return facts;
}

Value factsToValue(const TargetFacts& facts)
{
    Value value = Value::Object{{"target", entityToValue(facts.target)},
                                {"exists", facts.exists},
                                {"asked", facts.asked.toString()},
                                {"environment", facts.environment ? Value(*facts.environment) : Value()},
                                {"criticality", facts.criticality ? Value(toString(*facts.criticality)) : Value()},
                                {"owner", facts.owner ? Value(*facts.owner) : Value()},
                                {"owner_entity", facts.ownerEntity ? entityToValue(*facts.ownerEntity) : Value()},
                                {"tags", facts.tags ? textsToValue(*facts.tags) : Value()},
                                {"owner_tags", facts.ownerTags ? textsToValue(*facts.ownerTags) : Value()},
                                {"simulated", facts.isSimulated}};
    Value dependents;
    if (facts.dependents) {
        dependents = Value::Array{};
        for (const EntityRef& entity : *facts.dependents)
            dependents.append(entityToValue(entity));
    }
    value.set("dependents", std::move(dependents));
    if (!facts.knownTags.empty())
        value.set("known_tags", textsToValue(facts.knownTags));
    if (!facts.ownerKnownTags.empty())
        value.set("owner_known_tags", textsToValue(facts.ownerKnownTags));
    for (const FactSource& source : facts.sources) {
        Value sources = value["sources"];
        value.set("sources", std::move(sources.append(Value::Object{{"attribute", source.attribute},
                                                                    {"value", source.value},
                                                                    {"source", source.source},
                                                                    {"as_of", source.asOf.toString()},
                                                                    {"used", source.isUsed}})));
    }
    return value;
}

Result<Membership> memberFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(value, "members", {"entity", "member", "independent_sources", "simulated", "confirmed"}));
    Membership member;
    CORDON_TRY(member.entity, entityFrom(value["entity"]));
    member.isMember = value["member"].asBool();
    member.independentSources =
        static_cast<int>(std::clamp<std::int64_t>(value["independent_sources"].asInt(), 0, 1000));
    member.isSimulated = value["simulated"].asBool();
    member.isConfirmedByPerson = value["confirmed"].asBool();
    return member;
}

Result<AcceptedApproval> approvalFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(value, "approvals",
                           {"digest", "tier", "decision", "approver", "key", "roles", "factors", "signed_at"}));
    AcceptedApproval approval;
    approval.actionDigest = value["digest"].asString();
    approval.tier = tierFrom(value["tier"].asString()).value_or(Tier::T0);
    approval.isApproved = value["decision"].asString() == "approve";
    approval.approver = value["approver"].asString();
    approval.key = value["key"].asString();
    approval.roles = textsFrom(value["roles"]);
    approval.factors = textsFrom(value["factors"]);
    CORDON_TRY(approval.signedAt, timeFrom(value["signed_at"]));
    return approval;
}

Value approvalToValue(const AcceptedApproval& approval)
{
    return Value::Object{{"digest", approval.actionDigest},
                         {"tier", toString(approval.tier)},
                         {"decision", approval.isApproved ? "approve" : "deny"},
                         {"approver", approval.approver},
                         {"key", approval.key},
                         {"roles", textsToValue(approval.roles)},
                         {"factors", textsToValue(approval.factors)},
                         {"signed_at", approval.signedAt.toString()}};
}

Result<SessionState> sessionFrom(const Value& value)
{
    CORDON_CHECK(onlyKnown(
        value, "session",
        {"id", "incident", "open", "heartbeat", "opened", "last_active", "waiting", "actions_used", "open_sessions"}));
    SessionState session;
    session.id = value["id"].asString();
    session.incident = value["incident"].asString();
    session.isOpen = truthFrom(value["open"]);
    session.hasHeartbeat = truthFrom(value["heartbeat"]);
    CORDON_TRY(session.opened, timeFrom(value["opened"]));
    CORDON_TRY(session.lastActive, timeFrom(value["last_active"]));
    session.isWaitingForPeople = value["waiting"].asBool();
    session.actionsUsed = static_cast<int>(std::clamp<std::int64_t>(value["actions_used"].asInt(), 0, 1'000'000));
    session.openSessions = static_cast<int>(std::clamp<std::int64_t>(value["open_sessions"].asInt(1), 0, 1'000'000));
    return session;
}

Result<IncidentConditions> incidentFrom(const Value& value)
{
    CORDON_CHECK(
        onlyKnown(value, "incident", {"distinct_techniques", "measured_rarity", "newest_event", "scope_size"}));
    IncidentConditions incident;
    incident.distinctTechniques =
        static_cast<int>(std::clamp<std::int64_t>(value["distinct_techniques"].asInt(), 0, 1000));
    incident.hasMeasuredRarity = value["measured_rarity"].asBool();
    if (value["newest_event"].isString()) {
        CORDON_TRY(incident.newestSupportingEvent, timeFrom(value["newest_event"]));
    }
    incident.verifiedScopeSize = static_cast<int>(std::clamp<std::int64_t>(value["scope_size"].asInt(), 0, 1'000'000));
    return incident;
}

StopState stopsFrom(const Value& value)
{
    for (const StopState state : {StopState::Running, StopState::ObserveOnly, StopState::Halted}) {
        if (value.asString() == toString(state))
            return state;
    }
    return StopState::Unreadable;
}

} // namespace

Result<GateRequest> gateRequestFromValue(const Value& value)
{
    if (value["v"].asInt() != 1)
        return fail(ErrorCode::Invalid, "gate request: version 1 expected");
    CORDON_CHECK(onlyKnown(value, "request",
                           {"v",         "action",   "mandate_status", "agent",          "connector", "session",
                            "stops",     "ledger",   "clock_sane",     "reauthenticate", "self_test", "facts",
                            "members",   "incident", "usage",          "population",     "prechecks", "approvals",
                            "requester", "excluded", "dialog_open",    "done",           "now",       "least_tier"}));
    GateRequest request;
    CORDON_TRY(request.action, Action::fromValue(value["action"]));
    CORDON_CHECK(onlyKnown(value["mandate_status"], "mandate_status", {"signed", "newest_revision"}));
    request.mandateStatus.isSigned = truthFrom(value["mandate_status"]["signed"]);
    request.mandateStatus.newestSeenRevision = value["mandate_status"]["newest_revision"].asInt(-1);
    CORDON_CHECK(onlyKnown(value["agent"], "agent", {"id", "key", "self", "protected"}));
    request.agentId = value["agent"]["id"].asString();
    request.agentKey = value["agent"]["key"].asString();
    request.selfIds = textsFrom(value["agent"]["self"]);
    request.protectedIds = textsFrom(value["agent"]["protected"]);
    const Value& connector = value["connector"];
    CORDON_CHECK(onlyKnown(connector, "connector", {"name", "tenant", "environment", "exercise"}));
    request.connector = {connector["name"].asString(), connector["tenant"].asString(),
                         connector["environment"].asString(), connector["exercise"].asBool()};
    CORDON_TRY(request.session, sessionFrom(value["session"]));
    request.stops = stopsFrom(value["stops"]);
    CORDON_CHECK(onlyKnown(value["ledger"], "ledger", {"open", "verified", "writable"}));
    request.ledger = {truthFrom(value["ledger"]["open"]), truthFrom(value["ledger"]["verified"]),
                      truthFrom(value["ledger"]["writable"])};
    request.isClockSane = truthFrom(value["clock_sane"]);
    request.needsReauthentication = value["reauthenticate"].asBool();
    request.hasPassedSelfTest = truthFrom(value["self_test"]);
    for (const Value& item : value["facts"].asArray()) {
        CORDON_TRY(TargetFacts facts, factsFrom(item));
        request.facts.push_back(std::move(facts));
    }
    for (const Value& item : value["members"].asArray()) {
        CORDON_TRY(Membership member, memberFrom(item));
        request.members.push_back(std::move(member));
    }
    CORDON_TRY(request.incident, incidentFrom(value["incident"]));
    for (const Value& event : value["usage"].asArray())
        CORDON_CHECK(request.usage.applyEvent(event));
    if (value["population"].isInt())
        request.accountPopulation =
            static_cast<int>(std::clamp<std::int64_t>(value["population"].asInt(), 0, 1'000'000'000));
    for (const auto& [name, result] : value["prechecks"].asObject())
        request.prechecks[name] = truthFrom(result);
    for (const Value& item : value["approvals"].asArray()) {
        CORDON_TRY(AcceptedApproval approval, approvalFrom(item));
        request.approvals.push_back(std::move(approval));
    }
    request.requester = value["requester"].asString();
    request.excludedApprovers = textsFrom(value["excluded"]);
    request.isDialogOpen = value["dialog_open"].asBool();
    request.leastTier = tierFrom(value["least_tier"].asString()).value_or(Tier::T0);
    for (const Value& item : value["done"].asArray()) {
        CORDON_TRY(EntityRef target, entityFrom(item["target"]));
        request.done.push_back({item["verb"].asString(), std::move(target)});
    }
    CORDON_TRY(request.now, timeFrom(value["now"]));
    return request;
}

Value gateRequestToValue(const GateRequest& request)
{
    Value::Array facts;
    for (const TargetFacts& known : request.facts)
        facts.push_back(factsToValue(known));
    Value::Array members;
    for (const Membership& member : request.members)
        members.push_back(Value::Object{{"entity", entityToValue(member.entity)},
                                        {"member", member.isMember},
                                        {"independent_sources", member.independentSources},
                                        {"simulated", member.isSimulated},
                                        {"confirmed", member.isConfirmedByPerson}});
    Value::Object prechecks;
    for (const auto& [name, result] : request.prechecks)
        prechecks[name] = truthToValue(result);
    Value::Array approvals;
    for (const AcceptedApproval& approval : request.approvals)
        approvals.push_back(approvalToValue(approval));
    Value::Array done;
    for (const DoneAction& action : request.done)
        done.push_back(Value::Object{{"verb", action.verb}, {"target", entityToValue(action.target)}});
    const SessionState& session = request.session;
    const IncidentConditions& incident = request.incident;
    return Value::Object{
        {"v", 1},
        {"action", request.action.toValue()},
        {"mandate_status", Value::Object{{"signed", truthToValue(request.mandateStatus.isSigned)},
                                         {"newest_revision", request.mandateStatus.newestSeenRevision}}},
        {"agent", Value::Object{{"id", request.agentId},
                                {"key", request.agentKey},
                                {"self", textsToValue(request.selfIds)},
                                {"protected", textsToValue(request.protectedIds)}}},
        {"connector", Value::Object{{"name", request.connector.name},
                                    {"tenant", request.connector.tenant},
                                    {"environment", request.connector.environment},
                                    {"exercise", request.connector.isExercise}}},
        {"session", Value::Object{{"id", session.id},
                                  {"incident", session.incident},
                                  {"open", truthToValue(session.isOpen)},
                                  {"heartbeat", truthToValue(session.hasHeartbeat)},
                                  {"opened", session.opened.toString()},
                                  {"last_active", session.lastActive.toString()},
                                  {"waiting", session.isWaitingForPeople},
                                  {"actions_used", session.actionsUsed},
                                  {"open_sessions", session.openSessions}}},
        {"stops", toString(request.stops)},
        {"ledger", Value::Object{{"open", truthToValue(request.ledger.isOpen)},
                                 {"verified", truthToValue(request.ledger.isVerified)},
                                 {"writable", truthToValue(request.ledger.isWritable)}}},
        {"clock_sane", truthToValue(request.isClockSane)},
        {"reauthenticate", request.needsReauthentication},
        {"self_test", truthToValue(request.hasPassedSelfTest)},
        {"facts", std::move(facts)},
        {"members", std::move(members)},
        {"incident",
         Value::Object{{"distinct_techniques", incident.distinctTechniques},
                       {"measured_rarity", incident.hasMeasuredRarity},
                       {"newest_event", incident.newestSupportingEvent ? Value(incident.newestSupportingEvent->toString()) : Value()},
                       {"scope_size", incident.verifiedScopeSize}}},
        {"population", request.accountPopulation ? Value(*request.accountPopulation) : Value()},
        {"prechecks", std::move(prechecks)},
        {"approvals", std::move(approvals)},
        {"requester", request.requester},
        {"excluded", textsToValue(request.excludedApprovers)},
        {"dialog_open", request.isDialogOpen},
        {"done", std::move(done)},
        {"now", request.now.toString()},
        {"least_tier", toString(request.leastTier)}};
}

Value decisionToValue(const Decision& decision)
{
    Value::Array reasons;
    for (const Text& reason : decision.reasons) {
        Value::Object args;
        for (const auto& [name, value] : reason.args)
            args[name] = value;
        reasons.push_back(Value::Object{{"code", reason.code}, {"args", std::move(args)}});
    }
    Value value = Value::Object{{"effect", toString(decision.effect)},
                                {"clauses", textsToValue(decision.clauses)},
                                {"reasons", std::move(reasons)},
                                {"tier", toString(decision.tier)},
                                {"missing", textsToValue(decision.missing)},
                                {"digest", decision.digest}};
    if (decision.needs.approvers > 0) {
        const ApprovalNeeds& needs = decision.needs;
        value.set(
            "needs",
            Value::Object{{"approvers", needs.approvers},
                          {"commander", needs.needsCommander},
                          {"factors", textsToValue(needs.factors)},
                          {"requester_excluded", needs.isRequesterExcluded},
                          {"typed_target", needs.isTypedTarget},
                          {"approve_within_s", static_cast<std::int64_t>(needs.approveWithin.count() / 1'000'000)},
                          {"execute_within_s", static_cast<std::int64_t>(needs.executeWithin.count() / 1'000'000)}});
    }
    return value;
}

} // namespace cordon::govern
