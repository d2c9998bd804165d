#pragma once

#include "core/engine/commands.h"
#include "core/engine/journal.h"
#include "core/record/evidence_vault.h"

namespace cordon::engine {

/// The bytes of an imported list out of the vault, every one checked. ErrorCode::NotFound, Denied for an encrypted one
/// whose key is not here, Corrupt, Invalid when it is longer than `most`.
[[nodiscard]] Result<std::string> listBytes(const record::EvidenceVault& vault, const std::string& digest,
                                            std::size_t most);

/// Writes an import down under the person's signature: the file as evidence, and what was made of it.
/// @param kind  "inventory" or "indicators": of the evidence, and `KIND.imported` is the entry
/// @param data  what the entry says beside digest, source and order
[[nodiscard]] Result<void> noteImport(const record::EvidenceVault& vault, Journal& journal, const BringList& order,
                                      const char* kind, std::uint64_t size, Timestamp now, Value data);

/// What a person named a list, else its file. ErrorCode::Invalid for a name of more than 80 bytes or one that hides
/// characters.
[[nodiscard]] Result<std::string> listName(const BringList& order, const std::string& otherwise);

} // namespace cordon::engine
