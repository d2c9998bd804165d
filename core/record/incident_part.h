#pragma once

#include "core/domain/evidence.h"
#include "core/domain/ledger_entry.h"
#include "core/platform/file.h"

#include <functional>

namespace cordon::record {

/// True for a sealed incident: it has entries with proofs in the place of a ledger.
/// Source: docs/formats/sealed-case.md, "An incident"
[[nodiscard]] bool isIncidentPart(const platform::Path& caseFolder);
/// Of the ledger that its entries are from.
[[nodiscard]] Result<std::string> partOrigin(const platform::Path& caseFolder);
/// Its entries in order, with their canonical bytes, until `visit` says false.
[[nodiscard]] Result<void> eachPartEntry(const platform::Path& caseFolder,
                                         const std::function<bool(std::string_view, const LedgerEntry&)>& visit);
/// Where it keeps a record that it cites, below `evidence`.
[[nodiscard]] std::string citedRecordName(const Citation& cite);
/// The same of a record out of an encrypted log: nonce, then what `sealBytes` makes of it under the log's own key.
[[nodiscard]] std::string encryptedRecordName(const Citation& cite);
[[nodiscard]] bool isEncryptedRecordName(std::string_view name);
/// What such a record is bound to, so that it is no other record. Source: docs/formats/sealed-case.md, "An incident"
[[nodiscard]] std::string encryptedRecordContext(const Citation& cite);
/// The proof that belongs to entry `seq`.
[[nodiscard]] Result<std::string> partProof(const platform::Path& caseFolder, std::int64_t seq);

} // namespace cordon::record
