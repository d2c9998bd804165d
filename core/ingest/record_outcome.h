#pragma once

#include "core/domain/event.h"
#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"

#include <string_view>

namespace cordon::ingest {

/// How what a record says of its outcome counts; `told` is "" where it says nothing.
[[nodiscard]] EventOutcome outcomeBy(const OutcomeRule& rule, std::string_view told);

/// Where the event is a sign-in that was turned away: whoever it names as the actor used nothing that is the account's, but
/// is whom this was done to, and becomes its first target. No session was opened either, whatever id the record gives it.
/// @param rule  of the event's action; null when it has none
void readRefusal(const FieldMap& map, const ActionRule* rule, const EventView& view, Event& event);

} // namespace cordon::ingest
