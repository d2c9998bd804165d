#pragma once

#include <array>
#include <string>
#include <string_view>

namespace cordon::detect {

/// UTF-8 as UTF-16 bytes, without a byte order mark. A malformed byte becomes U+FFFD.
[[nodiscard]] std::string toUtf16(std::string_view text, bool isBigEndian);

/// The part of the base64 of `text` that stays the same when it stands 0, 1 or 2 bytes after a multiple of three.
[[nodiscard]] std::array<std::string, 3> base64AtEachOffset(std::string_view text);

} // namespace cordon::detect
