#pragma once

#include "core/crypto/signed_note.h"
#include "core/domain/mandate.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cordon::govern {

/// An owner whose signature counts.
struct OwnerKey
{
    std::string name; ///< user:…
    crypto::PublicKey key;
};

/// What owners sign: four lines, the format's name, the mandate's id, its revision, its digest.
[[nodiscard]] std::string mandateNoteText(const Mandate& mandate);
/// Adds an owner's signature to a note (or starts one when `note` is empty).
/// ErrorCode::Denied when the agent's key signs, Conflict when the note is over another mandate.
[[nodiscard]] Result<std::string> signMandate(const Mandate& mandate, std::string_view note, const std::string& owner,
                                              const crypto::SigningKey& key);
/// The same for a file: the text of its note with one signature more. Signatures over another text or revision are left
/// behind, since they count for nothing. Nothing is written.
[[nodiscard]] Result<std::string> signMandateFile(const std::filesystem::path& file, const std::string& owner,
                                                  const crypto::SigningKey& key);
/// Names of the distinct owners, with distinct keys, whose signatures hold. The agent's key never counts.
[[nodiscard]] std::vector<std::string> mandateSigners(const Mandate& mandate, std::string_view note,
                                                      const std::vector<OwnerKey>& owners);

/// A mandate file checked as it lies on disk, with NAME.mandate.note beside it.
struct LoadedMandate
{
    Mandate mandate;
    std::vector<std::string> signers;
};
/// Loads a mandate that may be put in force: every loader rule, enough owner signatures, a revision not below
/// `newestSeenRevision`. ErrorCode::Invalid (`FILE:LINE: reason`), Untrusted (too few signatures), Conflict (revision).
[[nodiscard]] Result<LoadedMandate> loadMandate(const std::filesystem::path& file, const std::vector<OwnerKey>& owners,
                                                std::int64_t newestSeenRevision = -1);
/// `m.mandate.yaml` or `m.yaml` → `m.mandate.note` in the same folder.
[[nodiscard]] std::filesystem::path mandateNoteFile(const std::filesystem::path& mandateFile);

/// For `cordonctl mandate check` and the editor: {ok, file, id, revision, digest, problems: [{line, rule, reason}],
/// signers, signatures_needed}. Signatures are looked at only when owners are given.
[[nodiscard]] Value mandateCheck(const std::filesystem::path& file, const std::vector<OwnerKey>& owners = {});

} // namespace cordon::govern
