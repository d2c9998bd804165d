#pragma once

#include <cstddef>
#include <string_view>

namespace cordon {

/// Length in bytes of the well-formed UTF-8 sequence that `text` starts with (1 to 4), or 0 when it is empty or
/// starts with a malformed one: overlong forms, surrogates and values past U+10FFFF. Source: RFC 3629 section 4
[[nodiscard]] std::size_t utf8SequenceLength(std::string_view text);

/// True when every byte belongs to a well-formed sequence.
[[nodiscard]] bool isUtf8(std::string_view text);

} // namespace cordon
