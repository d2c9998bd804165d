#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"

namespace cordon::ui::models {

// Headers and rows of the tables about the agent, its mandate and approvals, as in case_rows.h.

[[nodiscard]] QStringList sessionHeaders();
[[nodiscard]] std::vector<CellRow> sessionRows(const std::vector<engine::SessionRow>& sessions, int actionsMost); ///< key: ledger seq

[[nodiscard]] QStringList controlHeaders();
[[nodiscard]] std::vector<CellRow> controlRows(const std::vector<engine::ControlRow>& controls); ///< key: newest entry's seq, or -1

[[nodiscard]] QStringList rejudgedHeaders();
/// Different ones first, then what could not be judged again, then the rest. Key: ledger seq.
[[nodiscard]] std::vector<CellRow> rejudgedRows(const std::vector<engine::RejudgedRow>& decisions);

[[nodiscard]] QStringList historyHeaders();
/// Open requests first, then the newest. Key: AR-0001.
[[nodiscard]] std::vector<CellRow> historyRows(std::vector<engine::ApprovalRow> approvals);

[[nodiscard]] QStringList approvalActHeaders();
[[nodiscard]] std::vector<CellRow> approvalActRows(const engine::ApprovalRow& approval); ///< key: ledger seq

/// Why a decision could not be judged again.
[[nodiscard]] QString notRejudgedWord(const std::string& code);

} // namespace cordon::ui::models
