#pragma once

#include "core/value/value.h"

#include <cstdint>
#include <map>
#include <ostream>
#include <string>

namespace cordon::engine {

enum class ReportFormat { Json, Text, Markdown };

/// Writes a report piece by piece: `begin`, every alert, every incident, `end`. Holds none of them but a line for each
/// alert where people read it: the pages of a thousand incidents are a hundred megabytes of JSON, and twenty times that as values.
/// Source: docs/formats/report.md
class ReportStream
{
public:
    /// @param out  outlives this
    ReportStream(ReportFormat format, std::ostream& out) : m_format(format), m_out(out) {}

    /// @param head  the report without its `alerts` and `incidents`
    void begin(Value head, std::int64_t alerts, std::int64_t incidents);
    void add(const Value& alert);
    /// After the last alert. In the codec's shape, highest risk first.
    void addIncident(const Value& incident);
    void end();

private:
    void endAlerts();
    void writeMembers(bool isBeforeIncidents);

    ReportFormat m_format;
    std::ostream& m_out;
    Value m_head;
    std::map<std::string, std::string> m_alerts; ///< a line each, for people; by id
    std::string m_waiting; ///< lines of steps that wait for people
    std::int64_t m_incidents = 0;
    bool m_hasAlert = false;
    bool m_areAlertsOver = false;
    bool m_hasIncident = false;
};

} // namespace cordon::engine
