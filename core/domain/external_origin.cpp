#include "core/domain/external_origin.h"

#include <array>

namespace cordon {
namespace {

constexpr std::array<std::string_view, 3> stateNames{"open", "closed", "dismissed"};

} // namespace

std::string_view toString(FindingState state)
{
    return stateNames[static_cast<std::size_t>(state)];
}

FindingState findingStateFrom(std::string_view text)
{
    for (std::size_t i = 0; i < stateNames.size(); ++i) {
        if (stateNames[i] == text)
            return static_cast<FindingState>(i);
    }
    return FindingState::Open;
}

} // namespace cordon
