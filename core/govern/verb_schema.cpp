#include "core/govern/verb_schema.h"

#include <algorithm>
#include <map>

namespace cordon::govern {
namespace {

using enum ParamType;

constexpr ParamRule commonParams[]{
    {"user", Entity, false, EntityKind::Account},
    {"principal", Entity, false, EntityKind::Account},
    {"region", Text},
};

const std::map<std::string_view, VerbSchema>& schemas()
{
    using enum EntityKind;
    static const std::map<std::string_view, VerbSchema> table{
        {"evidence.collect", {{}, {{"source", Text}, {"window", Text}}}},
        {"evidence.snapshot", {{Workload, Host, Account, Credential, Role, Secret, Resource, Application, Policy}, {}}},
        {"inventory.read", {{}, {}}},
        {"activity.watch", {{}, {{"window", Text}}}},
        {"change.open", {{}, {{"playbook", Text}}}},
        {"change.note", {{}, {{"record", Text}, {"playbook", Text}, {"summary", Text}}, {"record", "summary"}}},
        {"credential.deactivate", {{Credential}, {}}},
        {"credential.activate", {{Credential}, {}}},
        {"session.revoke", {{Credential, Account, Role}, {{"before", Text}, {"role", Entity, false, Role}}}},
        {"account.suspend", {{Account}, {}}},
        {"account.resume", {{Account}, {}}},
        {"workload.isolate", {{Workload, Host}, {{"group", Entity, false, Group}, {"namespace", Text}}}},
        {"workload.release", {{Workload, Host}, {{"group", Entity, false, Group}, {"namespace", Text}}}},
        {"address.block", {{Address}, {{"list", Text}, {"direction", Text}}}},
        {"address.unblock", {{Address}, {{"list", Text}, {"direction", Text}}}},
        {"policy.detach",
         {{Account, Role, Group, Application, Policy},
          {{"policy", Entity, false, Policy}, {"policy_name", Text}, {"inline", Bool}},
          {"policy", "policy_name"}}},
        {"grant.remove",
         {{},
          {{"grant", Text},
           {"role", Entity, false, Role},
           {"group", Entity, false, Group},
           {"resource", Entity, false, Resource},
           {"policy", Entity, false, Policy}},
          {"grant", "role", "group", "resource", "policy"}}},
        {"consent.revoke",
         {{Account, Role, Application},
          {{"application", Entity, false, Application}, {"grant", Text}},
          {"application", "grant"}}},
        {"trust.restore",
         {{Role, Policy, Resource, Secret, Application}, {{"version", Text}, {"role", Entity, false, Role}}}},
        {"credential.replace",
         {{Credential}, {{"dependents", Entities, false, Workload}, {"secret", Entity, false, Secret}}}},
        {"secret.add_version", {{Secret}, {{"version", Text}, {"dependents", Entities, false, Workload}}}},
        {"secret.retire_version", {{Secret}, {{"version", Text}}}},
        {"secret.delete_version", {{Secret}, {{"version", Text}}}},
        {"dependent.update",
         {{Workload, Application, Resource},
          {{"secret", Entity, false, Secret},
           {"version", Text},
           {"setting", Text},
           {"credential", Entity, false, Credential}}}},
        {"credential.delete", {{Credential}, {}}},
        {"account.delete", {{Account}, {}}},
        {"token.destroy", {{Credential}, {}}},
        {"workload.terminate", {{Workload, Host}, {{"namespace", Text}}}},
    };
    return table;
}

const ParamRule* ruleFor(const VerbSchema& schema, std::string_view name)
{
    for (const ParamRule& rule : schema.params) {
        if (rule.name == name)
            return &rule;
    }
    for (const ParamRule& rule : commonParams) {
        if (rule.name == name)
            return &rule;
    }
    return nullptr;
}

bool isShortText(const Value& value)
{
    return value.isString() && !value.asString().empty() && value.asString().size() <= 2048;
}

bool fits(const Value& value, ParamType type)
{
    switch (type) {
    case Integer:
        return value.isInt();
    case Bool:
        return value.isBool();
    case Entity:
    case Text:
        return isShortText(value);
    case Entities:
        break;
    }
    const Value::Array& items = value.asArray();
    return value.isArray() && !items.empty() && items.size() <= 25 &&
           std::all_of(items.begin(), items.end(), isShortText);
}

} // namespace

const VerbSchema* verbSchema(std::string_view verb)
{
    const auto found = schemas().find(verb);
    return found == schemas().end() ? nullptr : &found->second;
}

std::string schemaProblem(const Action& action)
{
    const VerbSchema* schema = verbSchema(action.type);
    if (!schema)
        return "unknown verb";
    for (const EntityRef& target : action.targets) {
        const auto& kinds = schema->kinds;
        if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), target.kind) == kinds.end())
            return "the verb is not for a " + std::string(toString(target.kind));
    }
    if (!action.params.isObject() && !action.params.isNull())
        return "params must be an object";
    for (const auto& [name, value] : action.params.asObject()) {
        const ParamRule* rule = ruleFor(*schema, name);
        if (!rule)
            return "unknown parameter '" + name + "'";
        if (!fits(value, rule->type))
            return "parameter '" + name + "' has the wrong type";
    }
    for (const ParamRule& rule : schema->params) {
        if (rule.isRequired && !action.params.has(rule.name))
            return "parameter '" + std::string(rule.name) + "' is missing";
    }
    return {};
}

std::string missingParams(const Action& action)
{
    const VerbSchema* schema = verbSchema(action.type);
    const bool isItself = action.type == "consent.revoke" && !action.targets.empty() &&
                          action.targets.front().kind == EntityKind::Application; // all that it was given
    if (!schema || schema->oneOf.empty() || isItself)
        return {};
    std::string names;
    for (const std::string_view name : schema->oneOf) {
        if (action.params.has(name))
            return {};
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

std::vector<EntityRef> entitiesIn(const Action& action)
{
    std::vector<EntityRef> entities;
    const VerbSchema* schema = verbSchema(action.type);
    if (!schema)
        return entities;
    for (const auto& [name, value] : action.params.asObject()) {
        const ParamRule* rule = ruleFor(*schema, name);
        if (rule && rule->type == Entity)
            entities.push_back({rule->kind, value.asString(), {}, value.asString()});
        if (rule && rule->type == Entities) {
            for (const Value& item : value.asArray())
                entities.push_back({rule->kind, item.asString(), {}, item.asString()});
        }
    }
    return entities;
}

} // namespace cordon::govern
