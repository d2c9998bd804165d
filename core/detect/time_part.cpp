#include "core/detect/time_part.h"

#include "core/base/time.h"

#include <chrono>

namespace cordon::detect {
namespace chr = std::chrono;
namespace {

/// ISO 8601: the week of the year that holds this week's Thursday.
unsigned isoWeek(chr::sys_days day)
{
    const unsigned weekday = chr::weekday(day).iso_encoding();
    const chr::sys_days thursday = day + chr::days(4 - static_cast<int>(weekday));
    const chr::sys_days newYear = chr::sys_days(chr::year_month_day(thursday).year() / chr::January / 1);
    return static_cast<unsigned>((thursday - newYear).count() / 7 + 1);
}

} // namespace

std::optional<double> timePartOf(FieldTest::TimePart part, std::string_view text)
{
    const auto time = Timestamp::parse(text);
    if (!time || part == FieldTest::TimePart::None)
        return std::nullopt;
    const chr::sys_time<chr::microseconds> moment{chr::microseconds(time->micros())};
    const chr::sys_days day = chr::floor<chr::days>(moment);
    const chr::year_month_day date(day);
    const chr::hh_mm_ss<chr::microseconds> clock(moment - day);
    switch (part) {
    case FieldTest::TimePart::Minute:
        return static_cast<double>(clock.minutes().count());
    case FieldTest::TimePart::Hour:
        return static_cast<double>(clock.hours().count());
    case FieldTest::TimePart::Day:
        return static_cast<unsigned>(date.day());
    case FieldTest::TimePart::Week:
        return isoWeek(day);
    case FieldTest::TimePart::Month:
        return static_cast<unsigned>(date.month());
    case FieldTest::TimePart::Year:
        return static_cast<int>(date.year());
    case FieldTest::TimePart::None:
        break;
    }
    return std::nullopt;
}

} // namespace cordon::detect
