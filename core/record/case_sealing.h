#pragma once

#include "core/base/clock.h"
#include "core/crypto/secret_bytes.h"
#include "core/platform/file.h"
#include "core/record/sealed_manifest.h"
#include "core/record/sealed_writer.h"
#include "core/record/sealing_note.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>

namespace cordon::record {

/// What one who seals a case says, and how far it is.
struct SealOptions
{
    platform::Path home;  ///< $CORDON_HOME, where the ledger's private key is
    std::string sealedBy; ///< person
    std::string program;  ///< name and version
    std::shared_ptr<const crypto::SecretBytes> evidencePassphrase = {}; ///< under which the case key lies; null: under none
    std::function<void(std::uint64_t done, std::uint64_t total)> progress; ///< bytes; may be empty
    std::stop_token stop;
    std::chrono::milliseconds holderPatience = std::chrono::seconds(20); ///< for another process that holds the case to note it
};

/// What came of it.
struct SealResult
{
    SealedManifest manifest; ///< without counts of parts
    Digest file;             ///< SHA-256 of the `.cordonz`
    bool isNoted = false;    ///< the ledger says that it was sealed; false when another process holds the case
};

/// Up to where a ledger is signed: what a sealed case can hold of it.
struct SignedPrefix
{
    std::string origin;
    std::int64_t entries = 0;
    Digest root;
    std::string checkpointFile;                                    ///< its name below ledger/checkpoints
    std::vector<std::pair<std::string, std::uint64_t>> segments;   ///< file below the case, and how many bytes of it
    std::set<std::string> erased;                                  ///< digests of evidence whose key was taken away
};
/// @param entries  that a signed head covers
/// ErrorCode::Incomplete when nothing is signed yet, Corrupt when the ledger is damaged.
[[nodiscard]] Result<SignedPrefix> signedPrefix(const platform::Path& caseFolder, std::int64_t entries);

/// The same after the ledger was examined with keys, heads, mark and anchors of this installation: what was set back or
/// altered is not signed. ErrorCode::Corrupt, Untrusted.
[[nodiscard]] Result<SignedPrefix> checkedPrefix(const platform::Path& caseFolder, std::int64_t entries,
                                                 const SealOptions& options);
/// Of a case that another process held, for the manifest's redactions.
[[nodiscard]] Value missingNote();
/// What is told of the sealed file either way; the rest is for who seals to add.
[[nodiscard]] SealedManifest manifestOf(const platform::Path& caseFolder, const SignedPrefix& prefix,
                                        const SealOptions& options, const crypto::PublicKey& key,
                                        const MachineClock& clock);

/// The wrapped key of an encrypted object, below the case, when it goes over with the object: as it lies there, under the
/// case key, which never does. Empty for plain objects and for what was erased, which stays so.
[[nodiscard]] std::string wrappedKeyFile(const platform::Path& caseFolder, const std::string& digest,
                                         const SignedPrefix& prefix);

/// The index that is to be signed says what the ledger says, and its pages and events are those that the ledger names.
/// ErrorCode::Corrupt when it says something else, Incomplete when its pages are not proven.
/// @param isHeldElsewhere  its pages may be ahead of the ledger then; `verify` of a whole sealed case tells it
[[nodiscard]] Result<void> checkIndex(const platform::Path& caseFolder, const platform::Path& database,
                                      std::int64_t entries, bool isHeldElsewhere, const std::stop_token& stop);

/// Puts a whole case into one file: ledger, evidence, index. Inbox, tenant and the keys of an exercise stay behind.
/// ErrorCode::Conflict when `out` is there, Untrusted when the ledger's key is not on this installation.
[[nodiscard]] Result<SealResult> sealCase(const platform::Path& caseFolder, const platform::Path& out,
                                          const SealOptions& options, const MachineClock& clock);

} // namespace cordon::record
