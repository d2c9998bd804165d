#include "core/correlate/alert_node.h"

#include "core/domain/sighting.h"

#include <algorithm>

namespace cordon::correlate {

RuleFacts factsOf(const RuleInfo& rule)
{
    RuleFacts facts{rule.id, rule.title, rule.level, {}, {}, tacticCount, -1, {}, false, !rule.tactics.empty()};
    if (rule.id.starts_with(externalRule))
        facts.product = rule.author;
    facts.isSighting = rule.id.starts_with(sightingRule);
    for (const std::string& tactic : rule.tactics) {
        const int place = tacticPlace(tactic);
        facts.isOnlyLooking = facts.isOnlyLooking && (place == tacticPlace("discovery") || place == 0);
        if (place == tacticCount)
            continue;
        facts.firstPlace = std::min(facts.firstPlace, place);
        facts.lastPlace = std::max(facts.lastPlace, place);
        facts.tactics.push_back(tactic);
        std::replace(facts.tactics.back().begin(), facts.tactics.back().end(), '_', '-');
    }
    facts.techniques = rule.techniques;
    std::sort(facts.techniques.begin(), facts.techniques.end());
    return facts;
}

AlertPart partFrom(const std::string& text)
{
    if (text == "actor")
        return AlertPart::Actor;
    if (text == "via")
        return AlertPart::Via;
    return text == "address" ? AlertPart::Address : AlertPart::Target;
}

} // namespace cordon::correlate
