#pragma once

#include <cstdint>
#include <string_view>

namespace cordon::govern {

/// Why an identifier is not accepted: "empty", "too_long", "not_utf8", "control", "bidi", "invisible", "decomposed",
/// "mixed_script", "glob", "space"; "" when it is.
/// Without a Unicode library: what is not NFC is caught by refusing combining marks, conjoining Hangul and the
/// characters that NFC replaces by others; mixed scripts are caught among Latin, Greek, Cyrillic, Armenian, Cherokee
/// and full-width letters. Source: docs/formats/action.md, "identifiers"
[[nodiscard]] std::string_view identifierProblem(std::string_view id);

/// True for characters that a person cannot see or that turn the reading direction: never shown as they are.
[[nodiscard]] bool isUnseen(std::uint32_t codePoint);
/// The code point of a well-formed sequence of that length (see utf8SequenceLength).
[[nodiscard]] std::uint32_t codePointOf(std::string_view sequence);

} // namespace cordon::govern
