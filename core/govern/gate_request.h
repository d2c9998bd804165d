#pragma once

#include "core/domain/mandate.h"
#include "core/domain/target_facts.h"
#include "core/govern/truth.h"
#include "core/govern/usage_counters.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cordon::govern {

/// What is known about the mandate's force, beside its content.
struct MandateStatus
{
    Truth isSigned = Truth::Unknown;      ///< enough owners signed exactly this digest
    std::int64_t newestSeenRevision = -1; ///< highest revision the ledger has seen; -1 when none
};

/// The one connector the action is for.
struct ConnectorFacts
{
    std::string name;
    std::string tenant;
    std::string environment;
    bool isExercise = false;
};

/// The agent session in which the action is asked for.
struct SessionState
{
    std::string id;
    std::string incident;
    Truth isOpen = Truth::Unknown;
    Truth hasHeartbeat = Truth::Unknown; ///< the dead-man timer has not run out
    Timestamp opened;                    ///< case clock
    Timestamp lastActive;                ///< case clock
    bool isWaitingForPeople = false;     ///< then it is never idle
    int actionsUsed = 0;                 ///< of tier T1 and above
    int openSessions = 1;                ///< of this agent, this one included
};

enum class StopState { Running, ObserveOnly, Halted, Unreadable };
[[nodiscard]] std::string_view toString(StopState state); ///< "running", "observe_only", "halted", "unreadable"

/// The ledger as it stands when the action is judged.
struct LedgerState
{
    Truth isOpen = Truth::Unknown;
    Truth isVerified = Truth::Unknown;
    Truth isWritable = Truth::Unknown;
};

/// How an entity belongs to the incident.
struct Membership
{
    EntityRef entity;
    bool isMember = false;
    int independentSources = 0;       ///< that support its misuse; 0: existence only
    bool isSimulated = false;         ///< one of them was an exercise tenant: counts only in an exercise
    bool isConfirmedByPerson = false; ///< recorded confirmation of scope
};

/// What makes T1 fit for an identity (docs/formats/verbs.md): for the least supported target of the action.
struct IncidentConditions
{
    int distinctTechniques = 0;
    bool hasMeasuredRarity = false;
    std::optional<Timestamp> newestSupportingEvent; ///< absent: unknown
    int verifiedScopeSize = 0;
};

/// An approval that the desk accepted, as the gate sees it.
struct AcceptedApproval
{
    std::string actionDigest;
    Tier tier = Tier::T0;
    bool isApproved = false;
    std::string approver;
    std::string key; ///< public key, text form
    std::vector<std::string> roles;
    std::vector<std::string> factors;
    Timestamp signedAt; ///< case clock, when the desk accepted it
};

/// A changing action of this incident that is done and verified, for sequence forbids.
struct DoneAction
{
    std::string verb;
    EntityRef target;
};

/// Everything the gate judges by. Values only; the gate asks nobody.
struct GateRequest
{
    Action action;
    /// Null: no mandate, everything is denied. Shared because it is immutable and large beside the rest.
    std::shared_ptr<const Mandate> mandate;
    MandateStatus mandateStatus;
    std::string agentId;
    std::string agentKey;
    std::vector<std::string> selfIds; ///< ids and names of the agent's own identity, credentials, keys at providers
    std::vector<std::string> protectedIds; ///< ledger, case and mandate, wherever they have an id
    ConnectorFacts connector;
    SessionState session;
    StopState stops = StopState::Unreadable;
    LedgerState ledger;
    Truth isClockSane = Truth::Unknown;
    bool needsReauthentication = false; ///< after a reboot or clock rollback: only T0
    Truth hasPassedSelfTest = Truth::Unknown;
    std::vector<TargetFacts> facts;  ///< of targets and of entities that params name; absent: unknown
    std::vector<Membership> members; ///< of targets; absent: not a member
    IncidentConditions incident;
    UsageCounters usage;
    std::optional<int> accountPopulation; ///< accounts the inventory knows
    std::map<std::string, Truth> prechecks;
    std::vector<AcceptedApproval> approvals;
    std::string requester;                      ///< person who asked, or ""
    std::vector<std::string> excludedApprovers; ///< persons who edited playbook or mandate in this session
    Tier leastTier = Tier::T0; ///< no lower than this, says who proposed the step: a playbook, or that an assistant wrote it
    bool isDialogOpen = false;                  ///< an approval was already asked for this digest
    std::vector<DoneAction> done;
    Timestamp now;            ///< case clock
    std::string permitSerial; ///< 32 random hex digits, used only on allow

    [[nodiscard]] const TargetFacts* factsOf(const EntityRef& entity) const;
    [[nodiscard]] const Membership* membershipOf(const EntityRef& entity) const;
};

} // namespace cordon::govern
