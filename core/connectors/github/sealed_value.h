#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace cordon::connectors::github {

/// A value that only the holder of a key can read: X25519, XSalsa20 and Poly1305 under a key made for this once, as libsodium's sealed boxes
/// and GitHub want it. Nothing else of Cordon names that library.
/// @param publicKey  32 bytes as Base64
/// @return  Base64; ErrorCode::Invalid when the key is none
[[nodiscard]] Result<std::string> sealedFor(const std::string& publicKey, std::string_view value);

} // namespace cordon::connectors::github
