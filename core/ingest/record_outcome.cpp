#include "core/ingest/record_outcome.h"

#include "core/domain/sign_in.h"
#include "core/ingest/recognition.h"
#include "core/ingest/text_pattern.h"

#include <algorithm>

namespace cordon::ingest {
namespace {

bool isSignIn(const FieldMap& map, const ActionRule* rule, const EventView& view)
{
    return (rule && rule->isSignIn) ||
           (!map.signIn.empty() && std::all_of(map.signIn.begin(), map.signIn.end(),
                                               [&view](const FieldCondition& condition) { return holds(condition, view); }));
}

} // namespace

EventOutcome outcomeBy(const OutcomeRule& rule, std::string_view told)
{
    if (told.empty())
        return rule.absent;
    const auto isOne = [told](const std::string& pattern) { return fitsPattern(told, pattern); };
    if (std::any_of(rule.success.begin(), rule.success.end(), isOne))
        return EventOutcome::Success;
    if (std::any_of(rule.failure.begin(), rule.failure.end(), isOne))
        return EventOutcome::Failure;
    return rule.otherwise;
}

void readRefusal(const FieldMap& map, const ActionRule* rule, const EventView& view, Event& event)
{
    if (event.outcome != EventOutcome::Failure || !event.actor || !isSignIn(map, rule, view))
        return;
    const auto isNeverOpened = [](const EntityRef& entity) {
        return entity.kind == EntityKind::Credential && (entity.type == "session" || entity.type == "token");
    };
    if (event.via && isNeverOpened(*event.via))
        event.via.reset();
    std::erase_if(event.targets, [&](const EventTarget& target) { return isNeverOpened(target.entity); });
    event.targets.insert(event.targets.begin(), {*event.actor, std::string(refusedRelation)});
}

} // namespace cordon::ingest
