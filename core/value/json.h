#pragma once

#include "core/value/value.h"

namespace cordon::json {

struct ReadLimits
{
    std::size_t depth = 64;         ///< deepest nesting accepted
    std::size_t bytes = 64U << 20U; ///< longest text accepted
};

/// Reads one JSON document (RFC 8259, UTF-8). Duplicate keys, lone surrogates, NaN, comments, trailing text
/// and integers outside int64 are ErrorCode::Invalid with line and column. Values carry their line.
[[nodiscard]] Result<Value> parse(std::string_view text, const ReadLimits& limits = {});

/// Compact JSON with sorted keys. Invalid UTF-8 becomes U+FFFD.
[[nodiscard]] std::string write(const Value& value);
/// The same, indented by two spaces, with a final line break.
[[nodiscard]] std::string writePretty(const Value& value);

/// RFC 8785 canonical form in Cordon's stricter profile: integers up to 2^53-1 in size, no floats, valid UTF-8,
/// depth up to 32, keys in UTF-16 order. ErrorCode::Invalid names the place that does not fit.
/// Source: docs/formats/canonical.md
[[nodiscard]] Result<std::string> canonical(const Value& value);
/// RFC 8785 without that profile, for documents that others sign: fractions are written as ECMAScript writes them.
/// Integers beyond 2^53-1 are ErrorCode::Invalid here too, since they would come out as other numbers.
[[nodiscard]] Result<std::string> canonicalOfOthers(const Value& value);

} // namespace cordon::json
