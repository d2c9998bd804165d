#pragma once

#include "core/value/value.h"

namespace cordon::json {

/// Reads JSON that has to be in canonical form already, in one go: what it takes is exactly what `canonical` would write
/// of the result, byte for byte. ErrorCode::Invalid for anything else. Source: docs/formats/canonical.md
[[nodiscard]] Result<Value> readCanonical(std::string_view text);

} // namespace cordon::json
