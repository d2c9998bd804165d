#pragma once

#include "core/value/value.h"

namespace cordon::yaml {

/// The value of an unquoted scalar under the YAML 1.2 core schema. ErrorCode::Invalid for a number out of range.
/// Source: YAML 1.2.2 section 10.3.2
[[nodiscard]] Result<Value> resolvePlain(std::string_view text);

/// The same, for mandates: only `true`, `false`, decimal integers as JSON writes them, and texts that no YAML 1.1
/// or 1.2 reader takes for anything but text. ErrorCode::Invalid for all else.
[[nodiscard]] Result<Value> resolvePlainStrictly(std::string_view text);

} // namespace cordon::yaml
