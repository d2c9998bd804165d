#pragma once

#include "core/record/sealed_audit.h"

namespace cordon::record {

/// Verifies what a sealed incident holds: each entry's proof against the one signed head, evidence against its digests.
/// What only the whole ledger can show (that nothing is missing between entries) stays open, and the report says so.
[[nodiscard]] Result<VerifyReport> auditPart(const SealedCase& sealed, const AuditOptions& options);

} // namespace cordon::record
