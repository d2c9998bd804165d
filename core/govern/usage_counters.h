#pragma once

#include "core/domain/action.h"
#include "core/domain/ledger_entry.h"
#include "core/domain/mandate.h"
#include "core/domain/outcome.h"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cordon::govern {

/// Budget set aside for one action of tier T1 or above, before it runs. Spent even when it never runs.
struct Reservation
{
    std::string serial; ///< of the permit
    std::string digest; ///< of the action, hex
    std::string verb;
    std::string connector;
    std::vector<EntityRef> targets;
    std::vector<std::string> accounts; ///< accounts touched: the targets that are one, and owners of the others
    Timestamp at;                      ///< case clock
};

/// What limits count. A plain value, rebuilt from the ledger: whoever writes an entry for one of the events below puts
/// the returned Value under `data.usage`, and `apply` takes it in again after a restart.
/// Source: docs/formats/mandate.md, "limits"
class UsageCounters
{
public:
    /// Each returns the event for the ledger. Write it durably before anything moves.
    Value reserve(const Reservation& reservation);
    Value finish(const std::string& serial, OutcomeState state);
    /// It did not come to the call: the budget stays spent, and the connector neither failed nor did well.
    Value notBegun(const std::string& serial);
    /// An action was taken back: what was isolated is so no more.
    Value undone(const std::string& verb, const std::vector<EntityRef>& targets);
    Value dialogOpened(Timestamp at);

    /// Takes in an event; entries without `data.usage` are passed over. ErrorCode::Invalid for a malformed one.
    [[nodiscard]] Result<void> apply(const LedgerEntry& entry);
    [[nodiscard]] Result<void> applyEvent(const Value& usage);

    [[nodiscard]] int actionsWithin(Duration window, Timestamp now) const;
    [[nodiscard]] int actionsTotal() const { return m_actionsTotal; }
    [[nodiscard]] int dialogsWithin(Duration window, Timestamp now) const;
    [[nodiscard]] const std::set<std::string>& isolatedWorkloads() const { return m_isolated; } ///< entity keys
    [[nodiscard]] const std::set<std::string>& touchedAccounts() const { return m_accounts; }
    /// Failures and unknown outcomes in a row, of that connector.
    [[nodiscard]] int consecutiveFailures(const std::string& connector) const;
    /// True while the reservation of that permit is open: reserved and not finished.
    [[nodiscard]] bool isReserved(const std::string& serial, const std::string& digest) const;
    /// A person looked at the failures of a connector and let it go on.
    Value failuresReviewed(const std::string& connector);

private:
    std::deque<Timestamp> m_actions; ///< sorted by arrival; older than a day is dropped
    std::deque<Timestamp> m_dialogs;
    std::map<std::string, Reservation> m_reserved; ///< by serial, until the outcome
    std::set<std::string> m_isolated;
    std::set<std::string> m_accounts;
    std::map<std::string, int> m_failures;
    int m_actionsTotal = 0;
};

/// The accounts that an action touches, from its targets and their facts.
[[nodiscard]] std::vector<std::string> accountsTouched(const Action& action, const std::vector<TargetFacts>& facts);

} // namespace cordon::govern
