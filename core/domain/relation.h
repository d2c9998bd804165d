#pragma once

#include <string_view>

namespace cordon {

/// Whether a target is there only as another name of something in its event: of who acted (`same`) or of the target before
/// it (`also`). Nothing was done to it. Source: docs/formats/entities.md, "Relations of a target"
[[nodiscard]] constexpr bool isOtherName(std::string_view relation)
{
    return relation == "same" || relation == "also";
}

} // namespace cordon
