#pragma once

#include "core/engine/incident_file.h"

namespace cordon::engine {

/// The closing as a page of the case keeps it; null for none.
[[nodiscard]] Value closingValue(const std::optional<Closing>& closing);
[[nodiscard]] std::optional<Closing> closingFrom(const Value& value);

/// Steps whose effect stands and can be taken back by *Undo*.
[[nodiscard]] std::vector<const Step*> undoableSteps(const Plan& plan);

/// Brings an incident to what an `incident.closed` or `incident.reopened` entry says.
void takeClosing(IncidentFile& file, const std::string& type, const std::string& actor, Timestamp at, const Value& data);

} // namespace cordon::engine
