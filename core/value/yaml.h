#pragma once

#include "core/value/value.h"

namespace cordon::yaml {

struct ReadOptions
{
    /// Mandate reading: also refuses tabs in indents, byte order marks, directives, line breaks other than LF and
    /// CR LF, empty values, and plain scalars and keys that other YAML readers take for another type (`no`, `1.0`,
    /// `0x10`, `007`, `12:30`, `2026-11-22`, `~`, `null`), as docs/formats/mandate.md asks. Plain `true`, `false`
    /// and decimal integers keep their type.
    bool isStrict = false;
    std::size_t depth = 64;
    std::size_t bytes = 8U << 20U;
};

/// Reads every document of a YAML 1.2 text (core schema: null, true/false, integers, floats, strings; quoted is
/// always a string). Anchors, aliases, tags and merge keys are always refused, duplicate keys, keys that are lists
/// or maps, and numbers out of range too. Keys are texts as written: `1: x` has the key "1".
/// Errors read `line 12: …`; each Value carries its line.
[[nodiscard]] Result<std::vector<Value>> parseAll(std::string_view text, const ReadOptions& options = {});

/// The same for a text that must hold exactly one document.
[[nodiscard]] Result<Value> parse(std::string_view text, const ReadOptions& options = {});

} // namespace cordon::yaml
