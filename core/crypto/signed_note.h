#pragma once

#include "core/crypto/signing_key.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cordon::crypto {

/// One signature line of a C2SP signed note: `— NAME BASE64(keyid ‖ signature)`.
struct NoteSignature
{
    std::string name;
    std::uint32_t keyId = 0;
    std::string bytes; ///< after the key id: 64 for Ed25519 (type 1), 72 for a tlog-cosignature (type 4)
};

/// A text with signatures below it. Source: C2SP signed-note.
struct SignedNote
{
    std::string text; ///< ends with a line break; what is signed
    std::vector<NoteSignature> signatures;

    [[nodiscard]] std::string toString() const;
    /// The lines below the text, each with its line break.
    [[nodiscard]] std::string signatureLines() const;
    /// ErrorCode::Invalid for what C2SP calls malformed, no signature, more than 100, or more than 1 MiB.
    [[nodiscard]] static Result<SignedNote> parse(std::string_view note);
    /// Adds an Ed25519 (type 0x01) signature by `key` under `name`.
    void sign(std::string_view name, const SigningKey& key);
    /// Adds a tlog-cosignature v1 (type 0x04) at `unixSeconds`.
    void cosign(std::string_view name, const SigningKey& key, std::int64_t unixSeconds);
    /// True when a line of that name is a plain signature that verifies under that key. All other lines are passed over.
    [[nodiscard]] bool isSignedBy(std::string_view name, const PublicKey& key) const;
    /// True when there are lines of that name and each is a tlog-cosignature that verifies under that key.
    [[nodiscard]] bool isCosignedBy(std::string_view name, const PublicKey& key) const;
};

/// The text of a C2SP tlog-checkpoint: origin, number of entries, base64 of the tree's root.
[[nodiscard]] std::string headText(std::string_view origin, std::int64_t size, const Digest& root);
/// The name under which a person (`user:commander-b`) cosigns heads: `cordon.local/approver/commander-b`.
[[nodiscard]] std::string witnessName(std::string_view person);

/// First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), big endian.
[[nodiscard]] std::uint32_t noteKeyId(std::string_view name, const PublicKey& key, unsigned char type = 1);

} // namespace cordon::crypto
