#pragma once

#include "core/base/result.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon {

/// A length of time in whole microseconds.
using Duration = std::chrono::microseconds;

/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z. Leap seconds are not counted (POSIX time).
class Timestamp
{
public:
    constexpr Timestamp() = default;
    [[nodiscard]] static constexpr Timestamp fromMicros(std::int64_t micros) { return Timestamp(micros); }

    /// Reads RFC 3339 / ISO 8601 date-times: `T` or one space between date and time, 0 to 9 fraction digits
    /// (finer than a microsecond is cut), `Z` or a numeric offset, or none, which is taken as UTC.
    /// @return ErrorCode::Invalid for anything else, including days that do not exist.
    [[nodiscard]] static Result<Timestamp> parse(std::string_view text);

    [[nodiscard]] constexpr std::int64_t micros() const { return m_micros; }
    /// `2026-11-22T12:06:42.001500Z`: always six fraction digits, always UTC.
    [[nodiscard]] std::string toString() const;

    constexpr auto operator<=>(const Timestamp&) const = default;
    constexpr Timestamp operator+(Duration d) const { return Timestamp(m_micros + d.count()); }
    constexpr Timestamp operator-(Duration d) const { return Timestamp(m_micros - d.count()); }
    constexpr Duration operator-(Timestamp other) const { return Duration(m_micros - other.m_micros); }

private:
    explicit constexpr Timestamp(std::int64_t micros) : m_micros(micros) {}
    std::int64_t m_micros = 0;
};

/// Reads `90d`, `4h`, `30m`, `45s` (a positive whole number and one unit). ErrorCode::Invalid otherwise.
[[nodiscard]] Result<Duration> parseDuration(std::string_view text);

} // namespace cordon
