#pragma once

#include "core/investigate/investigator.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cordon::investigate {

/// What every part of an investigation starts from: the incident, and which events it did.
struct Inquiry
{
    const Incident& incident;
    const EventLookup& lookup;
    Reach reach;
    std::vector<const Alert*> alerts;                                ///< the incident's, by (first, id)
    std::unordered_map<EventId, std::vector<const Alert*>> alertsOf; ///< by event
    std::set<EntityRef> attackers; ///< identities and credentials that acted, and the sessions that they minted
    std::vector<Event> acts;       ///< events done by the incident, in order, up to the end of the log
    Timestamp logBegin;
    Timestamp logEnd;
    RecordReader records = {};
    /// From when on an attacker is one to whom the incident gave something before anything was done as it.
    std::map<EntityRef, Timestamp> since = {};
    std::vector<const Alert*> sightings = {}; ///< of indicators: they show, and make nothing anybody's act

    [[nodiscard]] bool isDuring(Timestamp time) const
    {
        return incident.firstSeen <= time && time <= incident.lastSeen;
    }
    /// True for what the incident's identities did: with a credential of the incident, or as an account of it by no
    /// other known key while the incident lasted.
    [[nodiscard]] bool isAttributed(const Event& event) const;
};

/// Gathers the alerts and acts of an incident. Follows sessions that the intruder minted, alerts or not.
[[nodiscard]] Result<Inquiry> inquire(const Incident& incident, const std::vector<Alert>& alerts,
                                      const EventLookup& lookup, const Reach& reach);

/// Every event of a query that answers at most `reach.mostPerQuery` at a time, in order.
/// @param isWhole  false when the query went on after `mostPages` answers
template<class Query>
[[nodiscard]] Result<std::vector<Event>> allPages(const Query& query, Timestamp from, Timestamp to, std::size_t most,
                                                  bool& isWhole)
{
    constexpr int mostPages = 20;
    std::vector<Event> all;
    std::set<EventId> atSeam; // events at the time where the next page begins again
    isWhole = true;
    for (int page = 0; page < mostPages; ++page) {
        CORDON_TRY(std::vector<Event> events, query(from, to, most));
        const bool isLast = events.size() < most;
        bool hasMoved = false;
        for (Event& event : events) {
            if (atSeam.contains(event.id))
                continue;
            hasMoved = true;
            all.push_back(std::move(event));
        }
        if (isLast)
            return all;
        if (!hasMoved)
            break; // more events in one microsecond than a page holds
        from = all.back().time;
        atSeam.clear();
        for (auto event = all.rbegin(); event != all.rend() && event->time == from; ++event)
            atSeam.insert(event->id);
    }
    isWhole = false;
    return all;
}

/// `11:58`, or `2026-11-21 11:58` when `withDate`. UTC.
[[nodiscard]] std::string clockText(Timestamp time, bool withDate);

/// The same for the time of an event; `an unknown time` where its record tells none that can be read.
[[nodiscard]] std::string clockText(const Event& event, bool withDate);

/// False when the event's record tells no time that can be read: Event::time then means nothing.
[[nodiscard]] bool tellsTime(const Event& event);

/// Whose right an event is about, and what was made, attached or changed. Either may be null. Neither is what it was
/// done through (the doer's session, a host) or another name, unless a thing that was worked with is all it names.
struct Parties
{
    const EventTarget* subject = nullptr; ///< account, role or group: whoever was given rights, else the first
    const EventTarget* object = nullptr;  ///< what they were given, what was taken, else the first of anything else
};
[[nodiscard]] Parties partiesOf(const Event& event);

/// False when the record names neither who did it nor what it was done with.
[[nodiscard]] bool namesDoer(const Event& event);

/// Who did it, in words: actor, else credential, else `somebody unnamed`.
[[nodiscard]] std::string doerName(const Event& event);

/// True when the provider refused for want of rights, rather than for any other reason.
[[nodiscard]] bool wasDenied(const Event& event);

} // namespace cordon::investigate
