#pragma once

#include "core/base/result.h"

namespace cordon::crypto {

/// Base64 with the alphabet for URLs and without padding (RFC 4648 section 5).
[[nodiscard]] std::string toUrlBase64(std::string_view bytes);

/// A JSON Web Token signed with RS256 (RFC 7515, RFC 7518 section 3.3).
/// @param claims  JSON of the payload
/// @param pem     an RSA private key, PKCS #1 or #8, of 2048 bits or more
/// ErrorCode::Invalid when the key is none; never says what was in it.
[[nodiscard]] Result<std::string> signedWebToken(std::string_view claims, std::string_view pem);

} // namespace cordon::crypto
