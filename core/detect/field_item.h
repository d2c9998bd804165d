#pragma once

#include "core/base/result.h"
#include "core/detect/expression.h"
#include "core/detect/field_test.h"
#include "core/detect/placeholders.h"
#include "core/value/value.h"

namespace cordon::detect {

/// What a line `field|modifiers: values` of a rule asks: its tests are added to `tests`, the result tells how they
/// combine. An empty field name means keywords.
/// @param disabledReason  set when a placeholder of the modifier `expand` has no value; the tests then mean nothing
/// @return ErrorCode::Invalid with the reason only (no place) for unknown modifiers and values that do not fit them;
///         ErrorCode::Unsupported for a pattern that RE2 does not run.
/// Source: Sigma specification 2.1, appendix "Modifiers"; docs/formats/sigma.md
[[nodiscard]] Result<Expression> readFieldItem(std::string_view name, const Value& values,
                                               const Placeholders& placeholders, std::vector<FieldTest>& tests,
                                               std::string& disabledReason);

} // namespace cordon::detect
