#pragma once

#include "core/base/digest.h"

namespace cordon::crypto {

/// Unpredictable bytes from the system. Aborts the program when the system has none: going on would be worse.
[[nodiscard]] std::string randomBytes(std::size_t count);
/// `count` random bytes as lower-case hex.
[[nodiscard]] std::string randomHex(std::size_t count);

} // namespace cordon::crypto
