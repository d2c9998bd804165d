#pragma once

#include "core/base/result.h"
#include "core/detect/rule.h"

namespace cordon::detect {

/// Fields that speak of an identity's past start with this.
inline constexpr std::string_view baselinePrefix = "cordon.";

/// Moves the part of a rule's condition that asks about the identity's past into `baselineCondition`, because it can
/// be answered only when everything is read. ErrorCode::Unsupported when that part is not joined to the rest by `and`.
/// Source: docs/formats/baseline.md
[[nodiscard]] Result<void> splitBaseline(Rule& rule);

} // namespace cordon::detect
