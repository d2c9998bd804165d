#pragma once

#include "core/ingest/record_time.h"

#include <string_view>

namespace cordon::ingest {

/// Reads a time that is written as a user's map says: `%Y %y %m %d %e %b %a %H %I %p %M %S %f %z %F %T %%` as in strptime
/// (`%f` a fraction of a second, `%b` and `%a` in English); a blank stands for any blanks, all else for itself.
/// ErrorCode::Invalid when the text is not of that form or there is no such day.
/// Source: docs/formats/field-map.md, "Times"
[[nodiscard]] Result<RecordTime> parseByPattern(std::string_view text, std::string_view pattern);

/// ErrorCode::Invalid when the pattern has a letter that is not known, or tells no day.
[[nodiscard]] Result<void> checkTimePattern(std::string_view pattern);

} // namespace cordon::ingest
