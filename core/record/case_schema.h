#pragma once

#include "core/store/database.h"

#include <string>

namespace cordon::record {

/// Brings a case's index to this program's shape. Source: docs/formats/case.md, "case.db"
[[nodiscard]] Result<void> applyCaseSchema(store::Database& database);
/// What an index has too much or too little of the tables, columns and indexes of its version, "" for nothing.
/// ErrorCode::Unsupported when this program does not know its version.
[[nodiscard]] Result<std::string> shapeProblem(store::Database& database);
/// The version of that shape.
[[nodiscard]] std::int64_t caseSchemaVersion();

} // namespace cordon::record
