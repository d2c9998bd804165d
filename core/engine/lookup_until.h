#pragma once

#include "core/domain/event_lookup.h"

#include <algorithm>

namespace cordon::engine {

/// The event index as it was at a moment: in a replay, what comes later has not happened yet.
class LookupUntil final : public EventLookup
{
public:
    /// @param whole  outlives this
    LookupUntil(const EventLookup& whole, Timestamp until) : m_whole(whole), m_end(until + Duration(1)) {}

    [[nodiscard]] Result<Event> event(EventId id) const override { return m_whole.event(id); }
    [[nodiscard]] Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return m_whole.naming(entity, from, std::min(to, m_end), most);
    }
    [[nodiscard]] Result<std::vector<Event>> doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return m_whole.doneBy(identity, from, std::min(to, m_end), most);
    }
    [[nodiscard]] Result<std::vector<Event>> identityChangesOf(const EntityRef& entity, Timestamp from, Timestamp to,
                                                               std::size_t most) const override
    {
        return m_whole.identityChangesOf(entity, from, std::min(to, m_end), most);
    }
    [[nodiscard]] Result<void> each(const std::function<bool(const Event&)>& visit) const override
    {
        return m_whole.each([&](const Event& event) { return event.time < m_end && visit(event); });
    }
    [[nodiscard]] Result<std::pair<Timestamp, Timestamp>> span() const override
    {
        CORDON_TRY(auto whole, m_whole.span());
        return std::pair(whole.first, std::min(whole.second, m_end - Duration(1)));
    }

private:
    const EventLookup& m_whole;
    Timestamp m_end; ///< exclusive
};

} // namespace cordon::engine
