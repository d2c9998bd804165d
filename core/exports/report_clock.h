#pragma once

#include "core/ingest/time_zone.h"

#include <optional>
#include <string>

namespace cordon::exports {

/// Writes the times of a report for people in one zone, each with its distance from UTC.
class ReportClock
{
public:
    /// UTC.
    ReportClock() = default;
    /// @param zone  IANA name, `+02:00`, `UTC` or ""; ErrorCode::NotFound or Invalid for one that is none
    [[nodiscard]] static Result<ReportClock> in(const std::string& zone);

    /// `2026-11-21 12:09:50 UTC`, `2026-11-21 13:09:50 +01:00`; "unknown time" for none.
    [[nodiscard]] std::string text(Timestamp time) const;
    /// The same of a time as RFC 3339 in UTC; what is none stays as it is.
    [[nodiscard]] std::string text(const std::string& time) const;
    /// What the report says of its times.
    [[nodiscard]] std::string sentence() const;

private:
    std::string m_name = "UTC";
    std::optional<ingest::TimeZone> m_zone; ///< empty: UTC
};

} // namespace cordon::exports
