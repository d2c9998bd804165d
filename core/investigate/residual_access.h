#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// What the intruder can still use at the end of the log: credentials and sessions that it used or made, accounts and
/// roles that it made, rights and trust that it gave. What the log shows ended since is left out.
[[nodiscard]] Result<std::vector<ResidualAccess>> residualAccessOf(const Inquiry& inquiry);

} // namespace cordon::investigate
