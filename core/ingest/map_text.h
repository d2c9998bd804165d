#pragma once

#include "core/value/value.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::ingest {

/// ErrorCode::Invalid that reads `line 12: …`.
[[nodiscard]] tl::unexpected<Error> invalid(const Value& at, const std::string& what);
/// That `value` is a mapping without other keys.
[[nodiscard]] Result<void> allowKeys(const Value& value, std::initializer_list<std::string_view> allowed,
                                     std::string_view what);
/// A text that is not empty.
[[nodiscard]] Result<std::string> textOf(const Value& value, std::string_view what);
/// One text or a list of texts; nothing when absent.
[[nodiscard]] Result<std::vector<std::string>> textsOf(const Value& value, std::string_view what);
/// One of the closed list of relations (docs/formats/entities.md). @param rule  for the message when it is missing
[[nodiscard]] Result<std::string> relationOf(const Value& value, const Value& rule);

} // namespace cordon::ingest
