#pragma once

#include "core/base/result.h"
#include "core/ingest/finding_map.h"
#include "core/value/value.h"

namespace cordon::ingest {

/// Reads the parts of a field map of kind `finding` that say what its records mean: `product`, `names`, `finding` and
/// `entities`. ErrorCode::Invalid names line and place. Source: docs/formats/findings.md, "Finding maps"
[[nodiscard]] Result<FindingMap> parseFindingMap(const Value& root);

} // namespace cordon::ingest
