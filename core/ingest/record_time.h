#pragma once

#include "core/base/time.h"

namespace cordon::ingest {

/// The moment that a record's time means. Beside what Timestamp::parse reads: whole or broken numbers since 1970, whose
/// size tells seconds, milliseconds, microseconds or nanoseconds apart, and a space before the offset from UTC.
/// ErrorCode::Invalid for anything else. Source: docs/formats/field-map.md, "Times"
[[nodiscard]] Result<Timestamp> parseRecordTime(std::string_view text);

} // namespace cordon::ingest
