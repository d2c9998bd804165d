#pragma once

#include "core/base/result.h"
#include "core/detect/rule_parser.h"
#include "core/value/value.h"

namespace cordon::detect {

/// Reads one YAML document of a rule file into `parsed`.
/// @param text  of the whole file, to find the lines of keys
/// @return ErrorCode::Invalid or Unsupported; `line` is then the place to blame
[[nodiscard]] Result<void> readRuleDocument(const Value& document, std::string_view text, const std::string& file,
                                            const Placeholders& placeholders, ParsedRules& parsed, int& line);

} // namespace cordon::detect
