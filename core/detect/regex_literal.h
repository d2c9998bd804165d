#pragma once

#include <string>
#include <string_view>

namespace cordon::detect {

/// A text that stands in every text in which the regular expression is found; empty when none is known, as for all but
/// the plainest ones: letters, `.`, `.*`, `.+`, `^`, `$` and escaped punctuation.
/// @param pattern  case matters to it
[[nodiscard]] std::string literalIn(std::string_view pattern);

} // namespace cordon::detect
