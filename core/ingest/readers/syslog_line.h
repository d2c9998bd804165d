#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cordon::ingest {

/// Year, month and so on of a time that lacks one of them.
struct SyslogTime
{
    std::string_view text;   ///< as written
    std::string date;        ///< `2026-11-22`, or `11-22` when the log writes no year
    std::string_view clock;  ///< `12:06:42.001`
    std::string_view zone;   ///< `Z`, `+01:00`; "" when the log writes none
};

/// The parts of one syslog message; borrowed from it but for what had to be unescaped.
struct SyslogLine
{
    struct Element
    {
        std::string_view id;
        std::vector<std::pair<std::string_view, std::string>> parameters;
    };

    int priority = -1; ///< facility * 8 + severity; -1 when not written
    std::optional<SyslogTime> time;
    std::string_view host; ///< "" when absent, as the others
    std::string_view program;
    std::string_view process;
    std::string_view messageId;
    std::vector<Element> data; ///< structured data
    std::string_view message;
};

/// Reads RFC 5424, and RFC 3164 in the ways in which it is written: with or without priority, with its own times, also
/// with a year, or with RFC 3339 times. Nothing when the line is neither. Source: RFC 5424 section 6, RFC 3164 section 4
[[nodiscard]] std::optional<SyslogLine> parseSyslogLine(std::string_view line);

/// Names of RFC 5424 tables 1 and 2, as rsyslog writes them: `authpriv`, `err`.
[[nodiscard]] std::string_view syslogFacility(int priority);
[[nodiscard]] std::string_view syslogSeverity(int priority);

} // namespace cordon::ingest
