#pragma once

#include "core/engine/case_reader.h"
#include "core/record/case_queries.h"

namespace cordon::engine {

/// What the Sources screen shows of followed folders, from a case's index alone.
[[nodiscard]] Result<std::vector<FollowedRow>> followedRows(record::CaseQueries& queries);

} // namespace cordon::engine
