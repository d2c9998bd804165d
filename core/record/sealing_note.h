#pragma once

#include "core/domain/ledger_entry.h"

namespace cordon::record {

/// What the ledger is told of a sealing.
struct SealingNote
{
    std::string incident; ///< INC-0001; "" for the whole case
    std::string file;     ///< its name
    std::string sealedBy;
    std::string program;
};
[[nodiscard]] LedgerDraft sealingDraft(const SealingNote& note);

} // namespace cordon::record
