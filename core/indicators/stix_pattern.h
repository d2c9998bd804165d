#pragma once

#include "core/indicators/indicator.h"

namespace cordon::indicators {

/// Reads a STIX 2.1 pattern that names observables by value: comparisons by `=`, `IN` and, for addresses, `ISSUBSET`,
/// joined by AND and OR within one observation, and observations joined by OR. Gives every combination of terms that
/// fulfils it. ErrorCode::Unsupported names what else it asks for (other operators, qualifiers, observations joined by
/// AND or FOLLOWEDBY, other objects); Invalid when it is no pattern.
/// At most 8 KiB, 16 brackets deep, 256 alternatives of 8 terms.
/// Source: STIX 2.1, part 9; docs/formats/indicators.md
[[nodiscard]] Result<std::vector<std::vector<Term>>> readStixPattern(std::string_view pattern);

} // namespace cordon::indicators
