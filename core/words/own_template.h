#pragma once

#include "core/domain/text.h"

#include <string>

namespace cordon::words {

/// The template of a text: the one that its code has for this very verb (`step.by_person:session.revoke`), else the code's
/// own. Null for an unknown code.
[[nodiscard]] const std::string* templateOf(const Text& text);

} // namespace cordon::words
