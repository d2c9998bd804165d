#pragma once

#include "core/domain/incident.h"

#include <map>
#include <vector>

namespace cordon {

/// Points of each member's own risk in an incident, each traceable to an alert or a fact of the incident; their sum, held
/// at 100, is the entity's risk. What was done by or with it counts whole, what was done to it a third; an address and
/// other products' indicators count nothing, and an entity without points is left out.
/// @param alerts  the incident's; others are passed over
[[nodiscard]] std::map<EntityRef, std::vector<RiskPart>> riskOfMembers(const Incident& incident, const std::vector<Alert>& alerts);
/// 0..100
[[nodiscard]] int sumOf(const std::vector<RiskPart>& parts);

} // namespace cordon
