#pragma once

#include "core/crypto/secret_bytes.h"

namespace cordon::crypto {

inline constexpr std::size_t aeadKeySize = 32;
inline constexpr std::size_t aeadNonceSize = 12;
inline constexpr std::size_t aeadTagSize = 16;

/// AES-256-GCM: `plain` encrypted, the tag behind it; `context` is authenticated with it. A key takes each nonce once.
/// @param key  32 bytes
/// @param nonce  12 bytes
[[nodiscard]] std::string sealBytes(const SecretBytes& key, std::string_view nonce, std::string_view context,
                                    ByteView plain);
/// The plain bytes again. ErrorCode::Corrupt when key, nonce, context or any byte is another.
[[nodiscard]] Result<std::string> openBytes(const SecretBytes& key, std::string_view nonce, std::string_view context,
                                            std::string_view sealed);

} // namespace cordon::crypto
