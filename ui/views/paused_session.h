#pragma once

#include "ui/bridge/case_source.h"

namespace cordon::ui::views {

/// Whether the agent's session on an incident waits for somebody to look at what failed: what the ledger said of it last.
/// Looked for only where a step failed. On the query thread.
[[nodiscard]] bool isSessionPaused(bridge::CaseSource& source, IncidentId incident, const Plan& plan);

} // namespace cordon::ui::views
