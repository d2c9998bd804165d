#pragma once

#include "core/base/digest.h"
#include "core/store/database.h"

#include <cstdint>
#include <vector>

namespace cordon::record {

/// What one pass over the events of an index finds.
struct EventsSum
{
    /// Over everything that an index says of events: their rows, and which entity takes part in which, by the texts and not
    /// the numbers of words and entities. An index that is made anew from the same evidence has the same.
    Digest digest;
    std::vector<std::int64_t> spareWords; ///< rows of `words` that no event names, as duplicates and discarded pieces leave them
    std::vector<std::int64_t> spareEntities; ///< rows of `entities` that no event and no incident names
};

/// ErrorCode::Corrupt when a row cannot be read or names what is not there.
/// Source: docs/formats/case.md, "What the ledger says of the index"
[[nodiscard]] Result<EventsSum> sumOfEvents(store::Database& database);

} // namespace cordon::record
