#pragma once

#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "ui/widgets/graph_layout.h"

namespace cordon::ui::views {

/// The graph of an incident: verified members inside the line, the rest outside, many of one kind as one node ("×6").
/// @param changes  of identities, inside the incident or before it: they tie members that no alert ties
[[nodiscard]] widgets::Graph graphOf(const Incident& incident, const std::vector<IdentityChange>& changes = {});

/// "access key AKIA… · suspected attacker · Made in this incident by …", one reason per line.
[[nodiscard]] QString memberTip(const IncidentMember& member);

} // namespace cordon::ui::views
