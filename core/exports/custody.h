#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// Every piece of evidence, who took it, when and how, as CASE/UCO JSON-LD: an observable object with its hashes, the
/// investigative action that acquired it, and its provenance record. Source: CASE 1.3, UCO 1.3
[[nodiscard]] Result<void> writeCustody(CaseContents& contents, std::ostream& out);

} // namespace cordon::exports
