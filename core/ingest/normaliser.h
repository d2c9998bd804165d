#pragma once

#include "core/domain/event.h"
#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"
#include "core/ingest/recognition.h"

namespace cordon::ingest {

/// Turns one recognised record into an event; id and citation are left unset. What a record does not say stays empty or
/// unknown; without a time that can be read, `timeText` is empty and `time` means nothing.
/// Source: docs/formats/event.md, docs/formats/entities.md
[[nodiscard]] Result<Event> normalise(const FieldMap& map, const EventView& view);

} // namespace cordon::ingest
