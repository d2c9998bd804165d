#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/open_orders.h"
#include "core/record/people_in_force.h"
#include "core/record/signed_order.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace cordon::record {

/// Checks from the ledger alone that what entries say people did is what those people ordered under their signature: each
/// act follows a `command.taken` that says the same, one for each. What people do with evidence is `CustodyAudit`'s.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
class OrderAudit
{
public:
    /// @return what is wrong with the entry, "" when it is no act of a person, or one that holds
    [[nodiscard]] std::string add(const LedgerEntry& entry, const PeopleInForce& people);
    /// An order from which something may still follow, after the entries so far.
    struct Open
    {
        std::string command;
        std::string nonce;
        bool isBegun = false; ///< some of what it asked for was done
    };
    [[nodiscard]] std::vector<Open> open() const;
    [[nodiscard]] int signatures() const { return m_signatures; }
    [[nodiscard]] int unknown() const { return m_unknown; } ///< of these: only the entry says whose key it is

private:
    /// The order of an entry: that person's own, for now, given once.
    [[nodiscard]] Result<SignedOrder> readTaken(const LedgerEntry& entry, const std::string& command, const PeopleInForce& people);
    [[nodiscard]] std::string take(const LedgerEntry& entry, const PeopleInForce& people);
    [[nodiscard]] std::string takeSitting(const LedgerEntry& entry, const PeopleInForce& people);
    [[nodiscard]] std::string end(const LedgerEntry& entry);
    [[nodiscard]] std::string judge(const LedgerEntry& entry, const PeopleInForce& people);
    [[nodiscard]] std::string takeHandled(const LedgerEntry& entry);
    [[nodiscard]] std::string takeImport(const LedgerEntry& entry);
    [[nodiscard]] std::string takeTrust(const LedgerEntry& entry);

    OpenOrders m_open; ///< whose effect has not been seen yet
    std::set<std::string> m_nonces;
    std::set<std::string> m_begun;  ///< sittings that were signed in to
    std::set<std::string> m_ended;  ///< sittings
    std::map<std::string, std::string> m_present; ///< who signed something themselves since the clock was distrusted, and which clock they named
    int m_signatures = 0;
    int m_unknown = 0;
};

} // namespace cordon::record
