#pragma once

#include "core/crypto/signing_key.h"
#include "core/domain/ledger_entry.h"
#include "core/record/custody_audit.h"

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
        , m_custody(std::move(people))
    {}
    void add(const LedgerEntry& entry);

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
        int approvalsUsed = 0;  ///< of requests that an intended action used up
        int approvalsBound = 0; ///< of these: for exactly the digest that was executed
        int signaturesChecked = 0;
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
        std::string renderDigest;
        std::set<std::string> nonces;
        std::set<std::string> approvers; ///< who approved so far
        std::int64_t needed = 0;
        int given = 0;
        bool isUsed = false;
    };
    struct OpenAction
    {
        std::string permit;
        std::string digest;
        std::int64_t seq = 0;
    };
    void takeMandate(const LedgerEntry& entry);
    void join(const LedgerEntry& entry);
    void leave(const LedgerEntry& entry);
    void decide(const LedgerEntry& entry);
    void request(const LedgerEntry& entry);
    void approve(const LedgerEntry& entry);
    void checkSignature(const LedgerEntry& entry);
    void intend(const LedgerEntry& entry);
    void useApprovals(const LedgerEntry& entry, const std::string& digest);
    void end(const LedgerEntry& entry);
    void problem(const LedgerEntry& entry, std::string what);

    RenderAgain m_renderAgain;
    CustodyAudit m_custody;
    Counts m_counts;
    std::optional<crypto::PublicKey> m_agentKey;
    std::map<std::string, crypto::PublicKey> m_people; ///< in force, those who joined among them
    std::map<std::string, crypto::PublicKey> m_joined; ///< no mandate names them, and none sends them away
    std::set<std::string> m_allowed;           ///< action digests
    std::set<std::string> m_approved;          ///< action digests that a person approved
    std::map<std::string, Request> m_requests; ///< by id
    std::set<std::string> m_nonces;            ///< given
    std::set<std::string> m_permits;           ///< serials that were used
    std::vector<OpenAction> m_open;
    std::vector<GovernanceProblem> m_problems;
};

} // namespace cordon::record
