#pragma once

#include "core/domain/ledger_entry.h"
#include "core/domain/text.h"

#include <string>

namespace cordon::engine {

/// One line about a ledger entry, for lists and marks, from its type and data (JSON text).
[[nodiscard]] Text ledgerSummary(const std::string& type, const std::string& data);

/// The entry as one JSON object, as it stands in the ledger.
[[nodiscard]] Value ledgerEntryValue(const LedgerEntry& entry);

/// A whole explanation of one entry from the ledger alone: agent, owner, mandate, clauses, scope, approvers, pre-checks,
/// permit, outcome. `{"seq","type","lines":[…],…}`; what the entry does not have is absent.
/// @param caseFolder  other entries of the same action are looked up there
[[nodiscard]] Result<Value> explainEntry(const std::string& caseFolder, std::int64_t seq);
/// The explanation for a terminal.
[[nodiscard]] std::string explanationText(const Value& explanation);

} // namespace cordon::engine
