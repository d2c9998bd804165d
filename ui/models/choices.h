#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cordon::ui::models {

/// Incidents that a box, a dialog or the palette offers: those of the highest risk. Any other is reached from the queue.
inline constexpr std::size_t mostChoices = 500;

/// The first rows of a list that is in the order of risk.
template<class Row>
[[nodiscard]] std::vector<Row> firstChoices(const std::vector<Row>& rows, std::size_t most = mostChoices)
{
    return {rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(rows.size(), most))};
}

} // namespace cordon::ui::models
