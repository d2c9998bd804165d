#pragma once

#include "core/crypto/signed_note.h"

#include <optional>

namespace cordon::record {

/// Puts a key in force that signs a ledger's heads from some size on. A signed note; who has to sign it depends on why
/// it was made. Source: docs/formats/ledger.md, "Keys"
struct EpochCertificate
{
    std::string origin;
    std::int64_t epoch = 1; ///< 1 and up, without gaps
    crypto::PublicKey key;
    std::optional<crypto::PublicKey> previous; ///< the key that it follows; none for the first
    std::int64_t size = 0;                     ///< entries before the one that holds the certificate
    Digest root;                               ///< of the tree over them
    std::string why;                           ///< "first", "age", "asked", "revoked"

    /// What is signed.
    [[nodiscard]] std::string text() const;
    /// ErrorCode::Invalid when the text is not exactly what `text` writes.
    [[nodiscard]] static Result<EpochCertificate> parse(std::string_view text);
};

/// What owners sign to take a log key out of force: title, origin, the revoked key, the one in its place.
[[nodiscard]] std::string revocationOrder(const std::string& origin, const crypto::PublicKey& revoked,
                                          const crypto::PublicKey& replacement);

/// Signature names on a certificate: the ledger's genesis key, the key before, the new key. Owners sign under their id.
inline constexpr std::string_view rootSigner = "root";
inline constexpr std::string_view previousSigner = "previous";
inline constexpr std::string_view nextSigner = "next";

} // namespace cordon::record
