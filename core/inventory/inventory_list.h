#pragma once

#include "core/base/time.h"
#include "core/domain/entity.h"
#include "core/domain/event.h"
#include "core/domain/target_facts.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cordon::inventory {

/// What one row of a list says of one thing. What it leaves open is unknown.
struct InventoryRow
{
    EntityRef entity;
    std::vector<std::string> aliases; ///< other ids of the same thing
    std::optional<std::string> owner; ///< id of the account that owns it
    std::optional<Criticality> criticality;
    std::optional<std::string> environment;
    std::vector<std::string> tags; ///< lower case; complete only where the list is authoritative
    std::vector<EntityRef> usedBy; ///< dependents that it names
    std::string contact;           ///< for people
    std::optional<Timestamp> asOf; ///< the row's own; else the list's
    std::uint64_t line = 0;        ///< in the file
};

/// An imported list: what a person signed for, and what stands in the file.
struct InventoryList
{
    std::string name;                      ///< a later list of the same name replaces this
    Timestamp asOf;                        ///< when it was true
    Duration validFor{};                   ///< after that its reassurances no longer count
    std::set<EntityKind> authoritativeFor; ///< of these kinds it names every tag there is
    std::vector<InventoryRow> rows;

    std::string digest = {}; ///< of the file in the vault
    std::string by = {};     ///< who signed for it
    std::int64_t seq = 0;    ///< ledger entry
    std::vector<RejectedRecord> rejected = {};
    std::vector<std::string> ignoredColumns = {}; ///< that no fact is read from
};

} // namespace cordon::inventory
