#pragma once

#include "core/detect/field_test.h"

#include <optional>

namespace cordon::detect {

/// The asked part of a date-time as a number, in UTC: minute 0..59, hour 0..23, day 1..31, ISO week 1..53, month 1..12,
/// year. Nothing when `text` is no date-time or `part` is None.
/// Source: Sigma specification 2.1, "Time Modifiers"
[[nodiscard]] std::optional<double> timePartOf(FieldTest::TimePart part, std::string_view text);

} // namespace cordon::detect
