#pragma once

#include "core/domain/alert.h"
#include "core/domain/approval.h"
#include "core/domain/event.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

/// One line of the queue.
struct IncidentRow
{
    IncidentId id;
    Text title;
    int risk = 0;
    Severity severity = Severity::Low;
    IncidentStatus status = IncidentStatus::Open;
    Timestamp firstSeen;
    Timestamp lastSeen;
    int alerts = 0;
    std::vector<std::string> products; ///< other products that raised some of them
    std::vector<EntityRef> leading;  ///< identities first, at most four
    int hidden = 0;                  ///< further members
    bool needsYou = false;           ///< a step waits for people
    bool isContainedByAgent = false; ///< at least one changing step verified by the agent
    std::string assignee;
};

/// Everything that Triage shows of one incident.
struct IncidentDetail
{
    Incident incident;
    std::vector<Alert> alerts;
    Brief brief;
    Plan plan;
    std::vector<std::pair<Timestamp, std::string>> notes; ///< text as typed, "user:analyst-a: …"
};

/// Which events a table or timeline shows.
struct EventFilter
{
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    std::optional<IncidentId> incident; ///< events of its alerts and of its members
    std::string entity;                 ///< EntityRef::key(), or ""
    std::string text;                   ///< part of action, actor name or address; "" = all
    bool onlyFailures = false;
};

/// A mark on the timeline that is no event: what agent and people did.
struct TimelineMark
{
    Timestamp time;   ///< case clock
    bool isPerson = false;
    std::string actor;
    Text text;
    std::int64_t ledgerSeq = 0;
    std::string incident;
};

struct LedgerRow
{
    std::int64_t seq = 0;
    Timestamp ts;
    Timestamp at;        ///< case clock
    std::string type;
    std::string actorKind;
    std::string actor;
    std::string incident;
    Text summary;
};

struct ApprovalRow
{
    std::string id;      ///< AR-0001
    std::string incident;
    std::string step;
    Text title;
    Tier tier = Tier::T2;
    std::string state;   ///< waiting, partly, approved, denied, expired, void, executed
    int given = 0;
    int needed = 0;
    std::vector<std::string> approvers; ///< hidden from a second T3 approver by the view that asks
    Timestamp issued;
    Timestamp approveBy;
    std::string requestText; ///< the signed text block to hand to the step-up program
};

struct SourceRow
{
    std::string file;
    std::string kind;    ///< field map that recognised it
    std::int64_t events = 0;
    std::int64_t rejected = 0;
    std::int64_t duplicates = 0;
    std::uint64_t bytes = 0;
    std::string evidence; ///< hex digest
    bool isWhole = true;
    Timestamp first;
    Timestamp last;
    bool isPiece = false; ///< of a followed file
    std::string zone = {};  ///< said at the import; "" when not told
    Duration clockOffset{}; ///< was added to every time
};

/// What comes from a followed folder or file in one format.
struct FollowedRow
{
    enum class State { Following, Reading, Quiet, Ended, Failed };
    std::string root;
    std::string kind; ///< as events name their source; "" while nothing is recognised
    std::int64_t files = 0;
    std::int64_t events = 0;
    std::int64_t rejected = 0;
    std::int64_t duplicates = 0;
    std::uint64_t bytes = 0;
    Timestamp first;
    Timestamp last;
    Timestamp arrived;            ///< machine time at which the last record came in
    std::optional<Duration> lag;  ///< how old the newest record was then
    State state = State::Following;
    std::string reason;           ///< for `Failed`: English
};

/// One line of the panels "can see", "can decide", "can change".
struct MandateRow
{
    std::string clause;
    Text text;
    std::string verdict; ///< auto, approve:1, approve:2, never, read
};

struct DecisionRow
{
    std::int64_t seq = 0;
    Timestamp at;
    Text title;
    std::string proposedBy; ///< playbook, person, assistant
    Effect effect = Effect::Deny;
    Tier tier = Tier::T4;
    std::vector<std::string> clauses;
    std::string incident;
};

/// What the Agent screen shows.
struct AgentPicture
{
    std::string id;        ///< nhi:…
    std::string owner;
    std::string deputy;
    std::string keyFingerprint;
    std::string mandateId;
    int mandateRevision = 0;
    std::string mandateDigest;
    int owners = 0;        ///< signatures found
    Timestamp validUntil;
    std::string environment;
    std::vector<MandateRow> see;
    std::vector<MandateRow> decide;
    std::vector<MandateRow> change;
    std::vector<MandateRow> forbid;
    std::vector<DecisionRow> decisions; ///< newest first, at most 200
    int refused = 0;
    int actionsUsed = 0;
    int actionsMost = 0;
    int identitiesTouched = 0;
    int identitiesMost = 0;
    int perWindowUsed = 0; ///< L1
    int perWindowMost = 0;
    std::optional<Timestamp> sessionUntil;
};

/// A person that may sign in here. In an exercise, PIN and TOTP secret are shown on the banner.
struct PersonRow
{
    std::string id;      ///< user:analyst-a
    std::string name;
    std::vector<std::string> roles;
    std::string pin;        ///< exercise only
    std::string totpSecret; ///< exercise only, base32
};

struct CaseSummary
{
    std::string name;
    bool isExercise = false;
    std::string origin;      ///< of the ledger
    std::string genesisKey;  ///< fingerprint
    std::int64_t events = 0;
    std::int64_t alerts = 0;
    std::int64_t rejected = 0;
    Timestamp first;
    Timestamp last;
    int rules = 0;
    int playbooks = 0;
    std::filesystem::path people;   ///< folder of the people of this case
    std::filesystem::path agentKey; ///< public key file that requests are signed with
};

/// Read-only look at a case, on a connection of its own; belongs to one thread. Safe beside a running engine.
class CaseReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<CaseReader>> open(const std::filesystem::path& folder);
    ~CaseReader();
    CaseReader(const CaseReader&) = delete;
    CaseReader& operator=(const CaseReader&) = delete;

    [[nodiscard]] Result<CaseSummary> summary();
    /// Queue, highest risk first.
    [[nodiscard]] Result<std::vector<IncidentRow>> incidents();
    [[nodiscard]] Result<IncidentDetail> incident(IncidentId id);
    [[nodiscard]] Result<std::int64_t> countEvents(const EventFilter& filter);
    /// A page in time order.
    [[nodiscard]] Result<std::vector<Event>> events(const EventFilter& filter, std::int64_t offset, int limit);
    [[nodiscard]] Result<Event> event(EventId id);
    /// The record's exact bytes out of evidence.
    [[nodiscard]] Result<std::string> eventBytes(EventId id);
    /// Counts of events in `buckets` equal spans of [from, to).
    [[nodiscard]] Result<std::vector<std::int64_t>> histogram(const EventFilter& filter, Timestamp from, Timestamp to,
                                                              int buckets);
    [[nodiscard]] Result<std::vector<TimelineMark>> marks(std::optional<IncidentId> incident);
    [[nodiscard]] Result<std::int64_t> countLedger();
    /// Newest first.
    [[nodiscard]] Result<std::vector<LedgerRow>> ledger(std::int64_t offset, int limit);
    /// One entry as pretty JSON.
    [[nodiscard]] Result<std::string> ledgerEntry(std::int64_t seq);
    [[nodiscard]] Result<std::vector<ApprovalRow>> approvals();
    [[nodiscard]] Result<std::vector<SourceRow>> sources();
    /// By root and kind; what is no longer followed too.
    [[nodiscard]] Result<std::vector<FollowedRow>> followed();
    [[nodiscard]] Result<std::vector<RejectedRecord>> rejected(std::int64_t offset, int limit);
    [[nodiscard]] Result<AgentPicture> agent();
    [[nodiscard]] Result<std::vector<PersonRow>> people();

private:
    struct State;
    explicit CaseReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cordon::engine
