#pragma once

#include "core/domain/entity.h"

#include <string>
#include <string_view>

namespace cordon {

/// Log text made fit for a sentence: malformed UTF-8 and control characters become U+FFFD, direction marks are
/// dropped, and what is longer than `most` bytes ends in an ellipsis. Not an escape: screens still escape for
/// themselves.
[[nodiscard]] std::string plainText(std::string_view text, std::size_t most = 120);

/// What a sentence calls the entity: its name, or the last part of its id when it has none.
[[nodiscard]] std::string plainName(const EntityRef& entity);

} // namespace cordon
