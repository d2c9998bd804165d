#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/ledger_source.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::record {

/// Signed heads of which a ledger's entries tell: one that approvers were asked to cosign, and the last one of a log key that
/// gave way to another. Whoever wrote those entries had signed them before. Source: docs/formats/ledger.md, "Checkpoints"
class NamedHeads
{
public:
    void add(const LedgerEntry& entry);
    /// What to say of those of which no file is there, by size. Whether a file is a signed head is looked at with all others.
    [[nodiscard]] std::vector<std::string> missingIn(const LedgerSource& source) const;

private:
    std::map<std::int64_t, std::int64_t> m_namedBy; ///< entry, by size
};

} // namespace cordon::record
