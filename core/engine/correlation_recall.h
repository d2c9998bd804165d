#pragma once

#include "core/engine/detection.h"
#include "core/engine/log_pace.h"
#include "core/record/case_folder.h"

namespace cordon::engine {

/// Gives the correlations of a case that is opened again what they still need of its followed logs: the pieces that reach
/// into their timespans are matched once more, out of evidence. At most 64 MiB of them, the newest.
/// @param now  the machine's clock, which no record is later than; nothing in a replay
/// @return how far the followed logs have come
[[nodiscard]] Result<LogPace> recallCorrelations(record::CaseFolder& folder, const Detection& detection,
                                                 std::optional<Timestamp> now);

} // namespace cordon::engine
