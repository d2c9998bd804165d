#pragma once

#include <string>
#include <string_view>

namespace cordon {

/// Text from outside, safe to show on a terminal or in a document: control characters, line breaks, bidirectional
/// controls, zero-width and other invisible characters appear as `\u{202e}`, bytes that are no UTF-8 as `\x{ff}`.
[[nodiscard]] std::string escapedForDisplay(std::string_view text);

} // namespace cordon
