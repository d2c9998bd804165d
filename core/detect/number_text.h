#pragma once

#include "core/domain/event_view.h"

#include <optional>

namespace cordon::detect {

/// The number that a text is and nothing else: decimal digits, a fraction, an exponent. `inf` and `nan` are texts.
[[nodiscard]] std::optional<double> numberIn(std::string_view text);
/// The number of a value: a JSON number, or a text that is nothing but a number.
[[nodiscard]] std::optional<double> numberIn(const FieldValue& value);

} // namespace cordon::detect
