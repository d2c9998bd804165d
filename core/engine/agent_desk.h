#pragma once

#include "core/act/queued_connector.h"
#include "core/act/connector_lines.h"
#include "core/base/clock.h"
#include "core/engine/incident_file.h"
#include "core/engine/heartbeat.h"
#include "core/engine/journal.h"
#include "core/engine/live_permits.h"
#include "core/govern/approval_desk.h"
#include "core/govern/gate_request.h"
#include "core/govern/kill_switch.h"
#include "core/govern/usage_counters.h"
#include "core/inventory/inventory.h"
#include "core/record/evidence_vault.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace cordon::engine {

/// What the response agent works with: its mandate, keys, counters, desk, the connectors of this case, and the record. Plain wiring, made once by the pipeline; belongs to the engine thread.
struct AgentDesk
{
    std::string agentId;
    const crypto::SigningKey* agentKey = nullptr;
    std::shared_ptr<const Mandate> mandate; ///< null: observe only
    bool isMandateSigned = false;
    std::function<bool()> isMandateCurrent; ///< null: it changes only where a person brings another
    std::int64_t newestSeenRevision = -1; ///< of any mandate that the ledger has seen in force
    bool isRecordProven = true; ///< false when its ledger says that people did what they did not sign
    std::string selfTestProblem = "not run"; ///< what the gate's self-test found; "" when everything answered as known
    govern::PeopleDirectory people;
    std::string caseName;

    act::ConnectorLines* lines = nullptr; ///< null: sequences are proposed, nothing is done
    std::shared_ptr<LivePermits> permits = std::make_shared<LivePermits>();
    const Heartbeat* heartbeat = nullptr;
    govern::KillSwitch* killSwitch = nullptr;
    const record::EvidenceVault* vault = nullptr;
    const inventory::Inventory* inventory = nullptr; ///< of imported lists
    Journal* journal = nullptr;
    CaseClock* clock = nullptr;
    const MachineClock* machine = nullptr;
    Timestamp logReaches; ///< the newest record that was read

    govern::UsageCounters usage;
    std::unique_ptr<govern::ApprovalDesk> approvals;
    int openSessions = 0;
    std::optional<int> mostSessions; ///< fewer at once than the mandate allows
    [[nodiscard]] bool mayOpenSession() const
    {
        return openSessions < mandate->session.concurrent && (!mostSessions || openSessions < *mostSessions);
    }
    /// The machine was restarted or its clock went back: only observing until somebody signs something.
    bool needsReauthentication = false;
    /// Who had a step asked for again, added or changed it, by step, oldest first: none of them approves it.
    std::map<std::string, std::vector<std::string>> askedBy;

    /// Changing actions that the ledger says were done and not taken back, by `actKey`: never done again.
    std::map<std::string, Outcome> done;
    /// Steps whose taking back was begun and whose answer was lost, as the ledger says: looked at until it is known.
    std::set<std::string> lostUndos;
    std::map<std::string, int> looksInVain; ///< at a step of which nobody knows how it ended, in this process
    std::map<std::string, int> rounds;      ///< of a loop that a step went through after its first, as the ledger says
    std::set<std::string> endedLoops;       ///< by incident and condition; in this process
    /// All that the ledger says: before it is read anew.
    void forgetPast();
    /// Verb, targets and params of an action: what makes it the same act, whatever session or mandate it ran under.
    [[nodiscard]] static std::string actKey(const Action& action);

    [[nodiscard]] bool canAct() const { return lines && mandate && approvals; }
    /// Reads through the line of the system that holds a thing; what that leaves open, imported lists may know.
    [[nodiscard]] Result<TargetFacts> inspect(const EntityRef& target, const std::stop_token& stop) const;
    /// Adds what imported lists know to what a connector answered.
    void complete(TargetFacts& facts) const;
    /// The line that an action names. ErrorCode::NotFound when there is none of that name.
    [[nodiscard]] Result<act::ConnectorLine*> lineOf(const Action& action) const;
    /// Clocks and ledger as the approval desk wants them.
    [[nodiscard]] govern::DeskContext context() const;
    /// A draft with the agent as actor and the incident's session filled in.
    [[nodiscard]] LedgerDraft draft(std::string type, const IncidentFile& file, Value data) const;
};

/// An entity's key as ledger entries list it: long ids, which a log can make up, are cut and told apart by a digest.
[[nodiscard]] std::string ledgerKey(const EntityRef& entity);

} // namespace cordon::engine
