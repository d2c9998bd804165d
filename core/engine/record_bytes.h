#pragma once

#include "core/investigate/changed_values.h"
#include "core/record/evidence_vault.h"

namespace cordon::engine {

/// Reads cited records out of the vault, keeping the last few objects open: an investigation reads many of few. What
/// lies in evidence without being taken in yet is not at hand. Belongs to one thread.
[[nodiscard]] investigate::RecordReader recordsIn(const record::EvidenceVault& vault);

} // namespace cordon::engine
