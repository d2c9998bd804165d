#pragma once

#include <cstdint>

namespace cordon::govern {

/// True for a code point that Unicode's composed form (NFC) writes otherwise, or would after some other character.
/// An identifier that holds one has a second spelling, so it is refused whole.
[[nodiscard]] bool mayChangeInNormalForm(std::uint32_t codePoint);
/// True for a mark that may follow a letter as it is. Two in a row may stand in the wrong order.
[[nodiscard]] bool isCombiningMark(std::uint32_t codePoint);

} // namespace cordon::govern
