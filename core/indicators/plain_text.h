#pragma once

#include <string>
#include <string_view>

namespace cordon::indicators {

/// The text with the escapes of a JSON string undone once: `\/`, `\"`, `\\`, `\n` and its like, `\uXXXX` (RFC 8259, section 7).
/// White space takes the place of control characters; what is no escape, as in `C:\evil`, stays as it is. The text may be a
/// whole record: its structure is left alone.
/// @return empty when there is nothing to undo
[[nodiscard]] std::string withoutEscapes(std::string_view text);

} // namespace cordon::indicators
