#pragma once

#include "core/domain/event_lookup.h"
#include "core/govern/see_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace cordon::engine {

/// The event index as the agent may read it: everything it looks up goes through here. Keeps count of what it was not
/// shown.
class SeenLookup final : public EventLookup
{
public:
    /// All outlive this.
    SeenLookup(const EventLookup& whole, const govern::SeeRules& rules, const govern::SeeScope& scope)
        : m_whole(whole), m_rules(rules), m_scope(scope)
    {
    }

    /// True when the agent may read it; then what the mandate wants hidden is taken out.
    [[nodiscard]] bool admit(Event& event) const
    {
        const std::vector<std::string> clauses = m_rules.clausesFor(event, m_scope);
        if (clauses.empty()) {
            if (m_unseenIds.insert(event.id).second)
                ++m_unseen[event.source];
            return false;
        }
        m_clauses.insert(clauses.begin(), clauses.end());
        if (m_rules.redact(event, m_scope))
            m_redactedIds.insert(event.id);
        return true;
    }

    [[nodiscard]] Result<Event> event(EventId id) const override
    {
        CORDON_TRY(Event found, m_whole.event(id));
        if (!admit(found))
            return fail(ErrorCode::NotFound, "the mandate does not let the agent read it");
        return found;
    }
    [[nodiscard]] Result<std::vector<Event>> naming(const EntityRef& entity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return admitted([&](Timestamp start) { return m_whole.naming(entity, start, to, most); }, from, most);
    }
    [[nodiscard]] Result<std::vector<Event>> doneBy(const EntityRef& identity, Timestamp from, Timestamp to,
                                                    std::size_t most) const override
    {
        return admitted([&](Timestamp start) { return m_whole.doneBy(identity, start, to, most); }, from, most);
    }
    [[nodiscard]] Result<std::vector<Event>> identityChangesOf(const EntityRef& entity, Timestamp from, Timestamp to,
                                                               std::size_t most) const override
    {
        return admitted([&](Timestamp start) { return m_whole.identityChangesOf(entity, start, to, most); }, from,
                        most);
    }
    [[nodiscard]] Result<void> each(const std::function<bool(const Event&)>& visit) const override
    {
        return m_whole.each([&](const Event& event) {
            Event copy = event;
            return !admit(copy) || visit(copy);
        });
    }
    [[nodiscard]] Result<std::pair<Timestamp, Timestamp>> span() const override { return m_whole.span(); }

    [[nodiscard]] const std::map<std::string, int>& unseen() const { return m_unseen; }
    [[nodiscard]] int redacted() const { return static_cast<int>(m_redactedIds.size()); }
    [[nodiscard]] const std::set<std::string>& clauses() const { return m_clauses; }

private:
    /// What is not read makes room: a page that held many such records is filled from those after it, so that a page
    /// shorter than asked still means the end.
    template<class Query>
    Result<std::vector<Event>> admitted(const Query& query, Timestamp from, std::size_t most) const
    {
        constexpr int mostPages = 20;
        std::vector<Event> seen;
        std::set<EventId> had;
        for (int page = 0; page < mostPages; ++page) {
            CORDON_TRY(std::vector<Event> events, query(from));
            const bool isLast = events.size() < most;
            const Timestamp end = events.empty() ? from : events.back().time;
            bool hasMoved = false;
            for (Event& event : events) {
                if (!had.insert(event.id).second)
                    continue;
                hasMoved = true;
                if (seen.size() < most && admit(event))
                    seen.push_back(std::move(event));
            }
            if (isLast || !hasMoved || seen.size() >= most)
                break;
            from = end;
        }
        return seen;
    }

    const EventLookup& m_whole;
    const govern::SeeRules& m_rules;
    const govern::SeeScope& m_scope;
    mutable std::set<EventId> m_unseenIds;
    mutable std::set<EventId> m_redactedIds;
    mutable std::map<std::string, int> m_unseen;
    mutable std::set<std::string> m_clauses;
};

} // namespace cordon::engine
