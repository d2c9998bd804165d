#pragma once

#include "core/engine/incident_file.h"
#include "core/govern/approval_desk.h"

#include <string>

namespace cordon::engine {

/// For whoever reads the change record: which steps were done, which were not, and who signed. Numbers of steps and names
/// of people alone, nothing of a log; at most 900 bytes. `done: S1 S2; failed: S4; signed by: user:analyst-a`
[[nodiscard]] std::string changeSummary(const IncidentFile& file, const Step& own, const govern::ApprovalDesk& approvals);

} // namespace cordon::engine
