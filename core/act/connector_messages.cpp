#include "core/act/connector_messages.h"

#include "core/value/json.h"

#include <array>
#include <utility>

namespace cordon::act {
namespace {

constexpr std::array<std::pair<ConnectorCall::Kind, std::string_view>, 6> kinds{{
    {ConnectorCall::Kind::Check, "check"},
    {ConnectorCall::Kind::Inspect, "inspect"},
    {ConnectorCall::Kind::Preview, "preview"},
    {ConnectorCall::Kind::Execute, "execute"},
    {ConnectorCall::Kind::Verify, "verify"},
    {ConnectorCall::Kind::Undo, "undo"},
}};

constexpr std::array errorCodes{ErrorCode::Invalid,     ErrorCode::NotFound, ErrorCode::Denied,    ErrorCode::Io,
                                ErrorCode::DiskFull,    ErrorCode::Corrupt,  ErrorCode::Incomplete, ErrorCode::Unsupported,
                                ErrorCode::Conflict,    ErrorCode::Cancelled, ErrorCode::TimedOut, ErrorCode::Untrusted,
                                ErrorCode::Internal};

tl::unexpected<Error> garbled(const std::string& what)
{
    return fail(ErrorCode::Io, "the connector's answer cannot be read: " + what);
}

Value refValue(const EntityRef& entity)
{
    return Value::Object{{"kind", toString(entity.kind)}, {"id", entity.id}, {"type", entity.type}, {"name", entity.name}};
}

Result<EntityRef> refFrom(const Value& value)
{
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind || !value["id"].isString() || value["id"].asString().empty())
        return garbled("an entity without kind or id");
    return EntityRef{*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
}

Value refsValue(const std::vector<EntityRef>& entities)
{
    Value::Array list;
    for (const EntityRef& entity : entities)
        list.push_back(refValue(entity));
    return list;
}

Result<std::vector<EntityRef>> refsFrom(const Value& value)
{
    if (!value.isArray())
        return garbled("a list of entities is wanted");
    std::vector<EntityRef> entities;
    for (const Value& item : value.asArray()) {
        CORDON_TRY(EntityRef entity, refFrom(item));
        entities.push_back(std::move(entity));
    }
    return entities;
}

Value textsValue(const std::vector<std::string>& texts)
{
    return Value::Array(texts.begin(), texts.end());
}

Result<std::vector<std::string>> textsFrom(const Value& value)
{
    if (!value.isArray())
        return garbled("a list of texts is wanted");
    std::vector<std::string> texts;
    for (const Value& item : value.asArray()) {
        if (!item.isString())
            return garbled("a list of texts is wanted");
        texts.push_back(item.asString());
    }
    return texts;
}

Value timeValue(const std::optional<Timestamp>& time)
{
    return time ? Value(time->micros()) : Value();
}

std::optional<Timestamp> timeFrom(const Value& value)
{
    return value.isInt() ? std::optional(Timestamp::fromMicros(value.asInt())) : std::nullopt;
}

std::optional<std::string> textFrom(const Value& value)
{
    return value.isString() ? std::optional(value.asString()) : std::nullopt;
}

Value valueOf(const std::optional<std::string>& text)
{
    return text ? Value(*text) : Value();
}

} // namespace

std::string ConnectorCall::toText() const
{
    Value value = Value::Object{{"v", 1}, {"now", now.micros()}, {"time_limit_ms", static_cast<std::int64_t>(timeLimit.count())},
                                {"credential", hasCredential}};
    for (const auto& [one, text] : kinds) {
        if (one == kind)
            value.set("call", text);
    }
    if (kind == Kind::Inspect)
        value.set("target", refValue(target));
    if (!action.empty())
        value.set("action", action);
    if (permit) {
        value.set("permit", Value::Object{{"digest", permit->digest},
                                          {"connector", permit->connector},
                                          {"serial", permit->serial},
                                          {"expires", permit->expires.micros()}});
    }
    if (kind == Kind::Undo)
        value.set("undo", undoRecord).set("overwrites_drift", overwritesDrift);
    return json::write(value);
}

Result<ConnectorCall> ConnectorCall::parse(std::string_view text)
{
    CORDON_TRY(const Value value, json::parse(text));
    ConnectorCall call;
    bool isKnown = false;
    for (const auto& [kind, name] : kinds) {
        if (value["call"].asString() == name) {
            call.kind = kind;
            isKnown = true;
        }
    }
    if (value["v"].asInt() != 1 || !isKnown || !value["now"].isInt() || !value["time_limit_ms"].isInt() || !value["credential"].isBool())
        return fail(ErrorCode::Invalid, "connector: not a call of version 1");
    call.now = Timestamp::fromMicros(value["now"].asInt());
    call.timeLimit = std::chrono::milliseconds(value["time_limit_ms"].asInt());
    call.hasCredential = value["credential"].asBool();
    call.action = value["action"].asString();
    if (call.kind == Kind::Inspect) {
        auto target = refFrom(value["target"]);
        if (!target)
            return fail(ErrorCode::Invalid, "connector: inspect needs a target");
        call.target = std::move(*target);
    }
    if (call.kind != Kind::Inspect && call.kind != Kind::Check && call.action.empty())
        return fail(ErrorCode::Invalid, "connector: this call needs an action");
    if (call.changes()) {
        const Value& permit = value["permit"];
        if (permit["digest"].asString().empty() || permit["serial"].asString().empty() || !permit["expires"].isInt())
            return fail(ErrorCode::Denied, "connector: nothing is changed without a permit");
        call.permit = PermitClaim{permit["digest"].asString(), permit["connector"].asString(), permit["serial"].asString(),
                                  Timestamp::fromMicros(permit["expires"].asInt())};
    }
    call.undoRecord = value["undo"];
    call.overwritesDrift = value["overwrites_drift"].asBool();
    return call;
}

Result<Action> ConnectorCall::parsedAction() const
{
    CORDON_TRY(const Value value, json::parse(action));
    CORDON_TRY(Action parsed, Action::fromValue(value));
    CORDON_TRY(const std::string again, parsed.canonical());
    if (again != action)
        return fail(ErrorCode::Invalid, "connector: the action is not in its canonical form");
    return parsed;
}

std::string replyText(const Result<Value>& reply)
{
    if (reply)
        return json::write(Value::Object{{"v", 1}, {"ok", *reply}});
    return json::write(Value::Object{
        {"v", 1}, {"error", Value::Object{{"code", toString(reply.error().code)}, {"detail", reply.error().detail}}}});
}

Result<Result<Value>> parseReply(std::string_view text)
{
    const auto value = json::parse(text);
    if (!value)
        return garbled(value.error().detail);
    if ((*value)["v"].asInt() != 1)
        return garbled("not a reply of version 1");
    if (const Value* reply = value->find("ok"))
        return Result<Value>(*reply);
    const Value& error = (*value)["error"];
    for (const ErrorCode code : errorCodes) {
        if (error["code"].asString() == toString(code))
            return Result<Value>(fail(code, error["detail"].asString()));
    }
    return garbled("neither an answer nor a known error");
}

Value toValue(const TargetFacts& facts)
{
    Value::Object state;
    for (const auto& [name, value] : facts.state)
        state.emplace(name, value);
    return Value::Object{
        {"target", refValue(facts.target)},
        {"exists", facts.exists},
        {"asked", facts.asked.micros()},
        {"environment", valueOf(facts.environment)},
        {"criticality", facts.criticality ? Value(toString(*facts.criticality)) : Value()},
        {"owner", valueOf(facts.owner)},
        {"owner_entity", facts.ownerEntity ? refValue(*facts.ownerEntity) : Value()},
        {"tags", facts.tags ? textsValue(*facts.tags) : Value()},
        {"owner_tags", facts.ownerTags ? textsValue(*facts.ownerTags) : Value()},
        {"dependents", facts.dependents ? refsValue(*facts.dependents) : Value()},
        {"state", std::move(state)},
        {"created_at", timeValue(facts.createdAt)},
        {"created_by", facts.createdBy ? refValue(*facts.createdBy) : Value()},
        {"last_used_at", timeValue(facts.lastUsedAt)},
        {"last_used_service", facts.lastUsedService},
        {"last_used_region", facts.lastUsedRegion},
    };
}

Result<TargetFacts> factsFrom(const Value& value)
{
    TargetFacts facts;
    CORDON_TRY(facts.target, refFrom(value["target"]));
    if (!value["exists"].isBool() || !value["asked"].isInt() || !value["state"].isObject())
        return garbled("facts without 'exists', 'asked' or 'state'");
    facts.exists = value["exists"].asBool();
    facts.asked = Timestamp::fromMicros(value["asked"].asInt());
    facts.environment = textFrom(value["environment"]);
    facts.criticality = criticalityFrom(value["criticality"].asString());
    facts.owner = textFrom(value["owner"]);
    if (value["owner_entity"].isObject()) {
        CORDON_TRY(facts.ownerEntity, refFrom(value["owner_entity"]));
    }
    if (!value["tags"].isNull()) {
        CORDON_TRY(facts.tags, textsFrom(value["tags"]));
    }
    if (!value["owner_tags"].isNull()) {
        CORDON_TRY(facts.ownerTags, textsFrom(value["owner_tags"]));
    }
    if (!value["dependents"].isNull()) {
        CORDON_TRY(facts.dependents, refsFrom(value["dependents"]));
    }
    for (const auto& [name, content] : value["state"].asObject())
        facts.state.emplace(name, content);
    facts.createdAt = timeFrom(value["created_at"]);
    if (value["created_by"].isObject()) {
        CORDON_TRY(facts.createdBy, refFrom(value["created_by"]));
    }
    facts.lastUsedAt = timeFrom(value["last_used_at"]);
    facts.lastUsedService = value["last_used_service"].asString();
    facts.lastUsedRegion = value["last_used_region"].asString();
    return facts;
}

Value toValue(const Preview& preview)
{
    return Value::Object{{"request", preview.request},
                         {"before", preview.before},
                         {"after", preview.after},
                         {"dependents", refsValue(preview.dependents)},
                         {"still_open", textsValue(preview.stillOpen)},
                         {"undo", preview.undo},
                         {"undo_record", preview.undoRecord}};
}

Result<Preview> previewFrom(const Value& value)
{
    Preview preview;
    preview.request = value["request"].asString();
    preview.before = value["before"];
    preview.after = value["after"];
    CORDON_TRY(preview.dependents, refsFrom(value["dependents"]));
    CORDON_TRY(preview.stillOpen, textsFrom(value["still_open"]));
    preview.undo = value["undo"].asString();
    preview.undoRecord = value["undo_record"];
    if (preview.request.empty())
        return garbled("a preview without its request");
    return preview;
}

Value toValue(const ExecuteReply& reply)
{
    return Value::Object{{"undo", reply.undoRecord}, {"detail", reply.detail}};
}

Result<ExecuteReply> executeReplyFrom(const Value& value)
{
    if (!value["detail"].isString())
        return garbled("a change without its detail");
    return ExecuteReply{value["undo"], value["detail"].asString()};
}

Value toValue(const Outcome& outcome)
{
    return Value::Object{{"state", toString(outcome.state)},
                         {"detail", outcome.detail},
                         {"seen", outcome.seen},
                         {"undo", outcome.undoRecord},
                         {"finished", outcome.finished.micros()}};
}

Result<Outcome> outcomeFrom(const Value& value)
{
    Outcome outcome;
    const std::string& state = value["state"].asString();
    if (state == "verified")
        outcome.state = OutcomeState::Verified;
    else if (state == "failed")
        outcome.state = OutcomeState::Failed;
    else if (state != "unknown")
        return garbled("an outcome without a known state");
    outcome.detail = value["detail"].asString();
    outcome.seen = value["seen"];
    outcome.undoRecord = value["undo"];
    outcome.finished = Timestamp::fromMicros(value["finished"].asInt());
    return outcome;
}

Value toValue(const std::vector<Capability>& capabilities)
{
    Value::Array list;
    for (const Capability& one : capabilities)
        list.push_back(Value::Object{{"verb", one.verb}, {"undo", one.undo}});
    return list;
}

Result<std::vector<Capability>> capabilitiesFrom(const Value& value)
{
    std::vector<Capability> capabilities;
    for (const Value& item : value.asArray()) {
        // What a verb is worth is the catalogue's to say, not the connector's.
        const Verb* verb = findVerb(item["verb"].asString());
        if (!verb)
            return garbled("an unknown verb '" + item["verb"].asString() + "'");
        capabilities.push_back({std::string(verb->name), verb->back, item["undo"].asString()});
    }
    return capabilities;
}

} // namespace cordon::act
