#pragma once

#include "core/detect/rule.h"

#include <map>

namespace cordon::detect {

/// How the correlations of a rule set build on each other.
struct ChainPlan
{
    std::vector<RuleIndex> order; ///< correlations that run, each after those that it names
    /// For those that others name: the fields that the others ask for beyond its own group-by.
    std::map<RuleIndex, std::vector<std::string>> carried;

    /// @param rules  linked, without cycles
    [[nodiscard]] static ChainPlan of(const std::vector<Rule>& rules);
};

} // namespace cordon::detect
