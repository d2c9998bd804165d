#pragma once

#include "core/record/case_sealing.h"
#include "core/store/database.h"

namespace cordon::record {

/// What of a case is sealed: its ledger up to a signed head, and the index as it stood when that head was signed, whoever
/// writes on meanwhile.
struct SealingMoment
{
    bool isNoted = false; ///< the ledger says that it is sealed; false when another process holds the case and did not answer
    std::int64_t entries = 0;
    store::Database index; ///< sees it as it stood
};

/// Takes the case for a moment, repairs what a crash left, notes `case.sealed` and signs the ledger's head; or asks the
/// process that holds the case to do so, through its inbox, and to name its index and stand still until it was seen.
[[nodiscard]] Result<SealingMoment> beginSealing(const platform::Path& caseFolder, const SealOptions& options,
                                                 const SealingNote& note, const MachineClock& clock);

/// Largest signed size, from the names of the checkpoints; the auditor looks at what is in them.
[[nodiscard]] Result<std::int64_t> newestCheckpoint(const platform::Path& caseFolder);

} // namespace cordon::record
