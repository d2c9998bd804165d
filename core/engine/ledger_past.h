#pragma once

#include "core/engine/agent_desk.h"
#include "core/engine/case_state.h"
#include "core/engine/unproven_acts.h"
#include "core/govern/signed_command.h"

#include <filesystem>
#include <map>
#include <set>

namespace cordon::engine {

/// An action that was begun and has no outcome in the ledger: what a crash leaves behind.
struct OpenAct
{
    std::string incident;
    std::string step;
    std::string permit;
    bool isUndo = false;
    std::string digest; ///< of the action
    Value action;
    Value wayBack; ///< what taking it back needs, as it was told before; null when nobody could tell
};

/// What the ledger says beyond the saved incidents.
struct LedgerPast
{
    std::vector<OpenAct> open;
    std::map<std::string, std::string> requestTexts; ///< AR-0001 to signed text block
    Value mandate;               ///< data of the newest mandate.in_force; null when there is none
    Value firstMandate;          ///< data of the first: the one that the exercise was made with
    govern::SeenCommands commands; ///< that people signed
    std::map<std::string, std::string> joined; ///< people of the installation in this exercise, and their keys
    std::map<std::string, int> wrongTries; ///< at a person's factors, as told last
    std::string haltId;           ///< of the newest halt, "" when the case went on since
    bool isHaltOwn = false;       ///< of the case alone, not of the installation
    Timestamp haltNoted;          ///< machine time
    int openSessions = 0;
    Timestamp lastTime;   ///< machine time of the newest entry
    std::string lastBoot; ///< boot id of the newest entry, "" when there is none
    std::int64_t lastMono = 0; ///< the machine's running time at it, ns
    bool isClockDistrusted = false; ///< and nobody has signed in since
    Timestamp lastAt;     ///< case clock of the newest entry
};

/// Reads the ledger from its start; what people are said to have done and did not sign is left out. Counters, approvals and acts done go into `desk` (whose approval desk may be null).
/// The files come from an index that anybody could have edited or that lags behind: what matters for acting (sessions,
/// verified and confirmed members, what was done, taken back, skipped) is forgotten there and taken from the ledger.
/// @param gone  incidents that went into others: the same is forgotten of them and taken
[[nodiscard]] Result<LedgerPast> readPast(const std::filesystem::path& caseFolder, AgentDesk& desk, IncidentFiles& files,
                                          std::map<IncidentId, Absorbed>& gone, const UnprovenActs& unproven);

/// Adds what an entry says of a signed command, so that it is not taken again after a restart either.
void rememberCommand(govern::SeenCommands& seen, const LedgerEntry& entry);

} // namespace cordon::engine
