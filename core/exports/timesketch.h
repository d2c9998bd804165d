#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// Events, alerts, and what agent and people did, for a timeline program: `message`, `datetime`, `timestamp_desc`, and
/// columns of Cordon's own. Source: Timesketch's import of CSV and JSON lines
[[nodiscard]] Result<void> writeTimesketchLines(CaseContents& contents, const std::string& only, std::ostream& out);
/// The same as CSV. A cell that a spreadsheet would take for a formula begins with an apostrophe.
[[nodiscard]] Result<void> writeTimesketchCsv(CaseContents& contents, const std::string& only, std::ostream& out);

} // namespace cordon::exports
