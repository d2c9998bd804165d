#pragma once

#include "core/domain/plan.h"
#include "core/engine/incident_file.h"

namespace cordon::engine {

/// What the investigation found that a decision about changing something rests on: the look-up of identity changes (how
/// far it went back and how many it found, also none) and how the acts of each identity compare with its own past.
/// Null for what changes nothing. Source: docs/formats/ledger.md, "decision"
[[nodiscard]] Value decisionBasis(const IncidentFile& file, const Step& step);

} // namespace cordon::engine
