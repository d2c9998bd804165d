#pragma once

#include "core/base/result.h"
#include "core/detect/expression.h"

#include <map>
#include <string>
#include <string_view>

namespace cordon::detect {

/// The search identifiers of a rule and what each asks.
using SearchIdentifiers = std::map<std::string, Expression, std::less<>>;

/// Reads a condition such as `selection and not 1 of filter_*`. Words are case-insensitive; `not` binds closest, then
/// `and`, then `or`. `them` leaves out identifiers that begin with an underscore.
/// @return ErrorCode::Invalid with the reason only: unknown identifiers, patterns that fit none, malformed conditions
/// Source: Sigma specification 2.1, "Condition"
[[nodiscard]] Result<Expression> parseCondition(std::string_view text, const SearchIdentifiers& identifiers);

} // namespace cordon::detect
