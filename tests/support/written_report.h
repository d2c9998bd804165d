#pragma once

#include "core/engine/report_stream.h"

#include <sstream>

namespace cordon::test {

/// A whole report in one of the formats, as `cordonctl report` writes it.
inline std::string writtenReport(const Value& report, engine::ReportFormat format)
{
    std::ostringstream out;
    engine::ReportStream stream(format, out);
    const Value::Array& incidents = report["incidents"].asArray();
    stream.begin(report, static_cast<std::int64_t>(report["alerts"].asArray().size()),
                 static_cast<std::int64_t>(incidents.size()));
    for (const Value& alert : report["alerts"].asArray())
        stream.add(alert);
    for (const Value& incident : incidents)
        stream.addIncident(incident);
    stream.end();
    return std::move(out).str();
}

} // namespace cordon::test
