#pragma once

#include "core/record/frame_reader.h"

#include <vector>

namespace cordon::record {

/// What lies below `ledger/` and `evidence/sha256/` and does not belong there: links, and names that the format does not
/// know. Files whose names begin with a dot are what an interrupted writer left. Source: docs/formats/ledger.md, "Verification"
[[nodiscard]] std::vector<LedgerPlace> strangersIn(const platform::Path& caseFolder);

/// A folder of a case that is a link, by its name in the case; "" when none is. A shard of a vault is not asked: objects are
/// made exclusively, and `strangersIn` tells it.
[[nodiscard]] std::string linkedFolder(const platform::Path& caseFolder);

} // namespace cordon::record
