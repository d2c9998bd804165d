#pragma once

#include "core/engine/agent_desk.h"
#include "core/engine/incident_file.h"
#include "core/record/case_folder.h"

#include <map>

namespace cordon::engine {

using IncidentFiles = std::map<IncidentId, IncidentFile>;

/// Writes one incident with everything that a reopened case needs, and what screens list of it.
[[nodiscard]] Result<void> saveIncident(record::CaseStore& store, const IncidentFile& file);
/// Every incident of the case as it was saved last.
[[nodiscard]] Result<IncidentFiles> loadIncidents(record::CaseStore& store);

/// An action that was begun and has no outcome in the ledger: what a crash leaves behind.
struct OpenAct
{
    std::string incident;
    std::string step;
    std::string permit;
};

/// What the ledger says beyond the saved incidents.
struct LedgerPast
{
    std::vector<OpenAct> open;
    std::map<std::string, std::string> requestTexts; ///< AR-0001 to signed text block
    int openSessions = 0;
    Timestamp lastTime;   ///< machine time of the newest entry
    Timestamp lastAt;     ///< case clock of the newest entry
};

/// Reads the ledger from its start: counters and approvals go into `desk` (whose approval desk may be null), sessions,
/// outcomes and ended acts into the files, which may lag behind the ledger after a crash.
[[nodiscard]] Result<LedgerPast> readPast(const std::filesystem::path& caseFolder, AgentDesk& desk,
                                          IncidentFiles& files);

} // namespace cordon::engine
