#pragma once

#include "core/plan/playbook.h"

namespace cordon::plan {

/// Cordon's CACAO extension: what a step does, to what, and when. Source: docs/formats/playbook.md
inline constexpr std::string_view cordonExtension = "extension-definition--7a1f6f0e-52b4-4c6e-9d0b-3f1c8a5e2d47";

/// Reads one CACAO 2.0 playbook from JSON text. Checks what the standard demands of the parts that Cordon uses:
/// required members, identifiers, every referenced step present, no cycle, `on_completion` xor `on_success`/`on_failure`,
/// known verbs. ErrorCode::Invalid names file, line and step; Unsupported a step kind that Cordon does not run yet.
[[nodiscard]] Result<Playbook> parseCacao(std::string_view text, const std::string& file);

} // namespace cordon::plan
