#pragma once

#include "core/value/value.h"

#include <string>

namespace cordon::detect {

/// A scalar as its rule's text; empty for null. A fraction loses how it was written and gets the shortest form.
[[nodiscard]] std::string scalarText(const Value& value);

} // namespace cordon::detect
