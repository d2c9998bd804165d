#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// One STIX 2.1 bundle: incidents as reports, techniques, what the alerts observed, decisions as notes, acts as courses
/// of action. Identifiers are the same in every export of a case. Source: OASIS STIX 2.1
[[nodiscard]] Result<void> writeStix(CaseContents& contents, const std::string& only, std::ostream& out);

} // namespace cordon::exports
