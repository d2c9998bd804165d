#pragma once

#include "core/platform/file.h"
#include "core/record/case_queries.h"

#include <optional>
#include <stop_token>

namespace cordon::record {

/// Compares what an index says of ledger entries with the ledger: people read the index, and whoever can write into a case
/// folder can write into it.
/// @param caseFolder  a case folder, or the path of an opened sealed case
/// @param entries  so many rows it has to have; nothing: it may end earlier than the ledger, as it does while somebody writes
/// @return ErrorCode::Corrupt with the first row that differs; Incomplete where rows are missing; Cancelled
[[nodiscard]] Result<void> compareIndexWithLedger(const platform::Path& caseFolder, CaseQueries& index, std::optional<std::int64_t> entries,
                                                  const std::stop_token& stop = {});

} // namespace cordon::record
