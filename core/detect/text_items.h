#pragma once

#include "core/value/value.h"

#include <string>
#include <vector>

namespace cordon::detect {

/// Texts of a list, or of a lone text; other kinds are left out.
[[nodiscard]] std::vector<std::string> textsOf(const Value& value);
/// The same for what must be nothing but texts; nothing for null. ErrorCode::Invalid names `what` when there is
/// anything else.
[[nodiscard]] Result<std::vector<std::string>> onlyTextsOf(const Value& value, std::string_view what);

} // namespace cordon::detect
