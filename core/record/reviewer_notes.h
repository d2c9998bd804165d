#pragma once

#include "core/base/time.h"
#include "core/crypto/signed_note.h"
#include "core/record/sealed_manifest.h"

#include <vector>

namespace cordon::record {

/// What a reviewer says of a sealed case, in a file of its own beside it: the case is never written to. Signed by the
/// reviewer's own key, it names the sealed root, so that it belongs to exactly one state of one ledger.
/// Source: docs/formats/sealed-case.md, "Reviewer's notes"
struct ReviewerNotes
{
    struct Remark
    {
        Timestamp at;         ///< the reviewer's clock
        std::string incident; ///< INC-0001, or ""
        std::int64_t seq = -1; ///< of a ledger entry; -1: none
        std::string text;
    };
    std::string origin;
    std::int64_t entries = 0;
    Digest root;
    std::string reviewer; ///< as they call themselves
    crypto::PublicKey key;
    std::vector<Remark> remarks;

    /// Of that case, without remarks.
    [[nodiscard]] static ReviewerNotes of(const SealedManifest& manifest, std::string reviewer, const crypto::PublicKey& key);
    /// ErrorCode::Invalid for another form, Corrupt when the signature does not verify.
    [[nodiscard]] static Result<ReviewerNotes> parse(std::string_view bytes);
    [[nodiscard]] Result<std::string> signedBy(const crypto::SigningKey& signer) const;
    /// True when they are about that very case.
    [[nodiscard]] bool belongTo(const SealedManifest& manifest) const;
    [[nodiscard]] Value toValue() const;
};

} // namespace cordon::record
