#pragma once

#include "core/record/ledger_auditor.h"

namespace cordon::engine {

/// What the offline verifier needs from the rooms above the record: the text that approvers saw, made again, and the people
/// of this installation. People whose acts do not hold are nobody; the log says why.
[[nodiscard]] record::AuditOptions auditOptions(const std::filesystem::path& home);

} // namespace cordon::engine
