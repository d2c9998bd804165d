#include "core/ingest/source_clock.h"

#include "core/ingest/time_pattern.h"

namespace cordon::ingest {

Result<SourceClock> SourceClock::from(const ImportOptions& options)
{
    SourceClock clock;
    clock.m_offset = options.clockOffset;
    if (!options.zone.empty()) {
        CORDON_TRY(clock.m_zone, TimeZone::named(options.zone));
    }
    return clock;
}

Result<Timestamp> SourceClock::read(std::string_view text, const FieldMap& map) const
{
    CORDON_TRY(const RecordTime time,
               map.timePattern.empty() ? parseRecordTime(text) : parseByPattern(text, map.timePattern));
    if (time.namesZone)
        return time.moment + m_offset;
    if (map.zone)
        return map.zone->utcOf(time.moment) + m_offset;
    if (m_zone)
        return m_zone->utcOf(time.moment) + m_offset;
    return fail(ErrorCode::Incomplete, "the time '" + std::string(text.substr(0, 64)) +
                                           "' names no zone: say at the import which one is meant (--zone, such as "
                                           "Europe/Berlin or +02:00)");
}

Timestamp SourceClock::ofFinding(const RecordTime& time) const
{
    return (time.namesZone || !m_zone ? time.moment : m_zone->utcOf(time.moment)) + m_offset;
}

} // namespace cordon::ingest
