#pragma once

#include "core/domain/finding.h"
#include "core/value/value.h"

namespace cordon::investigate {

/// One attribute before and after, as people are shown it: without secrets, at most 400 bytes each. Of what is longer the
/// part that differs. Policies are compared by their statements: what was removed is before, what was added after, the
/// widest first, so that padding hides nothing. Empty when there is nothing to tell.
/// @param before  null pointer: nobody knows; a null value: there was none
[[nodiscard]] std::vector<ChangedValue> shownValues(const std::string& name, const Value* before, const Value& after);

} // namespace cordon::investigate
