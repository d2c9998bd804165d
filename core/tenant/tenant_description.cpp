#include "core/tenant/tenant_description.h"

#include <algorithm>
#include <initializer_list>

namespace cordon::tenant {
namespace {

constexpr std::size_t mostEntities = 10'000;

tl::unexpected<Error> wrong(const Value& at, const std::string& what)
{
    return fail(ErrorCode::Invalid, "tenant description, line " + std::to_string(at.line()) + ": " + what);
}

Result<void> checkMembers(const Value& object, std::initializer_list<std::string_view> allowed)
{
    if (!object.isObject())
        return wrong(object, "an object is needed here");
    for (const auto& [key, value] : object.asObject()) {
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end())
            return wrong(value, "unknown member '" + key + "'");
    }
    return {};
}

Result<EntityRef> readRef(const Value& value)
{
    CORDON_CHECK(checkMembers(value, {"kind", "id", "type", "name"}));
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind || value["id"].asString().empty())
        return wrong(value, "a thing needs a known kind and an id");
    return EntityRef{*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
}

Result<std::optional<EntityRef>> readOptionalRef(const Value& object, std::string_view key)
{
    const Value* member = object.find(key);
    if (!member)
        return std::optional<EntityRef>();
    return readRef(*member).map([](EntityRef ref) { return std::optional(std::move(ref)); });
}

Result<std::optional<Timestamp>> readOptionalTime(const Value& object, std::string_view key)
{
    const Value* member = object.find(key);
    if (!member)
        return std::optional<Timestamp>();
    const auto time = Timestamp::parse(member->asString());
    if (!time)
        return wrong(*member, "'" + std::string(key) + "' must be a quoted RFC 3339 time");
    return std::optional(*time);
}

Result<EntityRecord> readRecord(const Value& value)
{
    CORDON_CHECK(checkMembers(value, {"kind", "id", "type", "name", "owner", "parent", "made_with", "criticality",
                                      "tags", "created_at", "created_by", "expires_at", "last_used", "state", "earlier", "changed_at"}));
    EntityRecord record;
    const auto kind = entityKindFrom(value["kind"].asString());
    if (!kind || value["id"].asString().empty())
        return wrong(value, "a thing needs a known kind and an id");
    record.ref = {*kind, value["id"].asString(), value["type"].asString(), value["name"].asString()};
    CORDON_TRY(record.owner, readOptionalRef(value, "owner"));
    CORDON_TRY(record.parent, readOptionalRef(value, "parent"));
    CORDON_TRY(record.madeWith, readOptionalRef(value, "made_with"));
    CORDON_TRY(record.createdBy, readOptionalRef(value, "created_by"));
    CORDON_TRY(record.createdAt, readOptionalTime(value, "created_at"));
    CORDON_TRY(record.expiresAt, readOptionalTime(value, "expires_at"));
    if (const Value* criticality = value.find("criticality")) {
        record.criticality = criticalityFrom(criticality->asString());
        if (!record.criticality)
            return wrong(*criticality, "criticality is low, normal or high");
    }
    record.tags.emplace();
    for (const Value& tag : value["tags"].asArray())
        record.tags->push_back(tag.asString());
    for (const auto& [attribute, state] : value["state"].asObject())
        record.state.emplace(attribute, state);
    return record;
}

Result<void> readLastUse(Tenant& tenant, const EntityRef& entity, const Value& use)
{
    CORDON_CHECK(checkMembers(use, {"at", "service", "region", "address"}));
    CORDON_TRY(const auto at, readOptionalTime(use, "at"));
    if (!at)
        return wrong(use, "last_used needs 'at'");
    return tenant.addUse(entity, {*at, use["service"].asString(), use["region"].asString(), use["address"].asString()});
}

Result<void> saveName(Tenant& tenant, const std::string& name)
{
    CORDON_TRY(auto insert, tenant.database().prepare("INSERT INTO setting VALUES ('name', ?1)"));
    return insert.bind(1, name.empty() ? std::string_view("exercise") : std::string_view(name)).run();
}

/// Which part of the tenant is behind which connector, and how each behaves.
Result<void> describeConnectors(Tenant& tenant, const Value& connectors)
{
    std::vector<Tenant::Part> parts;
    for (const Value& item : connectors.asArray()) {
        CORDON_CHECK(checkMembers(item, {"name", "holds", "delay"}));
        Tenant::Part part{item["name"].asString(), {}};
        for (const Value& prefix : item["holds"].asArray())
            part.prefixes.push_back(prefix.asString());
        if (part.connector.empty() || part.prefixes.empty())
            return wrong(item, "a connector needs a name and what ids of its things begin with");
        if (const Value* told = item.find("delay")) {
            const auto delay = parseDuration(told->asString());
            if (!delay && told->asString() != "hangs")
                return wrong(*told, "'delay' must be a duration such as 2s, or 'hangs'");
            CORDON_CHECK(tenant.setDelay(part.connector, delay ? std::optional(*delay) : std::nullopt));
        }
        parts.push_back(std::move(part));
    }
    return parts.empty() ? Result<void>() : tenant.setParts(parts);
}

} // namespace

Result<void> describe(Tenant& tenant, const Value& description)
{
    CORDON_CHECK(checkMembers(description, {"tenant", "name", "environment", "propagation", "connectors", "entities", "dependents"}));
    const bool isEmpty = description.asObject().empty();
    if (!isEmpty && description["tenant"].asString() != "cordon/v1")
        return wrong(description, "'tenant' must be cordon/v1");
    if (!isEmpty && description["environment"].asString() != "exercise")
        return wrong(description, "'environment' must be exercise: nothing else is simulated");
    CORDON_CHECK(saveName(tenant, description["name"].asString()));
    if (const Value* propagation = description.find("propagation")) {
        const auto delay = parseDuration(propagation->asString());
        if (!delay)
            return wrong(*propagation, "'propagation' must be a duration such as 2s");
        CORDON_CHECK(tenant.setPropagation(*delay));
    }
    CORDON_CHECK(describeConnectors(tenant, description["connectors"]));
    if (description["entities"].asArray().size() > mostEntities)
        return wrong(description["entities"], "too many entities");
    for (const Value& item : description["entities"].asArray()) {
        CORDON_TRY(const EntityRecord record, readRecord(item));
        CORDON_TRY(const auto changed, readOptionalTime(item, "changed_at"));
        const Timestamp made = record.createdAt.value_or(Timestamp());
        if (item.has("earlier")) { // what it was before somebody changed it
            EntityRecord before = record;
            before.state = {};
            for (const auto& [attribute, state] : item["earlier"].asObject())
                before.state.emplace(attribute, state);
            CORDON_CHECK(tenant.put(before, "inventory", made));
        }
        CORDON_CHECK(tenant.put(record, "inventory", changed.value_or(made)));
        if (const Value* use = item.find("last_used"))
            CORDON_CHECK(readLastUse(tenant, record.ref, *use));
    }
    for (const Value& item : description["dependents"].asArray()) {
        CORDON_CHECK(checkMembers(item, {"of", "by"}));
        CORDON_TRY(const EntityRef used, readRef(item["of"]));
        CORDON_TRY(const EntityRef by, readRef(item["by"]));
        CORDON_CHECK(tenant.addDependent(used, by));
    }
    return {};
}

} // namespace cordon::tenant
