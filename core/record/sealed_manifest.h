#pragma once

#include "core/base/digest.h"
#include "core/base/time.h"
#include "core/crypto/signed_note.h"
#include "core/value/value.h"

namespace cordon::record {

/// What the one who sealed a case says of the file, under the ledger's key. Source: docs/formats/sealed-case.md
struct SealedManifest
{
    bool isWhole = true;       ///< false: the records and evidence of one incident
    std::string incident;      ///< INC-0001 of a part, "" of the whole
    std::string caseName;
    std::string origin;        ///< of the ledger
    bool isExercise = false;
    std::int64_t entries = 0;  ///< of the ledger, all under `root`
    Digest root;
    crypto::PublicKey key;     ///< that signs this
    std::int64_t parts = 0;    ///< but the list and this
    std::uint64_t bytes = 0;   ///< of them
    Digest list;               ///< SHA-256 of `parts.sha256`
    Timestamp sealedAt;        ///< machine clock
    std::string sealedBy;      ///< person
    std::string program;       ///< name and version
    Value redactions = Value::Array{}; ///< what was left out or changed: {what, count, why}

    /// Signed note: one line of canonical JSON under the origin's name.
    [[nodiscard]] Result<std::string> toNote(const crypto::SigningKey& signer) const;
    /// ErrorCode::Invalid for another form, Corrupt when the signature by `key` does not verify. Whether that key is the
    /// ledger's is the verifier's to say.
    [[nodiscard]] static Result<SealedManifest> fromNote(std::string_view note);
    [[nodiscard]] Value toValue() const;
};

} // namespace cordon::record
