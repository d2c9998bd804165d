#pragma once

#include "core/detect/correlation_rule.h"
#include "core/detect/expression.h"
#include "core/detect/field_test.h"
#include "core/detect/log_source.h"
#include "core/domain/alert.h"

#include <optional>
#include <string_view>

namespace cordon::detect {

/// Place of a rule in its rule set.
using RuleIndex = std::uint32_t;

/// Rules whose log source has this product are asked about every event that is new to its identity, whatever its log.
inline constexpr std::string_view baselineProduct = "cordon";

/// One Sigma rule as read from its file: what it tells people and what it asks of a record, or how it correlates
/// others.
struct Rule
{
    struct Related
    {
        std::string id;
        std::string type; ///< "derived", "obsolete", "merged", "renamed", "similar"
    };

    RuleInfo info;
    int line = 0; ///< where it begins in its file
    std::string name;
    std::string status;
    std::vector<Related> related;
    std::vector<std::string> tags; ///< as written
    std::vector<std::string> references;
    LogSource logSource;
    std::vector<FieldTest> tests;
    Expression condition; ///< over `tests`
    /// What the rule asks about the identity's past, over `tests`; all of its condition that speaks of that.
    Expression baselineCondition;
    bool usesBaseline = false;
    std::optional<CorrelationRule> correlation;
    /// Not empty when the rule is well-formed but cannot run here, such as an unresolved placeholder.
    std::string disabledReason;
    /// False for a rule that only feeds correlations.
    bool raisesAlert = true;

    /// False for correlations, rules that cannot run, and rules that ask about an identity's past alone.
    [[nodiscard]] bool looksAtRecords() const
    {
        return !correlation && disabledReason.empty() && logSource.product != baselineProduct;
    }
};

} // namespace cordon::detect
