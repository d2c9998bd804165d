#pragma once

#include <string>
#include <string_view>

namespace cordon::detect {

/// Writes `text` to `out` in lower case: ASCII, and the two-byte letters of Latin, Greek and Cyrillic. The length never
/// changes, so that places in the folded text are places in the text. Malformed bytes stay as they are.
void foldInto(std::string_view text, std::string& out);
[[nodiscard]] std::string folded(std::string_view text);

} // namespace cordon::detect
