#pragma once

#include "core/domain/ledger_entry.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace cordon::record {

/// What may be taken back, and by whom: people by their order, the agent when a lease has ended and nobody confirmed.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
class UndoAudit
{
public:
    /// Leases and confirmations.
    /// @return what is wrong with an entry about a lease, "" when nothing is
    [[nodiscard]] std::string add(const LedgerEntry& entry);
    void confirm(const std::string& incident) { m_confirmed.insert(incident); }
    /// An act is in force, in that step of a sequence; or is no more.
    void stands(const std::string& digest, const std::string& step) { m_done[digest].insert(step); }
    void isGone(const std::string& digest) { m_done.erase(digest); }
    [[nodiscard]] bool isStanding(const std::string& digest, const std::string& step) const;

    /// A decision that lets something be taken back.
    /// @return what is wrong with it, "" when nothing is
    [[nodiscard]] std::string allow(const LedgerEntry& entry, const std::string& digest);
    void refuse(const std::string& digest) { m_allowed.erase(digest); }
    /// Whether that actor may take just that back, in that step; once.
    [[nodiscard]] bool use(const LedgerEntry& entry, const std::string& digest);

private:
    struct Leave
    {
        std::string actor;
        std::string step;
    };
    std::map<std::string, Leave> m_allowed;                ///< by digest of the action
    std::map<std::string, std::set<std::string>> m_done;   ///< digests of acts in force, and the steps they were done in
    std::map<std::string, Timestamp> m_leases;             ///< by step: until when
    std::set<std::string> m_confirmed;                     ///< incidents whose scope people confirmed
    bool m_isArranged = false; ///< incidents went into others: whose confirmation it was is not asked then
};

} // namespace cordon::record
