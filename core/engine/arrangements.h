#pragma once

#include "core/domain/hand_order.h"
#include "core/domain/ledger_entry.h"
#include "core/engine/unproven_acts.h"

#include <filesystem>
#include <vector>

namespace cordon::engine {

/// What people ordered about which alerts belong together, as the ledger tells it.
struct Arrangements
{
    std::vector<HandOrder> standing; ///< oldest first, without those that were taken back
    int given = 0;                   ///< how many there were, those too

    /// `ORD-0001` for the next one.
    [[nodiscard]] std::string nextId() const;
    /// Takes an entry of the ledger in; nothing when it is about something else.
    void take(const LedgerEntry& entry);
};

/// What a ledger entry says of an order.
[[nodiscard]] Value toValue(const HandOrder& order);
/// Ledger type of an act of Arrange: `incident.merged`…; "" for an act that there is not.
[[nodiscard]] std::string arrangementType(const std::string& act);

/// Reads the ledger from its start, without what nobody signed.
[[nodiscard]] Result<Arrangements> readArrangements(const std::filesystem::path& caseFolder, const UnprovenActs& unproven);

} // namespace cordon::engine
