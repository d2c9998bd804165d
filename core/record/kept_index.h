#pragma once

#include "core/record/evidence_vault.h"
#include "core/store/database.h"

#include <map>

namespace cordon::record {

/// What stands in an index and cannot be read out of the evidence again: sources, alerts, incidents, pages.
/// Source: docs/formats/case.md, "What is kept of the index"
struct KeptIndex
{
    /// Where the numbers of a source's events begin, for sources that do not go on where the one before ended.
    std::map<std::int64_t, std::int64_t> firstEvents;

    /// Writes it into one object. The same content gives the same object.
    /// @param vault  `keptPath` of a case
    [[nodiscard]] static Result<Digest> keep(store::Database& database, const EvidenceVault& vault);
    /// The digest that `keep` would give, without writing anything.
    [[nodiscard]] static Result<Digest> digestOf(store::Database& database);
    /// Brings the rows into an empty index of this program's shape, within the caller's transaction.
    /// ErrorCode::Corrupt when the object is none of these, or another than its digest says.
    [[nodiscard]] static Result<KeptIndex> restore(store::Database& database, const EvidenceVault& vault,
                                                   const Digest& digest);
};

/// Objects that hold what is kept of the index.
[[nodiscard]] platform::Path keptPath(const platform::Path& caseFolder);

} // namespace cordon::record
