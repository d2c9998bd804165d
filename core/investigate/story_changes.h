#pragma once

#include "core/investigate/identity_history.h"

namespace cordon::investigate {

/// What the look-up of identity changes comes to: how many in the incident, outside it and after its last alert, and the
/// ones most worth a sentence of their own. Says so when the list is shorter than what was found.
void addIdentityChanges(const Inquiry& inquiry, const IdentityHistory& history, std::vector<Finding>& story);

/// A sentence cites 40 events at most.
[[nodiscard]] std::vector<EventId> atMostCited(std::vector<EventId> events);

} // namespace cordon::investigate
