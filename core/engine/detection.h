#pragma once

#include "core/detect/correlation_engine.h"
#include "core/detect/rule_program.h"
#include "core/domain/field_plan.h"
#include "core/engine/watch_slot.h"
#include "core/ingest/field_map.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cordon::engine {

/// Everything that reading a log needs: field maps, compiled rules, and the one plan of fields that both ask for.
/// Constant once loaded, but for `correlations`, which belongs to one thread.
struct Detection
{
    /// What to load.
    struct Wish
    {
        std::filesystem::path resources;
        std::vector<std::filesystem::path> rules; ///< further rule files and folders
        bool usesBuiltinRules = true;
        std::filesystem::path placeholders = {}; ///< file with values for the modifier `expand`; empty: none
        std::vector<std::filesystem::path> maps = {}; ///< field maps that a person wrote; tried first
    };

    FieldPlan plan;
    ingest::FieldMaps maps;
    std::unique_ptr<detect::RuleProgram> program;
    std::unique_ptr<detect::CorrelationEngine> correlations;
    std::shared_ptr<WatchSlot> watch = std::make_shared<WatchSlot>(); ///< indicators in force

    /// Rules that cannot be read are listed in `program->rules().rejected()`; a missing field map and a placeholder file
    /// that cannot be read are errors.
    [[nodiscard]] static Result<std::unique_ptr<Detection>> load(const Wish& wish);
    /// Rules that run: loaded and not disabled.
    [[nodiscard]] std::size_t ruleCount() const;
};

} // namespace cordon::engine
