#pragma once

#include "core/domain/ledger_entry.h"
#include "core/platform/file.h"

#include <functional>
#include <vector>

namespace cordon::record {

/// Visits the entries from number `from` on until `visit` says false or the last whole one. Checks the chain on the
/// way; ErrorCode::Corrupt with the place. A sealed incident has some of the entries only. Safe beside a writer: an entry being written is not yet seen.
[[nodiscard]] Result<void> eachEntry(const platform::Path& caseFolder, std::int64_t from,
                                     const std::function<bool(const LedgerEntry&)>& visit);

/// The same for entries whose type begins with `type`; the others are not taken apart.
[[nodiscard]] Result<void> eachEntryOf(const platform::Path& caseFolder, std::string_view type,
                                       const std::function<bool(const LedgerEntry&)>& visit);

/// The same from the beginning, with each entry's canonical bytes.
[[nodiscard]] Result<void> eachEntryBytes(const platform::Path& caseFolder,
                                          const std::function<bool(std::string_view, const LedgerEntry&)>& visit);

/// ErrorCode::NotFound when the ledger has no such entry.
[[nodiscard]] Result<LedgerEntry> entryAt(const platform::Path& caseFolder, std::int64_t seq);

/// Leaf hashes of the first `size` entries, to make proofs from (merkle_tree.h).
[[nodiscard]] Result<std::vector<Digest>> leafHashes(const platform::Path& caseFolder, std::int64_t size);

} // namespace cordon::record
