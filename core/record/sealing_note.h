#pragma once

#include "core/domain/ledger_entry.h"

#include <string_view>

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

/// Ending of a file in a case's inbox that asks the holder to record a sealing. It is signed by nobody: what it says is as
/// stated. Source: docs/formats/sealed-case.md, "Sealing"
inline constexpr std::string_view sealingRequestEnding = ".sealing";
/// Behind the request's name: the holder has named its index and writes nothing until the sealer saw it, or a moment passed.
inline constexpr std::string_view holderStandsEnding = ".still";
inline constexpr std::string_view sealerSawEnding = ".seen";
[[nodiscard]] std::string sealingRequest(const SealingNote& note);
/// ErrorCode::Invalid for what is none.
[[nodiscard]] Result<SealingNote> readSealingRequest(std::string_view text);

} // namespace cordon::record
