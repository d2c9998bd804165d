#pragma once

#include <string>
#include <string_view>

namespace cordon::ingest {

/// Whether `text` is what `pattern` says: `*` stands for any run of characters, ASCII case does not count. Time is
/// bounded by the product of both lengths.
[[nodiscard]] bool fitsPattern(std::string_view text, std::string_view pattern);

/// ASCII letters in lower case.
[[nodiscard]] std::string folded(std::string_view text);

} // namespace cordon::ingest
