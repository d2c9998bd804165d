#include "core/exports/report_clock.h"

#include <cstdlib>

namespace cordon::exports {
namespace {

/// `2026-11-21 12:09:50`
std::string reading(Timestamp time)
{
    const std::string text = time.toString();
    return text.size() >= 19 ? text.substr(0, 10) + " " + text.substr(11, 8) : text;
}

std::string offsetText(Duration offset)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    const auto twoDigits = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return (minutes < 0 ? "-" : "+") + twoDigits(std::abs(minutes) / 60) + ":" + twoDigits(std::abs(minutes) % 60);
}

} // namespace

Result<ReportClock> ReportClock::in(const std::string& zone)
{
    ReportClock clock;
    if (zone.empty() || zone == "UTC")
        return clock;
    CORDON_TRY(clock.m_zone, ingest::TimeZone::named(zone));
    clock.m_name = zone;
    return clock;
}

std::string ReportClock::text(Timestamp time) const
{
    if (time == Timestamp())
        return "unknown time";
    if (!m_zone)
        return reading(time) + " UTC";
    const Duration offset = m_zone->offsetAt(time);
    return reading(time + offset) + " " + offsetText(offset);
}

std::string ReportClock::text(const std::string& time) const
{
    if (time.empty())
        return "unknown time";
    const auto parsed = Timestamp::parse(time);
    return parsed ? text(*parsed) : time;
}

std::string ReportClock::sentence() const
{
    if (!m_zone)
        return "All times are UTC.";
    return "Times are those of " + m_name + ", each with its distance from UTC; within the sentences of a story and in the verifier's lines they are UTC.";
}

} // namespace cordon::exports
