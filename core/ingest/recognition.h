#pragma once

#include "core/domain/event_view.h"
#include "core/ingest/field_map.h"

namespace cordon::ingest {

/// A map that reads records like one, and how it knows.
struct Recognised
{
    const FieldMap* map = nullptr; ///< null: no map does
    const Recognition* look = nullptr;
};

/// The map's first look that the record fits, or null. A field counts as there when it is not null.
/// @param carrier  of the envelope that the record stands in, see WrappedRecords
[[nodiscard]] const Recognition* lookOf(const FieldMap& map, const EventView& view, std::string_view carrier = {});

/// The first map that recognises the record. The record alone decides: what was read before it says nothing.
[[nodiscard]] Recognised recognise(const FieldMaps& maps, const EventView& view, std::string_view carrier = {});

/// Whether one of the condition's texts is a value of its field. Source: docs/formats/field-map.md, "Conditions"
[[nodiscard]] bool holds(const FieldCondition& condition, const EventView& view);

} // namespace cordon::ingest
