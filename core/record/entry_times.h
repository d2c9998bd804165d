#pragma once

#include "core/domain/ledger_entry.h"

#include <map>
#include <string>

namespace cordon::record {

/// The times that entries give follow each other: none lies before the one before it, unless the ledger itself said that
/// a clock was set back. Writer and auditor ask the same. Source: docs/formats/ledger.md, "Durability"
class EntryTimes
{
public:
    /// Says that from here on a clock runs behind what it told before.
    static constexpr const char* setBack = "clock.set_back";

    /// Whether an entry with these times may come next.
    [[nodiscard]] bool fits(Timestamp wall, const std::string& boot, std::int64_t mono) const;
    /// @return false when the entry does not fit; what comes next is still compared with what came before it
    [[nodiscard]] bool add(const LedgerEntry& entry);
    [[nodiscard]] Timestamp latest() const { return m_latest; }
    /// The latest time of any entry since an entry said that somebody vouched for a clock that was set back from there.
    [[nodiscard]] Timestamp reached() const { return m_reached; }

private:
    Timestamp m_latest;
    Timestamp m_reached;
    std::map<std::string, std::int64_t> m_running; ///< by start of a machine: how long it had run
};

} // namespace cordon::record
