#pragma once

#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace cordon::detect {

/// Folded ASCII texts of which at least one stands, once folded, in every text that the regular expression is found in; empty
/// when none are known. Takes as long as compiling the expression.
[[nodiscard]] std::vector<std::string> textsIn(const re2::RE2& regex);

} // namespace cordon::detect
