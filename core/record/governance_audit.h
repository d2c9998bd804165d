#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/signed_acts.h"
#include "core/record/undo_audit.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cordon::record {

/// An entry that says something that cannot be true together with the entries before it.
struct GovernanceProblem
{
    std::int64_t seq = 0;
    std::string what;
};

/// Reads the entries in order and checks, from the ledger alone, that acts follow decisions and approvals.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
class GovernanceAudit
{
public:
    /// Makes the text that approvers saw again from a request's content.
    using RenderAgain = std::function<Result<std::string>(const Value& request)>;
    explicit GovernanceAudit(RenderAgain renderAgain = {}, std::optional<KnownPeople> people = {})
        : m_renderAgain(std::move(renderAgain))
        , m_acts(std::move(people))
    {}
    /// @param roots  up to this entry; nothing where the entries before it are not there
    void add(const LedgerEntry& entry, const PastRoots* roots = nullptr);

    struct Counts
    {
        int decisions = 0;
        int autonomous = 0; ///< allowed without a person
        int approved = 0;   ///< allowed after approvals, or asked for by a person (undo)
        int held = 0;
        int denied = 0;
        int unexplained = 0;    ///< without deciding clauses
        int outOfMandate = 0;   ///< intended without an allowing decision before it
        int unapproved = 0;     ///< intended at T2 or above without the approvals that were asked for
        int approvals = 0;      ///< given, used or not
        int denials = 0;        ///< of requests, by people
        int approvalsUsed = 0;  ///< of requests that an intended action used up
        int approvalsBound = 0; ///< of these: for exactly the digest that was executed
        int signaturesChecked = 0;
        int unknownSigners = 0; ///< of these: whose key it was nobody here can tell
        int renders = 0;
        int rendersReproduced = 0;
        int nonceReuse = 0;
        int intended = 0;
        int verified = 0;
        int failed = 0;
        int unknown = 0;
        std::vector<std::int64_t> open; ///< intended without an outcome
        std::vector<std::int64_t> unknownAt;
        CustodyAudit::Counts custody;
    };
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] const std::vector<GovernanceProblem>& problems() const { return m_problems; }

private:
    struct Request
    {
        std::string actionDigest;
        std::set<std::string> nonces;
        std::set<std::string> approvers; ///< keys of those who approved so far: one key under two names is one approver
        std::string incident;
        std::string requester;
        std::string issued; ///< as the entries have times; approvals lie between it and `approveBy`
        std::string approveBy;
        std::string tier;
        std::int64_t needed = 0;
        int given = 0;
        bool needsCommander = false;
        bool hasCommander = false; ///< a commander is among those who approved
        bool isUsed = false;
        bool isEnded = false; ///< denied, expired or made void
    };
    struct OpenAction
    {
        std::string permit;
        std::string digest;
        std::string step;
        Actor actor;
        bool isUndo = false;
    };
    [[nodiscard]] OpenAction takeOpen(std::int64_t number);
    [[nodiscard]] static std::string actionDigestOf(const Value& action);
    void decide(const LedgerEntry& entry);
    void endRequest(const LedgerEntry& entry);
    void settle(const LedgerEntry& entry);
    void undo(const LedgerEntry& entry, const std::string& digest);
    [[nodiscard]] std::string tierOf(const LedgerEntry& entry, const std::string& decided);
    void request(const LedgerEntry& entry);
    void approve(const LedgerEntry& entry, bool isTheirs);
    void intend(const LedgerEntry& entry);
    void useApprovals(const LedgerEntry& entry, const std::string& digest, const std::string& tier);
    void countApproval(const LedgerEntry& entry, Request& request);
    void end(const LedgerEntry& entry);
    void problem(const LedgerEntry& entry, std::string what);

    RenderAgain m_renderAgain;
    SignedActs m_acts;
    Counts m_counts;
    std::map<std::string, std::string> m_allowed; ///< action digests with the tier that was decided; one leave, one act
    UndoAudit m_undos;                            ///< what can be taken back, and by whom
    std::set<std::string> m_approved;          ///< action digests that a person approved
    std::map<std::string, Request> m_requests; ///< by id
    std::set<std::string> m_nonces;            ///< given
    std::set<std::string> m_permits;           ///< serials that were used
    std::map<std::int64_t, OpenAction> m_open; ///< acts without an outcome, by number
    std::map<std::pair<char, std::string>, std::set<std::int64_t>> m_openBy; ///< their numbers, by permit (p) and by digest (d)
    std::vector<GovernanceProblem> m_problems;
};

} // namespace cordon::record
