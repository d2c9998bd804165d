#pragma once

#include "core/domain/event.h"
#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"
#include "core/ingest/recognition.h"
#include "core/ingest/source_clock.h"

namespace cordon::ingest {

/// Turns one recognised record into an event; id and citation are left unset. What a record does not say stays empty or
/// unknown; without a time that can be read, `timeText` is empty and `time` means nothing.
/// @param clock  what times mean that name no zone
/// @return ErrorCode::Incomplete when a zone must be told; ErrorCode::Invalid when the map tells how the time is written
/// and it is not so
/// Source: docs/formats/event.md, docs/formats/entities.md
[[nodiscard]] Result<Event> normalise(const FieldMap& map, const EventView& view, const SourceClock& clock = {});

} // namespace cordon::ingest
