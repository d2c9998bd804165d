#pragma once

#include "core/base/time.h"
#include "core/platform/file.h"

#include <string>

namespace cordon::record {

/// The time from which this case's clock was set back, as long as nobody vouched for that and it has not come again: who signs an
/// order now names it, or the order would count as one of long ago. "" when there is none.
/// Source: docs/formats/ledger.md, "What the auditor asks of entries"
[[nodiscard]] std::string clockToVouchFor(const platform::Path& caseFolder, Timestamp now);

} // namespace cordon::record
