#pragma once

#include "core/domain/event.h"
#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"

namespace cordon::ingest {

/// The map that recognises the record, or null. A field counts when it is there and not null.
[[nodiscard]] const FieldMap* recognise(const FieldMaps& maps, const EventView& view);

/// Turns one recognised record into an event; id and citation are left unset. What a record does not say stays empty or
/// unknown. ErrorCode::Invalid when its time is missing or cannot be read.
/// Source: docs/formats/event.md, docs/formats/entities.md
[[nodiscard]] Result<Event> normalise(const FieldMap& map, const EventView& view);

} // namespace cordon::ingest
