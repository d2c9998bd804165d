#pragma once

#include "core/value/value.h"

#include <string>
#include <vector>

namespace cordon::connectors::aws {

/// Actions of AWS that a verb and its undo need besides reading, or all that only read for a verb that changes nothing: what the policy for
/// the account's owner lists, and what an assumed role is narrowed to. @param byRunbook  instances are isolated by Systems Manager, not by EC2
[[nodiscard]] std::vector<std::string> neededActions(const std::string& verb, bool byRunbook);
/// Statements of a policy for what starts the runbook: that one document, and passing that one role to it. None for "".
[[nodiscard]] Value::Array runbookRights(const std::string& role);

} // namespace cordon::connectors::aws
