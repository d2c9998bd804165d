#pragma once

#include "core/value/value.h"

#include <string>

namespace cordon {

/// A credential on a person's security key (CTAP2), as everybody may know it. Source: docs/formats/people.md
struct SecurityKey
{
    enum class Algorithm { Es256, EdDsa };
    /// Who vouched for the key when it was enrolled: nobody, the key itself, or a certificate of its maker that came
    /// with it. Cordon keeps no list of makers, so the last one says no more than the second.
    enum class Attestation { None, Self, Maker };

    std::string name;       ///< what the person calls the key
    std::string credential; ///< raw id
    Algorithm algorithm = Algorithm::Es256;
    std::string publicKey; ///< raw: x and y of a P-256 point (64 bytes), or an Ed25519 key (32 bytes)
    Attestation attestation = Attestation::None;

    bool operator==(const SecurityKey&) const = default;
    [[nodiscard]] Value toValue() const;
    /// ErrorCode::Invalid for an unknown algorithm or attestation, a key of another length, or an id of no or more than
    /// 1,024 bytes.
    [[nodiscard]] static Result<SecurityKey> fromValue(const Value& value);
};

/// What a security key answered for one approval: the authenticator's data and its signature over them and the
/// approval's digest. Source: docs/formats/approval.md, "Security keys"
struct KeyAssertion
{
    std::string credential; ///< raw id
    std::string authData;   ///< raw: digest of the party's name, flags, counter
    std::string signature;  ///< raw: DER (ES256) or 64 bytes (EdDSA)

    bool operator==(const KeyAssertion&) const = default;
    [[nodiscard]] Value toValue() const;
    [[nodiscard]] static Result<KeyAssertion> fromValue(const Value& value);
};

} // namespace cordon
