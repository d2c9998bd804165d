#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cordon::detect {

/// The `correlation` section of a rule: how often, how different or in what order other rules match.
/// Source: Sigma correlation specification 2.1
struct CorrelationRule
{
    enum class Kind { EventCount, ValueCount, Temporal, TemporalOrdered };
    enum class Order { Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual };
    struct Bound
    {
        Order order = Order::GreaterOrEqual;
        std::int64_t number = 1;
    };

    Kind kind = Kind::EventCount;
    std::vector<std::string> ruleNames;     ///< ids or names, as written
    std::vector<std::uint32_t> ruleIndices; ///< the same as places in the rule set, once it is linked
    std::vector<std::string> groupBy;       ///< fields or aliases
    std::map<std::string, std::map<std::string, std::string>> aliases; ///< alias -> rule name -> field
    Duration timespan{};
    std::vector<Bound> bounds;            ///< all must hold
    std::vector<std::string> valueFields; ///< for ValueCount
    bool generate = false;                ///< the rules it names also raise alerts of their own

    [[nodiscard]] bool holds(std::int64_t count) const;
    /// True when more events can never make a condition that holds false again.
    [[nodiscard]] bool onlyGrows() const;
    /// The field that `name` (a field or alias) means in events of the rule at `position` in `ruleNames`; empty when
    /// the alias does not name that rule.
    [[nodiscard]] std::string fieldFor(const std::string& name, std::size_t position) const;
};

} // namespace cordon::detect
