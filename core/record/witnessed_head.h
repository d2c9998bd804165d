#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/past_roots.h"

namespace cordon::record {

/// Whether a request for approvals names this ledger and a head that it had shortly before: who approves witnesses that head,
/// so that no entry before it can be written anew under their signatures.
/// @return what is wrong, "" when it holds. Source: docs/formats/approval.md, "The request"
[[nodiscard]] std::string whyNotWitnessed(const LedgerEntry& request, const std::string& origin, const PastRoots& roots);

} // namespace cordon::record
