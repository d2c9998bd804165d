#include "core/engine/report.h"

#include "core/engine/codec.h"

#include <utility>

namespace cordon::engine {
Value reportHead(const ReportParts& parts)
{
    Value::Array rejected;
    for (const RejectedRecord& record : parts.rejected) {
        rejected.push_back(Value::Object{{"file", record.file},
                                         {"offset", static_cast<std::int64_t>(record.offset)},
                                         {"length", static_cast<std::int64_t>(record.length)},
                                         {"reason", record.reason}});
    }
    Value::Array clocks;
    for (const ReportParts::Clock& clock : parts.clocks)
        clocks.push_back(Value::Object{
            {"file", clock.file}, {"zone", clock.zone}, {"clock_offset_us", std::int64_t{clock.offset.count()}}});
    Value::Object seconds;
    for (const auto& [stage, duration] : parts.seconds)
        seconds.emplace(stage, duration);
    Value head = Value::Object{
        {"case", parts.caseName},
        {"exercise", parts.isExercise},
        {"events", parts.events},
        {"duplicates", parts.duplicates},
        {"rejected", parts.rejectedCount},
        {"rejected_records", std::move(rejected)},
        {"clocks", std::move(clocks)},
        {"ledger", Value::Object{{"entries", parts.ledgerEntries},
                                 {"root", parts.ledgerRoot},
                                 {"checkpoints", parts.checkpoints}}},
        {"seconds", std::move(seconds)},
    };
    if (!parts.stop.isNull())
        head.set("agent_stopped", parts.stop);
    return head;
}

Value reportValue(ReportParts parts)
{
    Value report = reportHead(parts);
    Value::Array alerts;
    for (const Alert& alert : parts.alerts)
        alerts.push_back(codec::toValue(alert));
    report.set("alerts", std::move(alerts));
    report.set("incidents", std::move(parts.incidents));
    return report;
}

} // namespace cordon::engine
