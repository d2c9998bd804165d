#pragma once

#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"

namespace cordon::ingest {

/// Whether the map reads records like this one. A field counts as there when it is not null.
[[nodiscard]] bool isRecognisedBy(const FieldMap& map, const EventView& view);

/// The first map that recognises the record, or null. Maps are written so that at most one does.
/// @param likely  tried first: most records are like the one before
[[nodiscard]] const FieldMap* recognise(const FieldMaps& maps, const EventView& view, const FieldMap* likely = nullptr);

/// Whether one of the condition's texts is a value of its field. Source: docs/formats/field-map.md, "Conditions"
[[nodiscard]] bool holds(const FieldCondition& condition, const EventView& view);

} // namespace cordon::ingest
