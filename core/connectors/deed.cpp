#include "core/connectors/deed.h"

#include <algorithm>

namespace cordon::connectors {

void Deed::change(const TargetFacts& facts, const std::string& attribute, Value now)
{
    before.set(attribute, stateOf(facts, attribute));
    after.set(attribute, std::move(now));
}

const Value& stateOf(const TargetFacts& facts, const std::string& attribute)
{
    static const Value none;
    const auto found = facts.state.find(attribute);
    return found == facts.state.end() ? none : found->second;
}

bool holds(const Value& list, const std::string& id)
{
    return std::any_of(list.asArray().begin(), list.asArray().end(), [&id](const Value& one) { return one.asString() == id; });
}

Value without(const Value& list, const std::string& id)
{
    Value::Array rest;
    for (const Value& one : list.asArray()) {
        if (one.asString() != id)
            rest.push_back(one);
    }
    return rest;
}

Value sortedList(std::vector<std::string> texts)
{
    std::sort(texts.begin(), texts.end());
    return Value::Array(texts.begin(), texts.end());
}

} // namespace cordon::connectors
