#pragma once

#include "core/domain/incident.h"
#include "ui/widgets/graph_layout.h"

namespace cordon::ui::views {

/// The graph of an incident: verified members inside the line, the rest outside, many of one kind as one node ("×6").
[[nodiscard]] widgets::Graph graphOf(const Incident& incident);

/// "access key AKIA… · suspected attacker · Made in this incident by …", one reason per line.
[[nodiscard]] QString memberTip(const IncidentMember& member);

} // namespace cordon::ui::views
