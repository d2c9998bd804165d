#pragma once

#include "core/engine/commands.h"
#include "core/engine/journal.h"
#include "core/engine/unproven_acts.h"
#include "core/inventory/inventory.h"
#include "core/record/case_folder.h"

namespace cordon::engine {

/// What ledger and evidence of a case say of its inventory: the newest list of each name, in the order of their import.
/// A list that nobody signed for, or whose bytes are not here or were erased lawfully is left out, and the log says so.
[[nodiscard]] Result<inventory::Inventory> inventoryOf(record::CaseQueries& queries,
                                                       const record::EvidenceVault& vault, const UnprovenActs& unproven);

/// Takes lists in under a person's signature, and knows what they say. Belongs to the engine thread.
/// Source: docs/formats/inventory.md
class InventoryDesk
{
public:
    InventoryDesk(record::CaseFolder& folder, Journal& journal)
        : m_folder(folder)
        , m_journal(journal)
    {}

    [[nodiscard]] Result<void> recall(const UnprovenActs& unproven);
    /// @param caseNow  when a list is true that does not say when
    /// ErrorCode::Invalid for what is no list or what the order does not say.
    [[nodiscard]] Result<void> import(const BringList& order, Timestamp caseNow, Timestamp machineNow);
    [[nodiscard]] const inventory::Inventory& inventory() const { return m_inventory; }

private:
    record::CaseFolder& m_folder;
    Journal& m_journal;
    inventory::Inventory m_inventory;
};

} // namespace cordon::engine
