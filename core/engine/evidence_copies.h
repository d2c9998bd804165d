#pragma once

#include "core/record/evidence_vault.h"

#include <filesystem>

namespace cordon::engine {

/// The vault of a case for whoever is not its holder, with the case's evidence key where this installation has it.
/// @param passphrase  of that key; may be null. ErrorCode::Denied where it lies under another.
[[nodiscard]] Result<record::EvidenceVault> vaultOf(const std::filesystem::path& caseFolder, const std::filesystem::path& home,
                                                    const crypto::SecretBytes* passphrase = nullptr);
/// The name that a file's bytes would have in the vault. ErrorCode::NotFound
[[nodiscard]] Result<Digest> digestOf(const std::filesystem::path& path);
/// Puts a file's bytes into the vault under their digest; the case knows nothing of them until a person signs for them.
[[nodiscard]] Result<Digest> sealFile(const record::EvidenceVault& vault, const std::filesystem::path& path);
/// Writes an object's bytes to a new file, after checking every byte. ErrorCode::Conflict when there is one of that name.
[[nodiscard]] Result<void> copyOut(const record::EvidenceVault& vault, const Digest& digest,
                                   const std::filesystem::path& path);

} // namespace cordon::engine
