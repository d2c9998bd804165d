#pragma once

#include "core/crypto/aead.h"
#include "core/platform/file.h"

#include <memory>

namespace cordon::record {

/// The key of a case under which the keys of its encrypted evidence lie. It stays in $CORDON_HOME and never enters the case.
using CaseKey = std::shared_ptr<const crypto::SecretBytes>;

/// Opens or, when `makes`, makes the case key of a ledger. Null when there is none and none is made.
/// @param passphrase  under which it lies (sealed box), or empty: a file of mode 0600
/// ErrorCode::Denied for a missing or wrong passphrase. Source: docs/formats/evidence.md, "Encrypted objects"
[[nodiscard]] Result<CaseKey> caseKey(const platform::Path& home, const std::string& origin, bool makes,
                                      const crypto::SecretBytes& passphrase = {});

/// Keys of single objects, each wrapped under the case key in `evidence/keys/`. A wrapped key that is gone is what lawful
/// erasure means. Safe from any thread.
class EvidenceKeys
{
public:
    /// @param evidence  `evidence` of a case
    EvidenceKeys(const platform::Path& evidence, CaseKey key)
        : m_folder(evidence / "keys")
        , m_key(std::move(key))
    {}

    [[nodiscard]] bool canOpen() const { return m_key != nullptr; }
    [[nodiscard]] bool contains(const Digest& digest) const;
    /// ErrorCode::NotFound when it was erased, Denied without the case key, Corrupt when it does not verify.
    [[nodiscard]] Result<crypto::SecretBytes> keyOf(const Digest& digest) const;
    /// Wraps and keeps a key durably, before the object gets its name.
    [[nodiscard]] Result<void> keep(const Digest& digest, const crypto::SecretBytes& key) const;
    /// Overwrites and removes a wrapped key. Removing one that is gone already is fine.
    [[nodiscard]] Result<void> erase(const Digest& digest) const;

private:
    [[nodiscard]] platform::Path fileOf(const Digest& digest) const { return m_folder / (digest.hex() + ".key"); }

    platform::Path m_folder;
    CaseKey m_key;
};

/// How a chunk of an encrypted object is bound to its place. Source: docs/formats/evidence.md, "Encrypted objects"
[[nodiscard]] std::string chunkContext(const Digest& digest, std::uint64_t chunk, bool isFinal);
/// @param isIncoming  while the object's digest is not known yet
[[nodiscard]] std::string chunkNonce(std::uint64_t chunk, bool isIncoming);

} // namespace cordon::record
