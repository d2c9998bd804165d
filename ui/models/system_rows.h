#pragma once

#include "ui/bridge/case_source.h"
#include "ui/models/cell_table_model.h"

namespace cordon::ui::models {

[[nodiscard]] QStringList systemHeaders();
[[nodiscard]] std::vector<CellRow> systemRows(const std::vector<engine::SystemState>& systems); ///< key: the system's name

} // namespace cordon::ui::models
