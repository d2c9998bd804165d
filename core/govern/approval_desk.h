#pragma once

#include "core/crypto/signing_key.h"
#include "core/domain/approval.h"
#include "core/domain/ledger_entry.h"
#include "core/govern/approval_render.h"
#include "core/govern/fatigue_watch.h"
#include "core/govern/gate_request.h"
#include "core/govern/people.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cordon::govern {

/// What to ask people for.
struct AskInput
{
    Action action;
    Decision decision; ///< a hold that misses "approval"
    FrozenFacts facts;
    std::string caseName;
    std::string step;
    std::string environment;
    bool isExercise = false;
    std::string requester; ///< person who asked, or ""
    std::vector<std::string> excludedApprovers;
    bool hasNewEvidence = false; ///< since a denial of the same action and target
};

/// The clocks and the ledger as they stand.
struct DeskContext
{
    Timestamp now;            ///< case clock
    Timestamp wall;           ///< machine
    Timestamp lastLedgerTime; ///< machine time of the newest ledger entry
    std::string bootId;
    std::int64_t monoNanos = 0;
    std::int64_t ledgerSize = 0;
    std::string ledgerRoot;
    std::string ledgerOrigin;
};

enum class RequestState { Pending, Approved, Denied, Expired, Void, Consumed };
[[nodiscard]] std::string_view toString(RequestState state); ///< "pending"…

/// A request and what became of it; kept for ever.
struct DeskRequest
{
    ApprovalRequest request;
    std::vector<std::string> excludedApprovers;
    RequestState state = RequestState::Pending;
    std::string why;                        ///< reason code of a void
    std::vector<Approval> approvals;        ///< accepted ones, the denial included
    std::vector<AcceptedApproval> accepted; ///< the same as the gate sees them
    std::set<std::string> usedNonces;
    int escalation = 0; ///< how far up people were told that it waits
    Timestamp closed;
};

/// What came of a reply. `reason` is a stable code of docs/formats/approval.md, "" when it was accepted.
struct DeskAnswer
{
    bool isAccepted = false;
    std::string reason;
    std::string detail;
    std::string request;     ///< AR-0001, when it could be found
    bool isComplete = false; ///< enough people approved
    bool isDenied = false;
    bool isAgentPaused = false; ///< the person asked for it with the denial
    std::optional<Fatigue> fatigue; ///< this decision begins a stretch that the owner should know of
    Value event;                ///< for the ledger, under `data.desk`; null when refused
};

/// Verb, place and targets of an action: what may not be proposed again soon after a denial.
[[nodiscard]] std::string deskSubject(const Action& action);

/// Makes approval requests and judges the replies. Belongs to the engine thread. Every change returns an event that the
/// caller writes to the ledger under `data.desk` before acting on it; `apply` takes it in again after a restart.
/// Source: docs/formats/approval.md
class ApprovalDesk
{
public:
    ApprovalDesk(std::string agentId, crypto::PublicKey agentKey);

    struct Asked
    {
        ApprovalRequest request;
        Value event;
    };
    /// ErrorCode::Denied with the reason code first: "denied_final" (this digest was denied), "denied_recently" (same
    /// action and targets within 15 minutes), ErrorCode::Conflict "already_pending", Invalid when nothing is to be
    /// asked.
    [[nodiscard]] Result<Asked> ask(const AskInput& input, const DeskContext& context);
    [[nodiscard]] DeskAnswer accept(std::string_view replyText, const PeopleDirectory& people,
                                    const DeskContext& context);

    /// Approvals of that digest for the gate: of requests still pending or approved, in time, not consumed.
    [[nodiscard]] std::vector<AcceptedApproval> approvalsFor(const std::string& digest,
                                                             const DeskContext& context) const;
    /// Notes that people were told up to that level that the request waits.
    [[nodiscard]] Value escalated(const std::string& requestId, int level);
    /// Uses an approved request up, in the same durable step that issues the permit. Null when there is none.
    [[nodiscard]] Value consume(const std::string& digest, Timestamp now);
    /// Closes what has run out or cannot count any more (boot or clock changed). One event each.
    [[nodiscard]] std::vector<Value> sweep(const DeskContext& context);
    /// Voids open requests: all ("mandate_changed", "halted"), one ("facts_changed"), those for an entity ("membership_changed"), or those a
    /// person approved ("key_revoked").
    [[nodiscard]] std::vector<Value> voidAll(const std::string& why, Timestamp now);
    [[nodiscard]] std::vector<Value> voidSession(const std::string& session, const std::string& why, Timestamp now);
    [[nodiscard]] std::vector<Value> voidRequest(const std::string& request, const std::string& why, Timestamp now);
    [[nodiscard]] std::vector<Value> voidTarget(const EntityRef& target, const std::string& why, Timestamp now);
    [[nodiscard]] std::vector<Value> voidPerson(const std::string& person, const std::string& why, Timestamp now);

    /// Voids open requests with an approval that cannot be shown to be its person's: whoever could write into the ledger
    /// could have put it there ("signature_bad").
    [[nodiscard]] std::vector<Value> voidUnproven(const PeopleDirectory& people, Timestamp now);

    [[nodiscard]] Result<void> apply(const LedgerEntry& entry);
    [[nodiscard]] Result<void> applyEvent(const Value& desk);

    [[nodiscard]] const DeskRequest* find(const std::string& requestId) const;
    [[nodiscard]] const DeskRequest* openFor(const std::string& digest) const;
    [[nodiscard]] const std::map<std::string, DeskRequest>& all() const { return m_requests; }
    /// "" when an action may be asked for now, else "denied_final" or "denied_recently".
    [[nodiscard]] std::string whyNotAskable(const Action& action, const std::string& digest, Timestamp now,
                                            bool hasNewEvidence) const;

private:
    struct Denial
    {
        std::string digest;
        std::string subject; ///< verb and targets
        Timestamp at;
    };
    [[nodiscard]] DeskAnswer judge(const DeskRequest& held, const Approval& reply, std::string_view replyText,
                                   const PeopleDirectory& people, const DeskContext& context) const;
    /// The first member of the signed approval that differs from what the request froze, or "".
    [[nodiscard]] static std::string firstMismatch(const ApprovalRequest& request, const Approval& reply);
    [[nodiscard]] bool isProven(const DeskRequest& held, std::size_t at, const PeopleDirectory& people) const;
    /// Why the security key's part of a reply does not hold, or "".
    [[nodiscard]] std::string whyNotAsserted(const Approval& reply, const Person& person) const;
    void takeKey(const Approval& reply, AcceptedApproval& accepted);
    Result<void> applyAsked(const Value& desk);
    Result<void> applyGiven(const Value& desk);
    Value close(DeskRequest& held, RequestState state, const std::string& why, Timestamp now);

    std::string m_agentId;
    crypto::PublicKey m_agentKey;
    std::map<std::string, DeskRequest> m_requests;
    std::vector<Denial> m_denials;
    FatigueWatch m_fatigue;
    std::optional<Fatigue> m_newFatigue; ///< of the newest decision
    std::map<std::string, std::uint32_t> m_keyCounters; ///< of security keys, by credential
    int m_lastNumber = 0;
};

} // namespace cordon::govern
