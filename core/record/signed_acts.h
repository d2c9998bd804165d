#pragma once

#include "core/record/approval_match.h"
#include "core/record/custody_audit.h"
#include "core/record/entry_times.h"
#include "core/record/order_audit.h"
#include "core/record/past_roots.h"
#include "core/record/people_in_force.h"

namespace cordon::record {

/// Reads a ledger in order and tells which entries say that a person did something which that person did not sign: an auditor
/// reports them, an engine does not obey them. Source: docs/formats/ledger.md, "What the auditor asks of entries"
class SignedActs
{
public:
    explicit SignedActs(std::optional<KnownPeople> known = {});
    /// @param roots  up to this entry; nothing where the entries before it are not there: heads are not compared then
    /// @return what is wrong with the entry, "" when it holds or is no such act
    [[nodiscard]] std::string add(const LedgerEntry& entry, const PastRoots* roots = nullptr);

    [[nodiscard]] const PeopleInForce& people() const { return m_people; }
    [[nodiscard]] const CustodyAudit::Counts& custody() const { return m_custody.counts(); }
    [[nodiscard]] std::vector<OrderAudit::Open> openOrders() const { return m_orders.open(); }
    /// Checked and good, but for those of evidence, which `custody` counts.
    [[nodiscard]] int signatures() const { return m_signatures + m_people.signatures() + m_orders.signatures(); }
    /// Whose key it was, or who its owners were, nobody here can tell.
    [[nodiscard]] int unknown() const { return m_unknown + m_people.unknown() + m_orders.unknown(); }

private:
    void ask(const LedgerEntry& entry);
    [[nodiscard]] std::string approve(const LedgerEntry& entry);
    [[nodiscard]] std::string whyNotHandled(const LedgerEntry& entry);

    EntryTimes m_times;
    PeopleInForce m_people;
    OrderAudit m_orders;
    CustodyAudit m_custody;
    std::map<std::string, ApprovalMatch> m_asked; ///< by request
    int m_signatures = 0;
    int m_unknown = 0;
};

} // namespace cordon::record
