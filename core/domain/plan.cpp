#include "core/domain/plan.h"

#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 12> stateNames{
    "proposed", "awaiting_approval", "executing", "verified", "failed",  "unknown",
    "reverted", "expired",           "paused",    "denied",   "skipped", "done_elsewhere"};

} // namespace

std::string_view toString(StepState state)
{
    return stateNames[static_cast<std::size_t>(state)];
}

std::optional<StepState> stepStateFrom(std::string_view text)
{
    for (std::size_t i = 0; i < stateNames.size(); ++i) {
        if (stateNames[i] == text)
            return static_cast<StepState>(i);
    }
    return std::nullopt;
}

} // namespace cordon
