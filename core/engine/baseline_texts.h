#pragma once

#include "core/detect/baseline_facts.h"
#include "core/engine/alert_maker.h"

namespace cordon::engine {

/// What was new to an identity as sentences with their figures, and the rarest of them as a number.
[[nodiscard]] Measured measuredOf(const detect::BaselineFacts& facts);

} // namespace cordon::engine
