#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <string_view>
#include <vector>

namespace cordon::ingest {

/// The civil time of a place: turns clock readings that name no zone into UTC.
class TimeZone
{
public:
    /// @param name  an IANA name such as `Europe/Berlin`, looked up in the system's zone files, `UTC`, or `+hh:mm`
    /// @return ErrorCode::NotFound or Invalid with a reason that names `name`
    [[nodiscard]] static Result<TimeZone> named(std::string_view name);
    /// From the bytes of a zone file. Source: RFC 8536
    [[nodiscard]] static Result<TimeZone> fromFile(std::string_view bytes);

    /// UTC of a clock reading, itself held as if it were UTC. A reading that comes twice when clocks go back is the
    /// first; one that is skipped when they go forward is taken by the offset before.
    [[nodiscard]] Timestamp utcOf(Timestamp reading) const;
    /// What is to be added to UTC to get the place's clock reading.
    [[nodiscard]] Duration offsetAt(Timestamp utc) const;

private:
    struct Change
    {
        Timestamp at;
        Duration offset{};
    };
    /// Month, week (5 is the last), weekday (0 is Sunday), and the time of day by the clock before.
    struct YearDay
    {
        unsigned month = 1;
        unsigned week = 1;
        unsigned weekday = 0;
        Duration time = std::chrono::hours(2);
    };
    [[nodiscard]] Result<void> readFooter(std::string_view rule);
    [[nodiscard]] static bool takeYearDay(std::string_view& text, YearDay& day);
    [[nodiscard]] static Timestamp momentIn(int year, const YearDay& day, Duration offsetBefore);

    std::vector<Change> m_changes;
    Duration m_standard{}; ///< before the first change, and behind the last when there is no summer time
    Duration m_before{};
    bool m_hasSummer = false; ///< the rest is told by rule
    Duration m_summer{};
    YearDay m_summerFrom;
    YearDay m_summerTo;
};

} // namespace cordon::ingest
