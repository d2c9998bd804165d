#pragma once

#include "core/engine/report_stream.h"
#include "core/record/case_queries.h"
#include "core/value/value.h"

#include <filesystem>
#include <map>
#include <string>

namespace cordon::engine {

/// What only the run that reports knows.
struct RunFacts
{
    std::map<std::string, double> seconds; ///< by stage
    std::int64_t duplicates = 0;
};

struct ReportWish
{
    ReportFormat format = ReportFormat::Text;
    std::string incident; ///< INC-0001: of the incidents only this one. "" for all
    std::filesystem::path home{}; ///< $CORDON_HOME, to say that the agent is halted; "" says nothing of it
};

/// Writes the report of a case as it stands, read-only and safe beside a running engine, an alert or an incident at a time.
/// Source: docs/formats/report.md
[[nodiscard]] Result<void> writeCaseReport(const std::filesystem::path& folder, record::CaseQueries& queries,
                                           const ReportWish& wish, std::ostream& out, RunFacts facts = {});
/// The same with a connection of its own.
/// ErrorCode::NotFound, before anything is written, when the folder is no case or has no such incident.
[[nodiscard]] Result<void> writeCaseReport(const std::filesystem::path& folder, const ReportWish& wish,
                                           std::ostream& out);
/// All of it as one value, for a case that is known to be small.
[[nodiscard]] Result<Value> caseReport(const std::filesystem::path& folder, record::CaseQueries& queries,
                                       RunFacts facts = {});
[[nodiscard]] Result<Value> caseReport(const std::filesystem::path& folder);

} // namespace cordon::engine
