#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace cordon {
namespace {

/// Takes exactly `count` digits from the front of `text`; -1 when they are not all digits.
int takeDigits(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool takeChar(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Fraction digits after '.' or ',' as microseconds; -1 when there is not one digit.
int takeFraction(std::string_view& text)
{
    int micros = 0;
    int seen = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (seen < 6)
            micros = micros * 10 + (text.front() - '0');
        ++seen;
        text.remove_prefix(1);
    }
    if (seen == 0 || seen > 9)
        return -1;
    for (int i = seen; i < 6; ++i)
        micros *= 10;
    return micros;
}

/// Offset from UTC in minutes after the time of day; `ok` false when it is malformed.
int takeOffset(std::string_view& text, bool& ok)
{
    ok = true;
    if (text.empty() || takeChar(text, 'Z') || takeChar(text, 'z'))
        return 0;
    const char sign = text.front();
    if (sign != '+' && sign != '-') {
        ok = false;
        return 0;
    }
    text.remove_prefix(1);
    const int hours = takeDigits(text, 2);
    takeChar(text, ':');
    const int minutes = takeDigits(text, 2);
    ok = hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes);
}

} // namespace

Result<Timestamp> Timestamp::parse(std::string_view text)
{
    const auto bad = [whole = text] {
        return fail(ErrorCode::Invalid, "not a date and time: '" + std::string(whole.substr(0, 40)) + "'");
    };
    const int year = takeDigits(text, 4);
    const bool dash1 = takeChar(text, '-');
    const int month = takeDigits(text, 2);
    const bool dash2 = takeChar(text, '-');
    const int day = takeDigits(text, 2);
    if (year < 0 || !dash1 || month < 1 || !dash2 || day < 1)
        return bad();
    if (!takeChar(text, 'T') && !takeChar(text, 't') && !takeChar(text, ' '))
        return bad();
    const int hour = takeDigits(text, 2);
    const bool colon1 = takeChar(text, ':');
    const int minute = takeDigits(text, 2);
    if (hour < 0 || hour > 23 || !colon1 || minute < 0 || minute > 59)
        return bad();
    int second = 0;
    int micros = 0;
    if (takeChar(text, ':')) {
        second = takeDigits(text, 2);
        if (second < 0 || second > 60)
            return bad();
        if (takeChar(text, '.') || takeChar(text, ',')) {
            micros = takeFraction(text);
            if (micros < 0)
                return bad();
        }
    }
    bool offsetIsFine = false;
    const int offset = takeOffset(text, offsetIsFine);
    if (!offsetIsFine || !text.empty())
        return bad();

    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok())
        return bad();
    const auto dayStart = duration_cast<microseconds>(sys_days(date).time_since_epoch());
    const auto inDay = hours(hour) + minutes(minute) + seconds(second) + microseconds(micros) - minutes(offset);
    return Timestamp((dayStart + duration_cast<microseconds>(inDay)).count());
}

std::string Timestamp::toString() const
{
    using namespace std::chrono;
    const sys_time<microseconds> moment{microseconds(m_micros)};
    const auto dayStart = floor<days>(moment);
    const year_month_day date{dayStart};
    const hh_mm_ss<microseconds> inDay{moment - dayStart};
    std::array<char, 40> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
                                     static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                     static_cast<unsigned>(date.day()), static_cast<int>(inDay.hours().count()),
                                     static_cast<int>(inDay.minutes().count()),
                                     static_cast<int>(inDay.seconds().count()),
                                     static_cast<int>(inDay.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

Result<Duration> parseDuration(std::string_view text)
{
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    constexpr std::int64_t mostDays = 36500;
    if (error != std::errc() || count <= 0 || count > mostDays * 86400 || unit.size() != 1)
        return fail(ErrorCode::Invalid, "not a duration (such as 90d, 4h, 30m, 45s): '" + std::string(text) + "'");
    switch (unit.front()) {
    case 's': return Duration(std::chrono::seconds(count));
    case 'm': return Duration(std::chrono::minutes(count));
    case 'h': return Duration(std::chrono::hours(count));
    case 'd':
        if (count <= mostDays)
            return Duration(std::chrono::hours(24 * count));
        [[fallthrough]];
    default: return fail(ErrorCode::Invalid, "not a duration (unit s, m, h or d): '" + std::string(text) + "'");
    }
}

} // namespace cordon
