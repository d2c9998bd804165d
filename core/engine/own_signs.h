#pragma once

#include "core/domain/agent_view.h"
#include "core/domain/alert.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"

#include <map>
#include <vector>

namespace cordon::engine {

/// What an incident shows of each identity that it holds to be misused or that was made in it: techniques that rules of the
/// case told of what was done by it or with it, and whether a rarity was measured. What others in the incident did says
/// nothing of it, with two exceptions where one hand holds both: who made it, with the credential that made it, and what it
/// made for itself or opened as a session. Indicators that were seen and what other products say count nothing.
/// @param alerts  of the incident; only those that the agent read
/// Source: vocabulary, conditions for T1; docs/formats/verbs.md, "What makes T1 more than T1"
[[nodiscard]] std::map<EntityRef, OwnSigns> ownSignsOf(const Incident& incident, const Brief& brief, const std::vector<Alert>& alerts);

} // namespace cordon::engine
