#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"

namespace cordon::ui::models {

// Headers and rows of the small tables. Each pair belongs together: as many cells as headers.

[[nodiscard]] QStringList alertHeaders();
[[nodiscard]] std::vector<CellRow> alertRows(const std::vector<Alert>& alerts); ///< key: first event's id

[[nodiscard]] QStringList decisionHeaders();
[[nodiscard]] std::vector<CellRow> decisionRows(const std::vector<engine::DecisionRow>& decisions); ///< key: ledger seq

[[nodiscard]] QStringList sourceHeaders();
/// Followed ones first. Key: the root of a followed source that can be stopped, else the evidence digest.
[[nodiscard]] std::vector<CellRow> sourceRows(const std::vector<engine::FollowedRow>& followed,
                                              const std::vector<engine::SourceRow>& sources);
/// Whether the row of that key is followed.
[[nodiscard]] bool isFollowedKey(const QVariant& key);

[[nodiscard]] QStringList markHeaders();
[[nodiscard]] std::vector<CellRow> markRows(const std::vector<engine::TimelineMark>& marks); ///< key: ledger seq

[[nodiscard]] QStringList evidenceHeaders();
[[nodiscard]] std::vector<CellRow> evidenceRows(const std::vector<engine::EvidenceRow>& evidence); ///< key: digest

[[nodiscard]] QStringList boardHeaders();
[[nodiscard]] std::vector<CellRow> boardRows(const std::vector<engine::IncidentRow>& incidents); ///< key: incident number

/// True while a person can still decide it.
[[nodiscard]] bool isWaiting(const engine::ApprovalRow& row);

} // namespace cordon::ui::models
