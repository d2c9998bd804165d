#pragma once

#include "core/detect/placeholders.h"
#include "core/detect/rule.h"
#include "core/detect/rule_filter.h"

#include <string_view>

namespace cordon::detect {

/// Why a rule file, or one rule of it, was not taken.
struct RejectedRule
{
    std::string file;
    int line = 0; ///< 0 when no single line is to blame
    std::string reason;
};

/// Everything that one rule file holds.
struct ParsedRules
{
    std::vector<Rule> rules;
    std::vector<RuleFilter> filters;
    std::vector<RejectedRule> rejected;
};

/// Reads the rules of one Sigma file: one or more YAML documents, with `action: global`, `reset` and `repeat` of rule
/// collections. A document that cannot be read is listed and the others are kept.
/// @param file  name for messages and RuleInfo::file; not opened
/// @param placeholders  what `expand` may use; a rule that needs others is disabled
/// Source: Sigma specification 2.1; docs/formats/sigma.md
[[nodiscard]] ParsedRules parseRules(std::string_view text, const std::string& file,
                                     const Placeholders& placeholders = {});

} // namespace cordon::detect
