#pragma once

#include "core/detect/correlation_rule.h"
#include "core/value/value.h"

namespace cordon::detect {

/// Reads the `correlation` section of a rule document. What the section asks for and cannot be done is an error, never
/// left out: ErrorCode::Invalid, or Unsupported.
/// @param line  set to the line to blame when that is known better than by the caller
/// Source: Sigma correlation specification 2.1
[[nodiscard]] Result<CorrelationRule> readCorrelationSection(const Value& section, int& line);

} // namespace cordon::detect
