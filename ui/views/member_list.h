#pragma once

#include "ui/models/cell_table_model.h"
#include "core/domain/incident.h"

namespace cordon::ui::views {

/// Headers and rows of an incident's members: who, which part they play, their own risk with its points, inside the scope or not, and why.
[[nodiscard]] QStringList memberHeaders();
[[nodiscard]] std::vector<models::CellRow> memberRows(const Incident& incident, const std::vector<Alert>& alerts);

} // namespace cordon::ui::views
