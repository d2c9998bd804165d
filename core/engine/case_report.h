#pragma once

#include "core/record/case_queries.h"
#include "core/value/value.h"

#include <filesystem>
#include <map>
#include <string>

namespace cordon::engine {

/// The report of a case as it stands, read-only and safe beside a running engine. ErrorCode::NotFound when the folder
/// is no case. Source: docs/formats/report.md
[[nodiscard]] Result<Value> caseReport(const std::filesystem::path& folder, record::CaseQueries& queries,
                                       std::map<std::string, double> seconds = {}, std::int64_t duplicates = 0);
/// The same with a connection of its own.
[[nodiscard]] Result<Value> caseReport(const std::filesystem::path& folder);

} // namespace cordon::engine
