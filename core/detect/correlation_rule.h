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
    enum class Kind {
        EventCount,
        ValueCount,
        Temporal,
        TemporalOrdered,
        ValueSum,
        ValueAverage,
        ValueMedian,
        ValuePercentile, ///< the number that `percentile` percent of the values do not exceed
        ValueShare,      ///< value_percentile without `percentile`: how many percent of the values one value makes up
    };
    enum class Order { Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual };
    struct Bound
    {
        Order order = Order::GreaterOrEqual;
        double number = 1;
    };

    Kind kind = Kind::EventCount;
    std::vector<std::string> ruleNames;     ///< ids or names, as written
    std::vector<std::uint32_t> ruleIndices; ///< the same as places in the rule set, once it is linked
    std::vector<std::string> groupBy;       ///< fields or aliases
    std::map<std::string, std::map<std::string, std::string>> aliases; ///< alias -> rule name -> field
    Duration timespan{};
    std::vector<Bound> bounds;            ///< all must hold
    std::vector<std::string> valueFields; ///< of the kinds that measure values; ValueCount may have several
    double percentile = 50;               ///< for ValuePercentile, 0..100
    bool generate = false;                ///< the rules it names also raise alerts of their own

    /// Whether the bounds admit this count or measure.
    [[nodiscard]] bool holds(double measured) const;
    /// True when the condition is judged at each event over the timespan before it. Otherwise later events could break
    /// it, or one event alone would decide a mean, so that it is judged over whole timespans.
    [[nodiscard]] bool isSliding() const;
    /// True for the kinds that look into fields named in the condition.
    [[nodiscard]] bool measuresValues() const;
    /// True when those fields must hold numbers.
    [[nodiscard]] bool measuresNumbers() const;
    /// The field that `name` (a field or alias) means in events of the rule at `position` in `ruleNames`; empty when
    /// the alias does not name that rule.
    [[nodiscard]] std::string fieldFor(const std::string& name, std::size_t position) const;
};

} // namespace cordon::detect
