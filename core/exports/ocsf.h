#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// Versions of OCSF that can be asked for; the first is the default.
[[nodiscard]] const std::vector<std::string>& ocsfVersions();

/// JSON lines: a Detection Finding (2004) per alert, an Incident Finding (2005) per incident, and from OCSF 1.4.0 on a
/// Remediation Activity (7001) per act that changed something. Source: schema.ocsf.io
/// @param version  one of `ocsfVersions`; ErrorCode::Unsupported otherwise
[[nodiscard]] Result<void> writeOcsf(CaseContents& contents, const std::string& only, const std::string& version,
                                     std::ostream& out);

} // namespace cordon::exports
