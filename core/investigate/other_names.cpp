#include "core/investigate/other_names.h"

#include "core/domain/relation.h"

#include <algorithm>
#include <set>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostNames = 2;

/// The names that a record of what was done tells beside the entity's.
void addNames(const Event& event, const EntityRef& entity, std::set<EntityRef>& names)
{
    const EventTarget* before = nullptr; // what the next target may be another name of
    for (const EventTarget& target : event.targets) {
        if (target.relation == "also" && before && (before->entity == entity) != (target.entity == entity))
            names.insert(before->entity == entity ? target.entity : before->entity);
        before = isOtherName(target.relation) ? nullptr : &target;
    }
}

void rename(Event& event, const EntityRef& from, const EntityRef& to)
{
    if (event.actor == from)
        event.actor = to;
    for (EventTarget& target : event.targets) {
        if (target.entity == from)
            target.entity = to;
    }
}

} // namespace

Result<std::vector<Event>> underEveryName(const EntityRef& entity, const EventsOf& eventsOf)
{
    CORDON_TRY(std::vector<Event> events, eventsOf(entity));
    std::set<EntityRef> names;
    for (const Event& event : events) {
        if (event.outcome != EventOutcome::Failure)
            addNames(event, entity, names);
    }
    if (names.empty() || names.size() > mostNames)
        return events;
    std::set<EventId> known;
    for (const Event& event : events)
        known.insert(event.id);
    for (const EntityRef& name : names) {
        CORDON_TRY(std::vector<Event> more, eventsOf(name));
        for (Event& event : more) {
            if (!known.insert(event.id).second)
                continue;
            rename(event, name, entity);
            events.push_back(std::move(event));
        }
    }
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
        return a.time != b.time ? a.time < b.time : a.id < b.id;
    });
    return events;
}

} // namespace cordon::investigate
