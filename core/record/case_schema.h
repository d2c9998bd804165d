#pragma once

#include "core/store/database.h"

namespace cordon::record {

/// Brings a case's index to this program's shape. Source: docs/formats/case.md, "case.db"
[[nodiscard]] Result<void> applyCaseSchema(store::Database& database);
/// The version of that shape.
[[nodiscard]] std::int64_t caseSchemaVersion();

} // namespace cordon::record
