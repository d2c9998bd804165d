#pragma once

#include "core/domain/event_lookup.h"

#include <algorithm>
#include <vector>

namespace cordon::test {

/// An event index over a list in memory. Answers like the case's own: windows are [from, to), order is by time.
class EventListLookup : public EventLookup
{
public:
    EventListLookup() = default;
    explicit EventListLookup(std::vector<Event> events)
        : m_events(std::move(events))
    {
        std::stable_sort(m_events.begin(), m_events.end(),
                         [](const Event& a, const Event& b) { return a.time < b.time; });
    }

    [[nodiscard]] Result<Event> event(EventId id) const override
    {
        for (const Event& event : m_events) {
            if (event.id == id)
                return event;
        }
        return fail(ErrorCode::NotFound, "no event " + std::to_string(id.value));
    }
    [[nodiscard]] Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return matching(from, to, most, [&](const Event& event) { return isBy(event, entity) || isOn(event, entity); });
    }
    [[nodiscard]] Result<std::vector<Event>> doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return matching(from, to, most, [&](const Event& event) { return isBy(event, identity); });
    }
    [[nodiscard]] Result<std::vector<Event>> identityChangesOf(const EntityRef& entity, Timestamp from, Timestamp to,
                                                               std::size_t most) const override
    {
        return matching(from, to, most, [&](const Event& event) {
            return event.isIdentityChange && (event.actor == entity || isOn(event, entity));
        });
    }
    [[nodiscard]] Result<void> each(const std::function<bool(const Event&)>& visit) const override
    {
        for (const Event& event : m_events) {
            if (!visit(event))
                break;
        }
        return {};
    }
    [[nodiscard]] Result<std::pair<Timestamp, Timestamp>> span() const override
    {
        if (m_events.empty())
            return std::pair<Timestamp, Timestamp>{};
        return std::pair{m_events.front().time, m_events.back().time};
    }

private:
    static bool isBy(const Event& event, const EntityRef& entity)
    {
        return event.actor == entity || event.via == entity;
    }
    static bool isOn(const Event& event, const EntityRef& entity)
    {
        return std::any_of(event.targets.begin(), event.targets.end(),
                           [&](const EventTarget& target) { return target.entity == entity; });
    }
    template<class Matches>
    std::vector<Event> matching(Timestamp from, Timestamp to, std::size_t most, const Matches& matches) const
    {
        std::vector<Event> found;
        for (const Event& event : m_events) {
            if (from <= event.time && event.time < to && matches(event) && found.size() < most)
                found.push_back(event);
        }
        return found;
    }

    std::vector<Event> m_events;
};

} // namespace cordon::test
