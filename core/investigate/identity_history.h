#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// Changes of the rights of everyone involved, in order, also those outside the incident; at most 500, the latest.
/// @param lookedBackTo  set to how far the look-up reached: the window's start, or the log's if that is later
[[nodiscard]] Result<std::vector<IdentityChange>> identityChangesOf(const Inquiry& inquiry, Timestamp& lookedBackTo);

} // namespace cordon::investigate
