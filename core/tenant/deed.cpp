#include "core/tenant/deed.h"

#include "core/crypto/sha256.h"
#include "core/tenant/deed_verbs.h"

#include <algorithm>
#include <map>

namespace cordon::tenant {
namespace {

using enum EntityKind;

/// Kinds that a verb's family may act on; a family that is not here takes any.
const std::map<std::string_view, std::vector<EntityKind>>& kindsByFamily()
{
    static const std::map<std::string_view, std::vector<EntityKind>> kinds{
        {"credential", {Credential}},
        {"token", {Credential}},
        {"session", {Credential, Role, Account}},
        {"account", {Account}},
        {"workload", {Workload, Host}},
        {"address", {Address}},
        {"secret", {Secret}},
        {"policy", {Account, Role, Group, Application}},
        {"trust", {Role, Resource, Secret, Policy, Application}},
        {"dependent", {Workload, Application, Resource}},
    };
    return kinds;
}

Result<void> checkKind(const std::string& verb, const EntityRef& target)
{
    const auto family = kindsByFamily().find(std::string_view(verb).substr(0, verb.find('.')));
    if (family == kindsByFamily().end())
        return {};
    const auto& kinds = family->second;
    if (std::find(kinds.begin(), kinds.end(), target.kind) == kinds.end())
        return fail(ErrorCode::Invalid, verb + " is not for a " + std::string(toString(target.kind)));
    return {};
}

void addDependents(Deed& deed, const TargetFacts& facts)
{
    for (const EntityRef& dependent : facts.dependents.value_or(std::vector<EntityRef>())) {
        if (std::find(deed.dependents.begin(), deed.dependents.end(), dependent) == deed.dependents.end())
            deed.dependents.push_back(dependent);
    }
}

} // namespace

const Value& stateOf(const TargetFacts& facts, const std::string& attribute)
{
    static const Value nothing;
    const auto found = facts.state.find(attribute);
    return found == facts.state.end() ? nothing : found->second;
}

void addChange(Deed& deed, const TargetFacts& facts, const std::string& attribute, Value after)
{
    deed.changes.push_back({facts.target, attribute, stateOf(facts, attribute), std::move(after)});
    deed.hasUndo = true;
}

std::optional<Value> without(const Value& items, const std::string& item)
{
    Value rest = Value::Array{};
    for (const Value& one : items.asArray()) {
        if (one.asString() != item)
            rest.append(one);
    }
    if (rest.asArray().size() == items.asArray().size())
        return std::nullopt;
    return rest;
}

const std::string& nameOf(const EntityRef& entity)
{
    return entity.name.empty() ? entity.id : entity.name;
}

std::string madeUpId(std::string_view prefix, std::string_view from, std::size_t letters)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const Digest digest = crypto::sha256(from);
    std::string id(prefix);
    for (std::size_t i = 0; i < letters && i < digest.bytes.size(); ++i)
        id += alphabet[digest.bytes[i] % alphabet.size()];
    return id;
}

Result<Deed> planDeed(Tenant& tenant, const Action& action)
{
    DeedVerb verb = identityVerb(action.type);
    if (!verb)
        verb = resourceVerb(action.type);
    const Verb* row = findVerb(action.type);
    if (!verb || !row)
        return fail(ErrorCode::Unsupported, "the exercise tenant cannot " + action.type);
    Deed deed;
    for (const EntityRef& target : action.targets) {
        CORDON_CHECK(checkKind(action.type, target));
        CORDON_TRY(const TargetFacts facts, tenant.facts(target));
        if (!facts.exists && row->changes)
            return fail(ErrorCode::NotFound, "NoSuchEntity: " + target.key());
        CORDON_CHECK(verb({tenant, action, facts}, deed));
        if (row->changes)
            addDependents(deed, facts);
    }
    return deed;
}

Value toValue(const TargetFacts& facts)
{
    const auto refValue = [](const EntityRef& ref) {
        return Value(
            Value::Object{{"kind", toString(ref.kind)}, {"id", ref.id}, {"type", ref.type}, {"name", ref.name}});
    };
    Value::Object value{{"target", refValue(facts.target)},
                        {"exists", facts.exists},
                        {"asked", facts.asked.toString()},
                        {"simulated", facts.isSimulated}};
    if (facts.environment)
        value["environment"] = *facts.environment;
    if (facts.criticality)
        value["criticality"] = toString(*facts.criticality);
    if (facts.ownerEntity)
        value["owner"] = refValue(*facts.ownerEntity);
    if (facts.createdAt)
        value["created_at"] = facts.createdAt->toString();
    if (facts.createdBy)
        value["created_by"] = refValue(*facts.createdBy);
    if (facts.lastUsedAt)
        value["last_used"] = Value::Object{
            {"at", facts.lastUsedAt->toString()}, {"service", facts.lastUsedService}, {"region", facts.lastUsedRegion}};
    Value tags = Value::Array{};
    for (const std::string& tag : facts.tags.value_or(std::vector<std::string>()))
        tags.append(tag);
    value["tags"] = std::move(tags);
    Value dependents = Value::Array{};
    for (const EntityRef& dependent : facts.dependents.value_or(std::vector<EntityRef>()))
        dependents.append(refValue(dependent));
    value["dependents"] = std::move(dependents);
    Value state = Value::Object{};
    for (const auto& [attribute, current] : facts.state)
        state.set(attribute, current);
    value["state"] = std::move(state);
    return value;
}

} // namespace cordon::tenant
