#pragma once

#include "core/base/digest.h"
#include "core/store/database.h"

namespace cordon::record {

/// A digest over everything that an index says of events: their rows, and which entity takes part in which, by the texts
/// and not the numbers of words and entities. An index that is made anew from the same evidence has the same.
/// ErrorCode::Corrupt when a row cannot be read or names what is not there.
/// Source: docs/formats/case.md, "What the ledger says of the index"
[[nodiscard]] Result<Digest> eventsDigest(store::Database& database);

} // namespace cordon::record
