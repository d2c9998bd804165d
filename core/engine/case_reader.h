#pragma once

#include "core/domain/alert.h"
#include "core/domain/approval.h"
#include "core/domain/closing.h"
#include "core/domain/event.h"
#include "core/domain/finding.h"
#include "core/domain/incident.h"
#include "core/domain/plan.h"
#include "core/engine/arrangement_row.h"
#include "core/engine/list_picture.h"
#include "core/engine/system_state.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
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
    std::vector<Alert> alerts; ///< the first 1,000, so that a flood opens as fast as anything; the incident counts all
    Brief brief;
    Plan plan;
    std::vector<std::pair<Timestamp, std::string>> notes; ///< text as typed, "user:analyst-a: …"
    std::optional<Closing> closing; ///< set while it is closed
    bool isSessionPaused = false; ///< the agent's session waits until somebody looked at what failed
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

/// One thing that happened to a request, as the ledger has it.
struct ApprovalAct
{
    std::int64_t seq = 0;
    Timestamp at;                     ///< case clock
    std::string what;                 ///< requested, granted, denied, refused, expired, void, consumed
    std::string who;                  ///< person, or "" for agent and engine
    std::vector<std::string> factors; ///< that the person used
    std::string reason;               ///< as typed by the person, or a code
    std::int64_t tookMillis = -1;     ///< from the moment all was shown to the decision; -1: not measured
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
    std::string digest = {}; ///< of the action, hex
    std::string code = {};   ///< short code of the digest, as people compare it aloud
    std::string verb = {};
    std::vector<ApprovalAct> acts = {}; ///< oldest first
    int slot = 1; ///< place on which the next approver answers
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

/// One line of an object's chain of custody.
struct CustodyRow
{
    std::int64_t seq = 0;
    Timestamp at;
    std::string what; ///< collected, exhibit, held, released, transferred, received, erased
    std::string who;
    std::string to;
    std::string from;
    std::string purpose;
    std::string method;
    std::string tool;
};

/// One object of the evidence vault.
struct EvidenceRow
{
    std::string digest;
    std::string kind;   ///< log, packed, snapshot, preserved_state, exhibit, detection
    std::string number; ///< EX-0001; "" for what is no exhibit
    std::string name;
    std::string parent; ///< digest of what it was made of; ""
    std::uint64_t size = 0;
    bool isWhole = true;
    bool isHeld = false;
    bool isEncrypted = false;
    bool isErased = false;
    std::string holder;
    std::string transfer;   ///< TR-0001 while it is on its way to somebody; ""
    std::string transferTo; ///< who that is, such as user:commander-b
    std::string receipt; ///< the whole as plain text
    std::vector<CustodyRow> acts;
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

/// A session of the agent, by the ledger.
struct SessionRow
{
    std::string id;
    std::string incident;
    Timestamp opened;             ///< case clock
    std::optional<Timestamp> closed;
    int actions = 0;              ///< begun, of tier T1 and above
    std::int64_t seq = 0;         ///< of its opening
};

/// A control of a framework and what shows in this case that it is met.
struct ControlRow
{
    std::string framework;        ///< OWASP ASI
    std::string id;               ///< ASI02
    std::string title;            ///< as the framework has it
    Text metBy;
    int entries = 0;              ///< of the ledger that show it at work
    std::int64_t newest = -1;     ///< the newest of them; -1 when there is none
    std::set<std::string> clauses = {}; ///< that decided in them
};

/// What the ledger says about the agent, beside its decisions.
struct AgentRecord
{
    std::vector<SessionRow> sessions; ///< newest first
    std::vector<ControlRow> controls;
};

/// A broken rule of a mandate's text.
struct MandateFault
{
    int line = 0;
    std::string rule;
    std::string reason; ///< English
};

/// A past decision, judged again.
struct RejudgedRow
{
    std::int64_t seq = 0;
    Timestamp at;
    Text title;
    std::string incident;
    Decision was = {};
    std::optional<Decision> would = {};
    std::string why = {};       ///< not judged again because: not_recorded, not_readable, not_reproduced
    bool isDifferent = false;
};

/// What an edited mandate's text would have meant for the past decisions of a case.
struct MandateTrial
{
    bool isWhole = false;       ///< no loader rule is broken; otherwise there are no decisions
    std::vector<MandateFault> problems;
    std::string id;
    int revision = 0;
    std::string digest;
    std::vector<RejudgedRow> decisions; ///< newest first, at most 1,000
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
    bool isOfInstallation = false; ///< their vault is the installation's, not the exercise's
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
    [[nodiscard]] Result<std::vector<IncidentId>> incidentIds();
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
    /// All evidence with its chain of custody, as the ledger tells.
    [[nodiscard]] Result<std::vector<EvidenceRow>> evidence();
    /// Puts a file's bytes into the vault, for a person to sign for them. @return their SHA-256, hex
    [[nodiscard]] Result<std::string> sealFile(const std::filesystem::path& file);
    /// Writes a copy of an object's bytes to a new file, after checking every byte.
    [[nodiscard]] Result<void> exportEvidence(const std::string& digest, const std::filesystem::path& file);
    /// Imported lists, and what the agent cannot touch for want of facts.
    [[nodiscard]] Result<ListPicture> lists();
    /// How people arranged incidents, oldest first; what was taken back too.
    [[nodiscard]] Result<std::vector<ArrangementRow>> arrangements();
    /// By root and kind; what is no longer followed too.
    [[nodiscard]] Result<std::vector<FollowedRow>> followed();
    [[nodiscard]] Result<std::vector<RejectedRecord>> rejected(std::int64_t offset, int limit);
    /// The real systems that it was connected to last, as the ledger has them; none in other cases.
    [[nodiscard]] Result<std::vector<SystemState>> systems();
    [[nodiscard]] Result<AgentPicture> agent();
    [[nodiscard]] Result<AgentRecord> agentRecord();
    /// The mandate in force as its owners signed it. ErrorCode::NotFound when there is none.
    [[nodiscard]] Result<std::string> mandateText();
    /// Reads the text by every loader rule but the signatures, and judges past decisions again under it.
    [[nodiscard]] Result<MandateTrial> tryMandate(const std::string& text);
    [[nodiscard]] Result<std::vector<PersonRow>> people();
    /// What the holder's ledger says of a refused inbox file. ErrorCode::NotFound when it says nothing.
    [[nodiscard]] Result<std::string> whyRefused(const std::string& inboxFile);

private:
    struct State;
    explicit CaseReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace cordon::engine
