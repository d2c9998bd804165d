#include "core/detect/chain_plan.h"

#include <algorithm>

namespace cordon::detect {
namespace {

bool runs(const Rule& rule)
{
    return rule.correlation && rule.disabledReason.empty();
}

std::vector<RuleIndex> inOrder(const std::vector<Rule>& rules)
{
    std::vector<RuleIndex> order;
    std::vector<bool> isPlaced(rules.size());
    for (bool hasMore = true; hasMore;) {
        hasMore = false;
        for (std::size_t at = 0; at < rules.size(); ++at) {
            if (!runs(rules[at]) || isPlaced[at])
                continue;
            const auto& named = rules[at].correlation->ruleIndices;
            const bool isReady = std::all_of(named.begin(), named.end(),
                                             [&](RuleIndex index) { return !runs(rules[index]) || isPlaced[index]; });
            if (!isReady)
                continue;
            order.push_back(static_cast<RuleIndex>(at));
            isPlaced[at] = true;
            hasMore = true;
        }
    }
    return order;
}

void addOnce(std::vector<std::string>& list, const std::string& name)
{
    if (std::find(list.begin(), list.end(), name) == list.end())
        list.push_back(name);
}

} // namespace

ChainPlan ChainPlan::of(const std::vector<Rule>& rules)
{
    ChainPlan plan;
    plan.order = inOrder(rules);
    for (auto index = plan.order.rbegin(); index != plan.order.rend(); ++index) {
        const CorrelationRule& outer = *rules[*index].correlation;
        std::vector<std::string> wanted = outer.groupBy;
        wanted.insert(wanted.end(), outer.valueFields.begin(), outer.valueFields.end());
        if (const auto further = plan.carried.find(*index); further != plan.carried.end())
            wanted.insert(wanted.end(), further->second.begin(), further->second.end());
        for (std::size_t position = 0; position < outer.ruleIndices.size(); ++position) {
            const RuleIndex named = outer.ruleIndices[position];
            if (!runs(rules[named]))
                continue;
            const std::vector<std::string>& own = rules[named].correlation->groupBy;
            std::vector<std::string>& carried = plan.carried[named];
            for (const std::string& name : wanted) {
                const std::string field = outer.fieldFor(name, position);
                const bool isOwn = std::any_of(own.begin(), own.end(),
                                               [&](const std::string& key) { return key == field || key == name; });
                if (!isOwn)
                    addOnce(carried, field);
            }
        }
    }
    return plan;
}

} // namespace cordon::detect
