#pragma once

#include "core/base/digest.h"

#include <string_view>

namespace cordon::crypto {

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1).
[[nodiscard]] Digest hmacSha256(ByteView key, std::string_view text);

} // namespace cordon::crypto
