#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"

namespace cordon::ui::models {

[[nodiscard]] QStringList listHeaders();
[[nodiscard]] std::vector<CellRow> listRows(const std::vector<engine::ListRow>& lists); ///< key: ledger seq

[[nodiscard]] QStringList coverageHeaders();
[[nodiscard]] std::vector<CellRow> coverageRows(const std::vector<engine::CoverageRow>& rows); ///< key: entity key

[[nodiscard]] QStringList rejectedRowHeaders();
[[nodiscard]] std::vector<CellRow> rejectedRows(const std::vector<RejectedRecord>& rows);

} // namespace cordon::ui::models
