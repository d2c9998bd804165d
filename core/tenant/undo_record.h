#pragma once

#include "core/tenant/deed.h"

#include <string>
#include <vector>

namespace cordon::tenant {

/// What taking a deed back needs: kept in the ledger, handed back unchanged. Source: docs/formats/tenant.md, "undo
/// record"
struct UndoRecord
{
    struct Change
    {
        EntityRef entity;
        std::string attribute;
        Value before;
        std::int64_t seq = 0; ///< the row that the deed wrote; another newest row means drift
    };
    std::string serial; ///< of the permit that the deed was done with; "" when it was told before the deed (`found`)
    std::string verb;
    std::vector<Change> changes;
    std::vector<EntityRef> made;
    std::vector<Deed::Move> moves;

    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<UndoRecord> fromValue(const Value& value);
};

/// The record of an action whose answer was lost, from what the tenant itself kept of it.
/// @param planned  as it was told before the deed
/// @param except   serial of the permit for taking it back
/// ErrorCode::NotFound when nothing of that action was done.
[[nodiscard]] Result<UndoRecord> found(Tenant& tenant, const UndoRecord& planned, const std::string& digest,
                                       const std::string& except);

/// Takes a deed back. ErrorCode::Conflict names what somebody else changed since, unless `overwritesDrift`; Denied
/// when undoing is refused on principle (a retired secret version, a new key that is in use).
/// @param most  of what it changed and made; fewer than all when the tenant misbehaves
[[nodiscard]] Result<void> takeBack(Tenant& tenant, const UndoRecord& record, const std::string& hand,
                                    bool overwritesDrift, std::size_t most);

} // namespace cordon::tenant
