#include "core/detect/correlation_rule.h"

#include <algorithm>

namespace cordon::detect {

bool CorrelationRule::holds(std::int64_t count) const
{
    return std::all_of(bounds.begin(), bounds.end(), [count](const Bound& bound) {
        switch (bound.order) {
        case Order::Less:
            return count < bound.number;
        case Order::LessOrEqual:
            return count <= bound.number;
        case Order::Greater:
            return count > bound.number;
        case Order::GreaterOrEqual:
            return count >= bound.number;
        case Order::Equal:
            return count == bound.number;
        case Order::NotEqual:
            return count != bound.number;
        }
        return false;
    });
}

bool CorrelationRule::onlyGrows() const
{
    return std::all_of(bounds.begin(), bounds.end(), [](const Bound& bound) {
        return bound.order == Order::Greater || bound.order == Order::GreaterOrEqual;
    });
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
