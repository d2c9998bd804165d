#pragma once

#include "core/engine/engine.h"
#include "core/tenant/scenario.h"

namespace cordon::engine {

/// True when the options name a shipped exercise.
[[nodiscard]] bool isScenario(const EngineOptions& options);
/// A shipped scenario by its id or its folder's name. ErrorCode::NotFound lists those there are.
[[nodiscard]] Result<tenant::Scenario> loadScenario(const EngineOptions& options);

/// The pattern of the mandate that this exercise is played under. ErrorCode::Invalid when the scenario wants what the
/// pattern has no place for.
[[nodiscard]] Result<std::string> exerciseMandate(const EngineOptions& options);

} // namespace cordon::engine
