#pragma once

#include "core/base/digest.h"
#include "core/base/result.h"

#include <string>

namespace cordon::crypto {

/// Whether `signature` over `message` is good under a public key that others chose, by its name in RFC 7518 and RFC 8037:
/// RS, PS and ES with 256, 384 and 512, Ed25519 and Ed448.
/// @param publicKey  SubjectPublicKeyInfo, DER (RFC 5280)
/// ErrorCode::Unsupported for another algorithm, Invalid for a key that is none or not of this algorithm, or an RSA key
/// below 2048 bits.
[[nodiscard]] Result<bool> verifiesForeign(std::string_view algorithm, std::string_view message, std::string_view signature,
                                           std::string_view publicKey);

/// The public key of an X.509 certificate (DER), as SubjectPublicKeyInfo. ErrorCode::Invalid when it is none.
[[nodiscard]] Result<std::string> publicKeyOfCertificate(std::string_view certificate);
/// The SubjectPublicKeyInfo in a PEM file (`PUBLIC KEY` or `CERTIFICATE`). ErrorCode::Invalid when there is none.
[[nodiscard]] Result<std::string> publicKeyOfPem(std::string_view pem);

/// The digest of `bytes` by its name at IANA: sha-256, sha-384, sha-512. ErrorCode::Unsupported for another.
[[nodiscard]] Result<std::string> digestByName(std::string_view name, std::string_view bytes);

} // namespace cordon::crypto
