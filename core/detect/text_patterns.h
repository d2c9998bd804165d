#pragma once

#include "core/base/result.h"
#include "core/detect/wildcard.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::detect {

/// True for a modifier that changes a text: contains, startswith, endswith, windash and the encodings.
[[nodiscard]] bool isTextStep(std::string_view modifier);

/// A rule's text with such modifiers applied in their order; several patterns, of which one must fit, where a step has
/// several results. ErrorCode::Invalid when a step cannot be applied to what the one before made.
[[nodiscard]] Result<std::vector<Wildcard>> patternsFor(const std::string& text, std::span<const std::string> steps);

} // namespace cordon::detect
