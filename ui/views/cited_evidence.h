#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"

namespace cordon::ui::views {

[[nodiscard]] QStringList citedEvidenceHeaders();
/// The sealed logs that alerts cite, most cited first. @param sources  which files those are; empty until the case said so
[[nodiscard]] std::vector<models::CellRow> citedEvidence(const std::vector<Alert>& alerts, const std::vector<engine::SourceRow>& sources);

} // namespace cordon::ui::views
