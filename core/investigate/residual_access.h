#pragma once

#include "core/investigate/inquiry.h"

namespace cordon::investigate {

/// What the intruder can still use at the end of the log: credentials and sessions that it used or made and those that
/// its sessions were opened with, accounts and roles that it made, rights, trust and policies that it gave or changed.
/// What the log shows ended since is left out; where that cannot be told it is listed. At most 200, rights and what has
/// them before the mass; how many further there are is a line of its own.
[[nodiscard]] Result<std::vector<ResidualAccess>> residualAccessOf(const Inquiry& inquiry);

} // namespace cordon::investigate
