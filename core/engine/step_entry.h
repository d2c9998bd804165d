#pragma once

#include "core/domain/plan.h"
#include "core/value/value.h"

#include <string>

namespace cordon::engine {

/// What every ledger entry about a step's act begins with: step, title, action and digest.
[[nodiscard]] Value actionData(const Step& step, const std::string& digest);
/// Which clauses deny, for the people who read the sequence.
[[nodiscard]] Text denyNote(const Decision& decision);
/// What a provider, a connector or a file said, which nobody translates.
[[nodiscard]] Text saidNote(const std::string& text);

} // namespace cordon::engine
