#include "core/ingest/time_zone.h"

#include "core/platform/file.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace cordon::ingest {
namespace {

constexpr std::string_view zoneFolder = "/usr/share/zoneinfo/";
constexpr std::size_t headerSize = 44;
constexpr std::size_t mostChanges = 10'000;
constexpr std::size_t largestFile = 1U << 20U;

tl::unexpected<Error> broken(const std::string& what)
{
    return fail(ErrorCode::Invalid, "not a zone file: " + what);
}

std::int64_t bigEndian(std::string_view bytes, std::size_t at, std::size_t size)
{
    std::uint64_t value = (static_cast<unsigned char>(bytes[at]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
    return static_cast<std::int64_t>(value);
}

bool takeNumber(std::string_view& text, int& number)
{
    std::size_t digits = 0;
    number = 0;
    while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9')
        number = number * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    return digits > 0;
}

bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

/// `[+-]hh[:mm[:ss]]`
bool takeSpan(std::string_view& text, Duration& span)
{
    const bool isNegative = take(text, '-');
    if (!isNegative)
        take(text, '+');
    int hours = 0;
    int minutes = 0;
    int seconds = 0;
    if (!takeNumber(text, hours))
        return false;
    if (take(text, ':') && (!takeNumber(text, minutes) || (take(text, ':') && !takeNumber(text, seconds))))
        return false;
    span = std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
    span = isNegative ? -span : span;
    return true;
}

/// `CET`, `<+03>`
bool takeName(std::string_view& text)
{
    std::size_t end = 0;
    if (!text.empty() && text.front() == '<') {
        end = text.find('>');
        end = end == text.npos ? 0 : end + 1;
    } else {
        while (end < text.size() && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z'))
            ++end;
    }
    text.remove_prefix(end);
    return end >= 3;
}

bool isZoneName(std::string_view name)
{
    const bool isPlain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
               c == '-' || c == '+';
    });
    return isPlain && !name.empty() && name.size() <= 64 && name.front() != '/';
}

int yearOf(Timestamp moment)
{
    using namespace std::chrono;
    return static_cast<int>(year_month_day(floor<days>(sys_time<microseconds>(microseconds(moment.micros())))).year());
}

} // namespace

Result<TimeZone> TimeZone::named(std::string_view name)
{
    TimeZone zone;
    if (name == "UTC" || name == "Z")
        return zone;
    std::string_view rest = name;
    if (!name.empty() && (name.front() == '+' || name.front() == '-')) {
        if (!takeSpan(rest, zone.m_standard) || !rest.empty() || zone.m_standard > std::chrono::hours(15) ||
            zone.m_standard < -std::chrono::hours(15))
            return fail(ErrorCode::Invalid, "not a zone: '" + std::string(name) + "' (an offset is written +hh:mm)");
        zone.m_before = zone.m_standard;
        return zone;
    }
    if (!isZoneName(name))
        return fail(ErrorCode::Invalid,
                    "not a zone: '" + std::string(name.substr(0, 64)) + "' (such as Europe/Berlin, UTC or +02:00)");
    const auto bytes = platform::readFile(platform::Path(std::string(zoneFolder) + std::string(name)), largestFile);
    if (!bytes)
        return fail(ErrorCode::NotFound, "no such zone: '" + std::string(name) + "' (such as Europe/Berlin, UTC or +02:00)");
    auto made = fromFile(*bytes);
    if (!made)
        return fail(made.error().code, std::string(name) + ": " + made.error().detail);
    return made;
}

Result<TimeZone> TimeZone::fromFile(std::string_view bytes)
{
    if (bytes.size() < headerSize || bytes.substr(0, 4) != "TZif")
        return broken("no header");
    const auto countAt = [](std::string_view part, std::size_t i) {
        return static_cast<std::size_t>(std::max<std::int64_t>(0, bigEndian(part, 20 + 4 * i, 4)));
    };
    std::size_t timeSize = 4;
    const bool isLong = bytes[4] >= '2';
    for (int block = 0; block < (isLong ? 2 : 1); ++block) {
        if (block == 1)
            timeSize = 8;
        if (bytes.size() < headerSize || bytes.substr(0, 4) != "TZif")
            return broken("no second header");
        const std::size_t changes = countAt(bytes, 3);
        const std::size_t types = countAt(bytes, 4);
        if (changes > mostChanges || types == 0 || types > 256 || countAt(bytes, 5) > 4096 || countAt(bytes, 2) > 4096 ||
            countAt(bytes, 0) > 256 || countAt(bytes, 1) > 256)
            return broken("sizes");
        const std::size_t size = changes * (timeSize + 1) + types * 6 + countAt(bytes, 5) +
                                 countAt(bytes, 2) * (timeSize + 4) + countAt(bytes, 1) + countAt(bytes, 0);
        if (bytes.size() < headerSize + size)
            return broken("it ends early");
        const std::string_view body = bytes.substr(headerSize, size);
        bytes.remove_prefix(headerSize + size);
        if (isLong && block == 0)
            continue;
        TimeZone zone;
        const auto offsetOf = [&](std::size_t type) {
            return std::chrono::seconds(bigEndian(body, changes * (timeSize + 1) + type * 6, 4));
        };
        zone.m_before = offsetOf(0);
        zone.m_standard = zone.m_before;
        for (std::size_t i = 0; i < changes; ++i) {
            const auto type = static_cast<unsigned char>(body[changes * timeSize + i]);
            if (type >= types)
                return broken("a type that is not there");
            const std::int64_t at = bigEndian(body, i * timeSize, timeSize);
            if (at < -(std::int64_t{1} << 40) || at > (std::int64_t{1} << 40))
                continue; // beyond any log
            zone.m_changes.push_back({Timestamp::fromMicros(at * 1'000'000), offsetOf(type)});
            zone.m_standard = offsetOf(type);
        }
        if (isLong && bytes.size() >= 2)
            CORDON_CHECK(zone.readFooter(bytes.substr(1, bytes.find('\n', 1) - 1)));
        return zone;
    }
    return broken("no data");
}

/// The rule for the time behind the last change: `CET-1CEST,M3.5.0,M10.5.0/3`. Source: POSIX.1-2017 section 8.3, TZ
Result<void> TimeZone::readFooter(std::string_view rule)
{
    std::string_view rest = rule;
    Duration west{};
    if (rule.empty())
        return {};
    if (!takeName(rest) || !takeSpan(rest, west))
        return broken("its rule '" + std::string(rule.substr(0, 64)) + "'");
    m_standard = -west;
    if (rest.empty())
        return {};
    m_summer = m_standard + std::chrono::hours(1);
    if (!takeName(rest))
        return broken("its rule '" + std::string(rule.substr(0, 64)) + "'");
    if (!rest.empty() && rest.front() != ',') {
        if (!takeSpan(rest, west))
            return broken("its rule '" + std::string(rule.substr(0, 64)) + "'");
        m_summer = -west;
    }
    m_hasSummer = take(rest, ',') && takeYearDay(rest, m_summerFrom) && take(rest, ',') && takeYearDay(rest, m_summerTo) &&
                  rest.empty();
    return m_hasSummer ? Result<void>() : broken("its rule '" + std::string(rule.substr(0, 64)) + "'");
}

bool TimeZone::takeYearDay(std::string_view& text, YearDay& day)
{
    int month = 0;
    int week = 0;
    int weekday = 0;
    if (!take(text, 'M') || !takeNumber(text, month) || !take(text, '.') || !takeNumber(text, week) ||
        !take(text, '.') || !takeNumber(text, weekday) || month < 1 || month > 12 || week < 1 || week > 5 || weekday > 6)
        return false;
    day.month = static_cast<unsigned>(month);
    day.week = static_cast<unsigned>(week);
    day.weekday = static_cast<unsigned>(weekday);
    return !take(text, '/') || takeSpan(text, day.time);
}

Timestamp TimeZone::momentIn(int inYear, const YearDay& day, Duration offsetBefore)
{
    using namespace std::chrono;
    const year_month_weekday nth{year(inYear), month(day.month), weekday(day.weekday)[day.week]};
    const sys_days date = day.week == 5
                              ? sys_days(year(inYear) / month(day.month) / weekday(day.weekday)[last])
                              : sys_days(nth);
    return Timestamp::fromMicros(duration_cast<microseconds>(date.time_since_epoch()).count()) + day.time - offsetBefore;
}

Duration TimeZone::offsetAt(Timestamp utc) const
{
    const auto next = std::upper_bound(m_changes.begin(), m_changes.end(), utc,
                                       [](Timestamp moment, const Change& change) { return moment < change.at; });
    if (next != m_changes.end() || (m_changes.empty() && !m_hasSummer))
        return next == m_changes.begin() ? m_before : std::prev(next)->offset;
    if (!m_hasSummer)
        return m_standard;
    const int year = yearOf(utc + m_standard);
    const Timestamp from = momentIn(year, m_summerFrom, m_standard);
    const Timestamp to = momentIn(year, m_summerTo, m_summer);
    const bool isSummer = from < to ? utc >= from && utc < to : utc >= from || utc < to;
    return isSummer ? m_summer : m_standard;
}

Timestamp TimeZone::utcOf(Timestamp reading) const
{
    constexpr Duration day = std::chrono::hours(24);
    const Duration before = offsetAt(reading - day);
    const Duration after = offsetAt(reading + day);
    if (offsetAt(reading - before) == before || offsetAt(reading - after) != after)
        return reading - before;
    return reading - after;
}

} // namespace cordon::ingest
