#include "core/ingest/record_time.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace cordon::ingest {
namespace {

constexpr std::size_t dateLength = 10;

bool areDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Microseconds since 1970. A number of the year 2001 to 5138 in one unit is no sensible time in another.
Result<RecordTime> sinceEpoch(std::string_view whole, std::string_view fraction)
{
    constexpr std::int64_t leastMillis = 100'000'000'000;
    constexpr std::int64_t leastMicros = leastMillis * 1000;
    constexpr std::int64_t leastNanos = leastMicros * 1000;
    std::int64_t number = 0;
    if (std::from_chars(whole.data(), whole.data() + whole.size(), number).ec != std::errc())
        return fail(ErrorCode::Invalid, "not a time: too large a number");
    if (number >= leastNanos)
        return RecordTime{Timestamp::fromMicros(number / 1000), true};
    if (number >= leastMicros)
        return RecordTime{Timestamp::fromMicros(number), true};
    std::int64_t unit = number >= leastMillis ? 1000 : 1'000'000;
    std::int64_t micros = number * unit;
    for (const char digit : fraction) {
        unit /= 10;
        micros += unit * (digit - '0');
    }
    return RecordTime{Timestamp::fromMicros(micros), true};
}

} // namespace

Result<RecordTime> parseRecordTime(std::string_view text)
{
    const std::size_t dot = text.find('.');
    const std::string_view whole = text.substr(0, dot);
    const std::string_view fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    if (areDigits(whole) && (dot == std::string_view::npos || areDigits(fraction)))
        return sinceEpoch(whole, fraction);
    const std::size_t space = text.rfind(' ');
    std::string joined;
    if (space != std::string_view::npos && space + 1 < text.size() &&
        (text[space + 1] == '+' || text[space + 1] == '-')) {
        joined = std::string(text.substr(0, space)) + std::string(text.substr(space + 1));
        text = joined;
    }
    CORDON_TRY(const Timestamp moment, Timestamp::parse(text));
    return RecordTime{moment, text.find_first_of("Zz+-", dateLength) != std::string_view::npos};
}

} // namespace cordon::ingest
