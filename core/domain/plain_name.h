#pragma once

#include "core/domain/entity.h"

#include <string>
#include <string_view>

namespace cordon {

/// Log text made fit for a sentence: what cannot be seen (control characters, direction marks, zero-width characters) and
/// malformed UTF-8 stand as `\u{202e}` and `\x{ff}`, so that two names which differ look different, and what is longer
/// than `most` bytes ends in an ellipsis. No escape for a document: HTML and the like still need theirs.
[[nodiscard]] std::string plainText(std::string_view text, std::size_t most = 120);

/// What a sentence calls the entity: its name, or the last part of its id when it has none. A name of several words, or
/// with marks of a sentence in it, stands in quotation marks: whoever chooses a name must not write the story.
[[nodiscard]] std::string plainName(const EntityRef& entity, std::size_t most = 120);

/// The same with at most `most` bytes of it; a quotation mark that opens is closed.
[[nodiscard]] std::string shortName(std::string_view plainName, std::size_t most);

} // namespace cordon
