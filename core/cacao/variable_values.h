#pragma once

#include <string_view>

namespace cordon::cacao {

/// True where the text is a value of this type, and for every type that CACAO's list has not.
[[nodiscard]] bool isOfType(std::string_view type, std::string_view text);

} // namespace cordon::cacao
