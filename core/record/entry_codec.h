#pragma once

#include "core/base/result.h"
#include "core/domain/ledger_entry.h"

namespace cordon::record {

/// The canonical bytes of an entry, at most 64 KiB. ErrorCode::Invalid for more, for fractions and for invalid UTF-8.
/// Source: docs/formats/ledger.md, resources/schemas/ledger-entry.schema.json
[[nodiscard]] Result<std::string> encodeEntry(const LedgerEntry& entry);

/// Reads an entry strictly: exactly the members of the format, in canonical form. ErrorCode::Corrupt otherwise.
[[nodiscard]] Result<LedgerEntry> decodeEntry(std::string_view bytes);

} // namespace cordon::record
