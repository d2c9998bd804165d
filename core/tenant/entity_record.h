#pragma once

#include "core/base/time.h"
#include "core/domain/target_facts.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon::tenant {

/// One observed use of a thing, as a provider's last-used record has it.
struct LastUse
{
    Timestamp at;
    std::string service; ///< "secretsmanager"
    std::string region;
    std::string address; ///< source address
};

/// A credential seen in use in a log.
struct CredentialUse
{
    std::string credential;
    LastUse use;
};

/// What a tenant is told about one thing. Empty members leave what is known unchanged.
struct EntityRecord
{
    EntityRef ref;
    std::optional<EntityRef> owner;    ///< a key's user
    std::optional<EntityRef> parent;   ///< a session's role
    std::optional<EntityRef> madeWith; ///< the credential a session was opened with
    std::optional<Criticality> criticality;
    std::optional<std::vector<std::string>> tags; ///< the complete set
    std::optional<Timestamp> createdAt;
    std::optional<EntityRef> createdBy;
    std::optional<Timestamp> expiresAt; ///< a session's end
    std::map<std::string, Value> state; ///< attributes that verbs change; docs/formats/expected-state.md
};

/// The attributes that a thing of that kind has when nothing else is said.
[[nodiscard]] std::map<std::string, Value> defaultState(EntityKind kind);

} // namespace cordon::tenant
