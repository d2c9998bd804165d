#pragma once

#include "core/exports/case_contents.h"

#include <ostream>

namespace cordon::exports {

/// What was executed for one incident as a CACAO 2.0 playbook, step behind step in the order of execution, with the
/// outcome and the ledger's entries in a step extension. ErrorCode::NotFound when nothing was executed, Invalid when
/// several incidents have executed steps and none is named. Source: OASIS CACAO Security Playbooks 2.0
[[nodiscard]] Result<void> writeCacao(CaseContents& contents, const std::string& only, std::ostream& out);

} // namespace cordon::exports
