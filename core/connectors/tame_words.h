#pragma once

#include <string>

namespace cordon::connectors {

/// What a library says of an error, as one line of at most 300 bytes: a server may have put anything into it.
/// @param words  null: nothing was said
[[nodiscard]] std::string tameWords(const char* words);

} // namespace cordon::connectors
