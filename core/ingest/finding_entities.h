#pragma once

#include "core/ingest/finding_texts.h"

namespace cordon::ingest {

/// Whom and what a finding names, each once in each part, at most 64. Addresses are addresses or are left out.
[[nodiscard]] std::vector<AlertEntity> findingEntities(const FindingMap& map, const FindingTexts& record);

} // namespace cordon::ingest
