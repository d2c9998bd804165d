#pragma once

#include "core/domain/alert.h"
#include "core/domain/event.h"
#include "core/value/value.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::engine {

/// What a report is made of. Source: docs/formats/report.md
struct ReportParts
{
    std::string caseName;
    bool isExercise = false;
    std::int64_t events = 0;
    std::int64_t duplicates = 0;
    std::vector<RejectedRecord> rejected;
    std::int64_t rejectedCount = 0; ///< may exceed `rejected`, which holds the first 1,000
    std::vector<Alert> alerts;
    /// A source of whose times a person said something at its import.
    struct Clock
    {
        std::string file;
        std::string zone; ///< "" when not told
        Duration offset{};
    };
    std::vector<Clock> clocks;
    Value stop;                     ///< who halted the agent, when and why; null while it goes on
    std::vector<Value> incidents;   ///< in the codec's shape, highest risk first
    std::int64_t ledgerEntries = 0;
    std::string ledgerRoot;         ///< hex
    std::int64_t checkpoints = 0;
    std::map<std::string, double> seconds; ///< by stage
};

/// What a report says beside its alerts and incidents: for ReportStream.
[[nodiscard]] Value reportHead(const ReportParts& parts);
/// The report as JSON, in the shape of docs/formats/report.md: as a whole, for cases that are known to be small.
[[nodiscard]] Value reportValue(ReportParts parts);

} // namespace cordon::engine
