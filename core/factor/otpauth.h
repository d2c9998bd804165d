#pragma once

#include "core/crypto/secret_bytes.h"

#include <string>

namespace cordon::factor {

/// What authenticator apps read from a QR code: `otpauth://totp/Cordon:analyst-a?secret=…&issuer=Cordon`. It holds the
/// secret: shown once, at enrolment, never logged; the caller wipes it.
/// @param person  user:analyst-a; @param installation  shown beside it in the app, "" for none
[[nodiscard]] std::string otpauthUri(const std::string& person, const std::string& installation,
                                     const crypto::SecretBytes& secret);

} // namespace cordon::factor
