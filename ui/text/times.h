#pragma once

#include "core/base/time.h"

#include <QString>

namespace cordon::ui::text {

/// All times are UTC; `localTooltip` says the same moment in the reader's own zone.
[[nodiscard]] QString clockMinutes(Timestamp time); ///< 12:06
[[nodiscard]] QString clockSeconds(Timestamp time); ///< 12:06:42
[[nodiscard]] QString clockMillis(Timestamp time);  ///< 12:06:42.118
[[nodiscard]] QString day(Timestamp time);          ///< 21 Nov 2026
[[nodiscard]] QString dayAndClock(Timestamp time);  ///< 2026-11-21 12:06:42
[[nodiscard]] QString dayAndMillis(Timestamp time); ///< 2026-11-21 12:06:42.118
[[nodiscard]] QString momentMinutes(Timestamp time); ///< 12:06, with its day when that is not today
[[nodiscard]] QString momentMillis(Timestamp time);  ///< 12:06:42.118, with its day when that is not today
[[nodiscard]] QString shortDay(Timestamp time);     ///< 21 Nov, with the year when it is not this one
/// Whether times between the two need their day beside the clock: they span several days (UTC), or that day is not today.
[[nodiscard]] bool needsDay(Timestamp from, Timestamp to);
/// "11:58:02 – 12:06:41 UTC", with the day when it is not today and both where they differ.
[[nodiscard]] QString span(Timestamp from, Timestamp to);
/// "21 Nov 2026 12:06:42 UTC · 13:06:42 CET here"
[[nodiscard]] QString localTooltip(Timestamp time);

/// "8 m 40 s", "4 min", "3 h 10 min", "12 d": one or two units.
[[nodiscard]] QString length(Duration duration);
/// Counting down: "41:07", "1:02:03"; "0:00" when over.
[[nodiscard]] QString countdown(Duration left);
/// "3.4 MB"
[[nodiscard]] QString bytes(double count);
/// "1 284": grouped by thin spaces.
[[nodiscard]] QString count(std::int64_t number);

} // namespace cordon::ui::text
