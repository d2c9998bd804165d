#pragma once

#include "core/detect/condition_parser.h"
#include "core/detect/rule.h"

namespace cordon::detect {

/// A Sigma filter: what it selects is left out of the matches of the rules that it names.
/// Source: Sigma filters specification 2.1
struct RuleFilter
{
    std::string title;
    std::string file;
    int line = 0;
    std::vector<std::string> ruleNames; ///< ids or names; "any" stands for all rules of the log source
    LogSource logSource;
    std::vector<FieldTest> tests;
    Expression condition; ///< over `tests`
    std::string disabledReason;
};

} // namespace cordon::detect
