#include "core/detect/correlation_rule.h"

#include <algorithm>

namespace cordon::detect {

bool CorrelationRule::holds(double measured) const
{
    return std::all_of(bounds.begin(), bounds.end(), [measured](const Bound& bound) {
        switch (bound.order) {
        case Order::Less:
            return measured < bound.number;
        case Order::LessOrEqual:
            return measured <= bound.number;
        case Order::Greater:
            return measured > bound.number;
        case Order::GreaterOrEqual:
            return measured >= bound.number;
        case Order::Equal:
            return measured == bound.number;
        case Order::NotEqual:
            return measured != bound.number;
        }
        return false;
    });
}

bool CorrelationRule::isSliding() const
{
    const bool isMeanOrShare = measuresValues() && kind != Kind::ValueCount && kind != Kind::ValueSum;
    return !isMeanOrShare && std::all_of(bounds.begin(), bounds.end(), [](const Bound& bound) {
        return bound.order == Order::Greater || bound.order == Order::GreaterOrEqual;
    });
}

bool CorrelationRule::measuresValues() const
{
    return kind == Kind::ValueCount || kind == Kind::ValueShare || measuresNumbers();
}

bool CorrelationRule::measuresNumbers() const
{
    return kind == Kind::ValueSum || kind == Kind::ValueAverage || kind == Kind::ValueMedian ||
           kind == Kind::ValuePercentile;
}

std::string CorrelationRule::fieldFor(const std::string& name, std::size_t position) const
{
    const auto alias = aliases.find(name);
    if (alias == aliases.end())
        return name;
    const auto field = alias->second.find(ruleNames[position]);
    return field == alias->second.end() ? std::string() : field->second;
}

} // namespace cordon::detect
