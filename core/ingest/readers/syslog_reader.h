#pragma once

#include "core/base/time.h"
#include "core/ingest/readers/syslog_line.h"
#include "core/ingest/readers/text_source.h"

namespace cordon::ingest {

/// How the year of times that have none is told. Source: docs/formats/event.md, "syslog"
struct SyslogYear
{
    int first = 0;      ///< the year of the first such time; later ones follow on. 0: told by `notAfter`
    Timestamp notAfter; ///< such as the time at which the file was written last; a year goes back to before it
};

/// Reads syslog of both kinds, one message per line or counted by octets (RFC 6587), as JSON objects. Belongs to one
/// thread.
class SyslogReader final : public TextSource
{
public:
    explicit SyslogReader(SyslogYear year)
        : m_year(year)
    {}

protected:
    [[nodiscard]] bool step() override;

private:
    [[nodiscard]] std::optional<bool> stepCounted();
    void takeMessage(const Piece& piece);
    [[nodiscard]] std::string dateOf(const SyslogTime& time);

    SyslogYear m_year;
    std::string m_lastDay; ///< month and day of the time without year that was read last
};

} // namespace cordon::ingest
