#include "core/engine/decision_basis.h"

#include "core/domain/plain_name.h"
#include "core/engine/agent_desk.h"

#include <algorithm>

namespace cordon::engine {
namespace {

constexpr std::size_t mostTold = 5;

Value keyOf(const std::optional<EntityRef>& entity)
{
    return entity ? Value(ledgerKey(*entity)) : Value();
}

Value lookUp(const Brief& brief)
{
    const auto& changes = brief.identityChanges;
    const auto inside = std::count_if(changes.begin(), changes.end(), [](const IdentityChange& change) { return change.isInsideIncident; });
    Value::Array newest;
    for (auto change = changes.rbegin(); change != changes.rend() && newest.size() < mostTold; ++change)
        newest.push_back(Value::Object{{"time", change->time.toString()},
                                       {"action", plainText(change->action)},
                                       {"by", keyOf(change->actor)},
                                       {"whose", keyOf(change->subject)},
                                       {"what", keyOf(change->object)},
                                       {"done", change->hasSucceeded},
                                       {"inside", change->isInsideIncident}});
    return Value::Object{{"looked_back_to", brief.lookedBackTo.toString()},
                         {"found", static_cast<std::int64_t>(changes.size())},
                         {"inside", static_cast<std::int64_t>(inside)},
                         {"newest", std::move(newest)}};
}

} // namespace

Value decisionBasis(const IncidentFile& file, const Step& step)
{
    const Verb* verb = findVerb(step.action.type);
    if (!verb || !verb->changes)
        return {};
    Value::Array baseline;
    for (const Brief::Rarity& rarity : file.brief.rarities) {
        if (baseline.size() >= mostTold || file.view.hiddenMembers.contains(rarity.identity))
            continue;
        Value::Array more;
        for (const Brief::Rarity::Measure& measure : rarity.more)
            more.push_back(Value::Object{{"what", measure.what}, {"new", measure.fresh}, {"all", measure.all}, {"past", measure.past}});
        baseline.push_back(Value::Object{{"identity", ledgerKey(rarity.identity)},
                                         {"new_actions", rarity.newActions},
                                         {"all_actions", rarity.allActions},
                                         {"past_actions", rarity.pastActions},
                                         {"more", std::move(more)}});
    }
    return Value::Object{{"identity_changes", lookUp(file.brief)}, {"baseline", std::move(baseline)}};
}

} // namespace cordon::engine
