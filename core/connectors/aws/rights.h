#pragma once

#include <string>
#include <vector>

namespace cordon::connectors::aws {

/// Actions of AWS that a verb and its undo need besides reading, or all that only read for a verb that changes nothing: what the policy for
/// the account's owner lists, and what an assumed role is narrowed to.
[[nodiscard]] std::vector<std::string> neededActions(const std::string& verb);

} // namespace cordon::connectors::aws
