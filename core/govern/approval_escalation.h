#pragma once

#include "core/domain/alert.h"
#include "core/domain/mandate.h"
#include "core/govern/approval_desk.h"

namespace cordon::govern {

/// Who is told that a request still waits: level 1 the commanders, 2 the mandate's deputy, 3 its accountable owner.
/// The more severe the incident, the earlier; 0 while it is still for those who were asked first.
[[nodiscard]] int escalationLevel(Severity severity, const ApprovalRequest& request, Timestamp now);
/// `commander` for level 1, else the person that the mandate names.
[[nodiscard]] std::string escalatedTo(int level, const Mandate::Owner& owner);

} // namespace cordon::govern
