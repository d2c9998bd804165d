#pragma once

#include "core/engine/detection.h"
#include "core/record/case_folder.h"

namespace cordon::engine {

/// Gives the correlations of a case that is opened again what they still need of its followed logs: the pieces that reach
/// into their timespans are matched once more, out of evidence. At most 64 MiB of them, the newest.
[[nodiscard]] Result<void> recallCorrelations(record::CaseFolder& folder, const Detection& detection);

} // namespace cordon::engine
