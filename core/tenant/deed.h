#pragma once

#include "core/domain/action.h"
#include "core/domain/outcome.h"
#include "core/tenant/tenant.h"

#include <string>
#include <vector>

namespace cordon::tenant {

/// One attribute that a deed sets.
struct StateChange
{
    EntityRef entity;
    std::string attribute;
    Value before;
    Value after;
};

/// What a provider would do for one action, worked out before anything moves: previewed, then carried out as it stands.
struct Deed
{
    std::vector<std::string> requests; ///< provider-like calls, one per target
    std::vector<StateChange> changes;
    std::vector<EntityRecord> made;
    std::vector<EntityRef> removed; ///< never comes back
    struct Move                     ///< `by` now depends on `to` instead of `from`
    {
        EntityRef by;
        EntityRef from;
        EntityRef to;
    };
    std::vector<Move> moves;
    std::vector<EntityRef> dependents;  ///< who is hit
    std::vector<std::string> stillOpen; ///< English: what this does not stop
    std::string undo;                   ///< English: what undoing costs; "" when there is none
    bool hasUndo = false;
    Value note = Value::Object{}; ///< kept with the deed: ids of what it made
};

/// Works the action out against the tenant as it stands. ErrorCode::NotFound when a target is gone, Denied with the
/// provider's reason when it would refuse, Unsupported for a verb that the tenant lacks, Invalid for a target of a
/// kind that the verb is not for or a missing parameter.
[[nodiscard]] Result<Deed> planDeed(Tenant& tenant, const Action& action);

/// Whether the action's effect is there, read the way a client lists things, not the way the deed was written.
[[nodiscard]] Result<Outcome> checkEffect(Tenant& tenant, const Action& action, const std::string& digest);

/// Facts as they are kept in evidence. Source: docs/formats/tenant.md, "preserved state"
[[nodiscard]] Value toValue(const TargetFacts& facts);

} // namespace cordon::tenant
