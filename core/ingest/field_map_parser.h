#pragma once

#include "core/ingest/field_map.h"

namespace cordon::ingest {

/// Builds one field map from its YAML. Unknown keys, things, kinds and relations are refused, so that a misspelt rule
/// does not quietly do nothing. ErrorCode::Invalid reads `line 12: …`.
/// @param number  the map's place among those in use
/// @param origin  times without a zone are UTC in Cordon's own maps, unless they say otherwise
[[nodiscard]] Result<std::unique_ptr<const FieldMap>> parseFieldMap(std::string_view text, FieldPlan& plan,
                                                                    std::size_t number, FieldMapOrigin origin);

} // namespace cordon::ingest
