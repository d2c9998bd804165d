#pragma once

#include "core/domain/field_plan.h"
#include "core/engine/detection.h"

#include <memory>
#include <string>

namespace cordon::engine {

/// Every text that decides what a log says and what becomes of it: field maps, rules, tuning, placeholders, playbooks; as
/// one JSON document, which becomes evidence. Source: docs/formats/evidence.md, "What was in force"
[[nodiscard]] Result<std::string> detectionTexts(const Detection::Wish& wish);

/// Field maps as they were, ready to read logs with.
struct FormerMaps
{
    FieldPlan plan;
    ingest::FieldMaps maps;

    /// @param texts  as `detectionTexts` gave them
    [[nodiscard]] static Result<std::unique_ptr<FormerMaps>> from(const std::string& texts);
};

} // namespace cordon::engine
