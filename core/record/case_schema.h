#pragma once

#include "core/store/database.h"

namespace cordon::record {

/// Brings a case's index to this program's shape. Source: docs/formats/case.md, "case.db"
[[nodiscard]] Result<void> applyCaseSchema(store::Database& database);

} // namespace cordon::record
