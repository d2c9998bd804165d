#include "core/domain/action.h"

#include "core/value/json.h"

#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 5> tierNames{"T0", "T1", "T2", "T3", "T4"};

Result<std::string> textMember(const Value& value, std::string_view key)
{
    const Value* member = value.find(key);
    if (!member || !member->isString())
        return fail(ErrorCode::Invalid, "action: '" + std::string(key) + "' must be a text");
    return member->asString();
}

Result<std::vector<EntityRef>> targetsFrom(const Value& value)
{
    std::vector<EntityRef> targets;
    for (const Value& item : value["targets"].asArray()) {
        const auto kind = entityKindFrom(item["kind"].asString());
        if (!kind || item["id"].asString().empty() || item.asObject().size() != 2)
            return fail(ErrorCode::Invalid, "action: a target needs exactly a known kind and an id");
        targets.push_back({*kind, item["id"].asString(), {}, {}});
    }
    if (targets.empty() || targets.size() > 25)
        return fail(ErrorCode::Invalid, "action: 1 to 25 targets");
    return targets;
}

} // namespace

std::string_view toString(Tier tier)
{
    return tierNames[static_cast<std::size_t>(tier)];
}

std::optional<Tier> tierFrom(std::string_view text)
{
    for (std::size_t i = 0; i < tierNames.size(); ++i) {
        if (tierNames[i] == text)
            return static_cast<Tier>(i);
    }
    return std::nullopt;
}

std::string_view toString(Back back)
{
    switch (back) {
    case Back::Reversible: return "reversible";
    case Back::Partly: return "partly";
    case Back::None: break;
    }
    return "none";
}

const std::vector<Verb>& verbCatalogue()
{
    using enum Tier;
    static const std::vector<Verb> catalogue{
        {"evidence.collect", T0, Back::None, "", false},
        {"evidence.snapshot", T0, Back::None, "", false},
        {"inventory.read", T0, Back::None, "", false},
        {"activity.watch", T0, Back::None, "", false},
        {"change.open", T0, Back::None, "", false},
        {"change.note", T0, Back::None, "", false},
        {"credential.deactivate", T1, Back::Reversible, "credential.activate", true},
        {"session.revoke", T1, Back::Partly, "partly", true},
        {"account.suspend", T1, Back::Reversible, "account.resume", true},
        {"workload.isolate", T1, Back::Reversible, "workload.release", true},
        {"address.block", T1, Back::Reversible, "address.unblock", true},
        {"policy.detach", T2, Back::Reversible, "snapshot", true},
        {"grant.remove", T2, Back::Reversible, "snapshot", true},
        {"consent.revoke", T2, Back::Reversible, "snapshot", true},
        {"trust.restore", T2, Back::Reversible, "snapshot", true},
        {"credential.replace", T2, Back::Reversible, "snapshot", true},
        {"secret.add_version", T2, Back::Reversible, "snapshot", true},
        {"dependent.update", T2, Back::Reversible, "snapshot", true},
        {"secret.retire_version", T2, Back::Reversible, "snapshot", true},
        {"credential.activate", T2, Back::Reversible, "credential.deactivate", true},
        {"account.resume", T2, Back::Reversible, "account.suspend", true},
        {"workload.release", T2, Back::Reversible, "workload.isolate", true},
        {"address.unblock", T2, Back::Reversible, "address.block", true},
        {"credential.delete", T3, Back::None, "", true},
        {"account.delete", T3, Back::None, "", true},
        {"secret.delete_version", T3, Back::None, "", true},
        {"token.destroy", T3, Back::None, "", true},
        {"workload.terminate", T3, Back::None, "", true},
    };
    return catalogue;
}

const Verb* findVerb(std::string_view name)
{
    for (const Verb& verb : verbCatalogue()) {
        if (verb.name == name)
            return &verb;
    }
    return nullptr;
}

Value Action::toValue() const
{
    Value::Array targetList;
    targetList.reserve(targets.size());
    for (const EntityRef& target : targets) {
        Value::Object one; // put in one by one: a braced list would copy what it holds
        one.emplace("kind", toString(target.kind));
        one.emplace("id", target.id);
        targetList.emplace_back(std::move(one));
    }
    Value::Object all{
        {"v", 1},
        {"type", type},
        {"connector", connector},
        {"tenant", tenant},
        {"params", params.isNull() ? Value(Value::Object{}) : params},
        {"expected_state", expectedState},
        {"incident", incident},
        {"session", session},
        {"mandate", mandate},
        {"rollback", rollback ? Value(*rollback) : Value()},
    };
    all.emplace("targets", std::move(targetList));
    return all;
}

Result<Action> Action::fromValue(const Value& value)
{
    if (!value.isObject() || value.asObject().size() != 11 || value["v"].asInt() != 1)
        return fail(ErrorCode::Invalid, "action: exactly the eleven members of version 1 are accepted");
    Action action;
    CORDON_TRY(action.type, textMember(value, "type"));
    CORDON_TRY(action.connector, textMember(value, "connector"));
    CORDON_TRY(action.tenant, textMember(value, "tenant"));
    CORDON_TRY(action.targets, targetsFrom(value));
    CORDON_TRY(action.expectedState, textMember(value, "expected_state"));
    CORDON_TRY(action.incident, textMember(value, "incident"));
    CORDON_TRY(action.session, textMember(value, "session"));
    CORDON_TRY(action.mandate, textMember(value, "mandate"));
    if (!value["params"].isObject())
        return fail(ErrorCode::Invalid, "action: 'params' must be an object");
    action.params = value["params"];
    const Value* rollback = value.find("rollback");
    if (!rollback || (!rollback->isNull() && !rollback->isString()))
        return fail(ErrorCode::Invalid, "action: 'rollback' must be a text or null");
    if (rollback->isString())
        action.rollback = rollback->asString();
    return action;
}

Result<std::string> Action::canonical() const
{
    return json::canonical(toValue());
}

} // namespace cordon
