#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cordon {

/// What an entity is. Types within a kind, and what `id` holds, are in docs/formats/entities.md.
enum class EntityKind {
    Account,    ///< types human, service, root
    Credential, ///< access_key, session, token, certificate, password, app_secret, factor
    Role,
    Group,
    Policy,
    Workload, ///< instance, container, pod, function
    Host,     ///< workstation, server, domain_controller
    Address,  ///< ip, network
    Secret,
    Resource,
    Application,
};

/// Lower-case name, such as "credential".
[[nodiscard]] std::string_view toString(EntityKind kind);
[[nodiscard]] std::optional<EntityKind> entityKindFrom(std::string_view text);

/// Which thing: kind and the provider's stable id. The display name is separate and never decides identity.
struct EntityRef
{
    EntityKind kind = EntityKind::Resource;
    std::string id;   ///< ARN, key id, instance id, address text…; never a secret value
    std::string type; ///< one of the kind's types, or "" when unknown
    std::string name; ///< what people call it; may equal `id`

    bool operator==(const EntityRef& other) const { return kind == other.kind && id == other.id; }
    bool operator<(const EntityRef& other) const
    {
        return kind != other.kind ? kind < other.kind : id < other.id;
    }
    /// `credential:AKIA…`, the key under which indexes and graphs hold it.
    [[nodiscard]] std::string key() const { return std::string(toString(kind)) + ':' + id; }
};

} // namespace cordon

template<>
struct std::hash<cordon::EntityRef>
{
    std::size_t operator()(const cordon::EntityRef& entity) const noexcept
    {
        return std::hash<std::string>()(entity.id) * 31 + static_cast<std::size_t>(entity.kind);
    }
};
