#pragma once

#include "core/crypto/secret_bytes.h"

#include <array>
#include <compare>

namespace cordon::crypto {

using Signature = std::array<unsigned char, 64>;

/// An Ed25519 public key (RFC 8032). Written `ed25519:` + base64 of its 32 bytes.
struct PublicKey
{
    std::array<unsigned char, 32> bytes{};
    auto operator<=>(const PublicKey&) const = default;
    [[nodiscard]] std::string toString() const;
    /// ErrorCode::Invalid for another prefix, length, a point of small order or a second encoding of a point.
    [[nodiscard]] static Result<PublicKey> parse(std::string_view text);
    /// True for a good signature. Refuses S >= L, non-canonical and small-order points.
    [[nodiscard]] bool verifies(ByteView message, const Signature& signature) const;
    /// `SHA256:` + base64 (no padding) of SHA-256 over the 32 key bytes, for people to compare.
    [[nodiscard]] std::string fingerprint() const;
};

/// An Ed25519 private key; wiped when it goes away. Move-only.
class SigningKey
{
public:
    /// A new random key.
    [[nodiscard]] static SigningKey generate();
    /// From the 32-byte seed. ErrorCode::Invalid for another length.
    [[nodiscard]] static Result<SigningKey> fromSeed(ByteView seed);
    [[nodiscard]] const PublicKey& publicKey() const { return m_public; }
    [[nodiscard]] ByteView seed() const { return m_seed.view(); }
    [[nodiscard]] Signature sign(ByteView message) const;
    [[nodiscard]] Signature sign(std::string_view message) const { return sign(bytesOf(message)); }

private:
    SigningKey() = default;
    SecretBytes m_seed;
    PublicKey m_public;
};

} // namespace cordon::crypto
