#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <string_view>

namespace cordon::ingest {

/// A time as a record has it.
struct RecordTime
{
    Timestamp moment; ///< as if it were UTC when no zone is named
    bool namesZone = false;
};

/// What a record's time means. Beside what Timestamp::parse reads: whole or broken numbers since 1970, whose size tells
/// seconds, milliseconds, microseconds or nanoseconds apart (they name their zone), and a space before the offset from
/// UTC. ErrorCode::Invalid for anything else. Source: docs/formats/field-map.md, "Times"
[[nodiscard]] Result<RecordTime> parseRecordTime(std::string_view text);

} // namespace cordon::ingest
