#pragma once

#include "core/engine/case_reader.h"

namespace cordon::engine {

/// What the queue shows of an incident.
[[nodiscard]] IncidentRow incidentRowOf(const Incident& incident, const Plan& plan);
/// The line as it is kept beside the incident's page, which has it too, under its signature: a queue of very many incidents
/// is shown without reading their pages.
[[nodiscard]] Value incidentRowValue(const IncidentRow& row);
[[nodiscard]] Result<IncidentRow> incidentRowFrom(const Value& value);

} // namespace cordon::engine
