#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// Several texts in one string, each behind its length, so that lists are equal exactly when the strings are.
void addToTextList(std::string& list, std::string_view text);
[[nodiscard]] std::vector<std::string> textsIn(std::string_view list);

} // namespace cordon::detect
