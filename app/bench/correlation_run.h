#pragma once

#include "app/bench/measure.h"

namespace cordon::bench {

/// A value_count over a million distinct groups: matching, collecting and correlating of made-up events that come a
/// millisecond apart, without reading or parsing.
/// @param timespan  of the rule, such as "5m": what must be remembered
[[nodiscard]] Result<Measure> valueCount(const std::string& timespan);

} // namespace cordon::bench
