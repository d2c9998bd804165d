#include "core/investigate/rarity.h"

#include "core/domain/ambient.h"

#include <array>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostEvents = 64;

/// First event of each distinct action that the identity did in the incident.
std::map<std::string, EventId> actionsOf(const Inquiry& inquiry, const EntityRef& identity)
{
    std::map<std::string, EventId> actions;
    for (const Event& event : inquiry.acts) {
        if (event.actor == identity && inquiry.isDuring(event.time))
            actions.try_emplace(event.action, event.id);
    }
    return actions;
}

/// Where from, with what and where: what of it the identity's past does not have.
void addMeasures(const Inquiry& inquiry, const std::vector<Event>& past, Brief::Rarity& rarity)
{
    struct Way
    {
        const char* what;
        std::string (*of)(const Event&);
    };
    const std::array<Way, 3> ways{
        {{"address", [](const Event& event) { return event.address; }},
         {"user_agent", // a new version of the same program is no other program
          [](const Event& event) { return event.userAgent.substr(0, event.userAgent.find_first_of("/ ")); }},
         {"region", [](const Event& event) { return event.region; }}}};
    for (const Way& way : ways) {
        std::set<std::string> known;
        for (const Event& event : past)
            known.insert(way.of(event));
        known.erase("");
        Brief::Rarity::Measure measure{way.what, 0, 0, static_cast<int>(known.size()), {}};
        std::set<std::string> seen;
        for (const Event& event : inquiry.acts) {
            const std::string value = way.of(event);
            if (event.actor != rarity.identity || !inquiry.isDuring(event.time) || value.empty() ||
                !seen.insert(value).second)
                continue;
            ++measure.all;
            if (known.contains(value))
                continue;
            ++measure.fresh;
            if (measure.events.size() < mostEvents)
                measure.events.push_back(event.id);
        }
        if (measure.all > 0 && measure.past > 0)
            rarity.more.push_back(std::move(measure));
    }
}

} // namespace

Result<std::vector<Brief::Rarity>> raritiesOf(const Inquiry& inquiry, std::vector<ShortPast>& shortPasts)
{
    std::vector<Brief::Rarity> rarities;
    const Timestamp begin = inquiry.incident.firstSeen;
    for (const IncidentMember& member : inquiry.incident.members) {
        const EntityRef& identity = member.entity;
        const bool canHavePast = identity.kind == EntityKind::Account || identity.kind == EntityKind::Role;
        if (!canHavePast || !member.isMisused || member.isMadeByIncident || isAmbient(identity))
            continue;
        const std::map<std::string, EventId> actions = actionsOf(inquiry, identity);
        if (actions.empty())
            continue;
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return inquiry.lookup.doneBy(identity, from, to, most);
        };
        bool isWhole = true;
        CORDON_TRY(const std::vector<Event> past,
                   allPages(query, inquiry.logBegin, begin, inquiry.reach.mostPerQuery, isWhole));
        const bool isLong = past.size() >= static_cast<std::size_t>(inquiry.reach.leastPastEvents) &&
                            begin - past.front().time >= inquiry.reach.leastPast;
        if (!isLong) {
            shortPasts.push_back({identity, past.size(), {}});
            for (std::size_t i = 0; i < past.size() && i < mostEvents; ++i)
                shortPasts.back().cites.push_back(past[i].id);
            continue;
        }
        if (!isWhole)
            continue; // what was not read might hold the action
        std::set<std::string> known;
        for (const Event& event : past)
            known.insert(event.action);
        Brief::Rarity rarity{identity, 0, static_cast<int>(actions.size()), static_cast<int>(known.size()), {}};
        for (const auto& [action, event] : actions) {
            if (known.contains(action))
                continue;
            ++rarity.newActions;
            if (rarity.events.size() < mostEvents)
                rarity.events.push_back(event);
        }
        addMeasures(inquiry, past, rarity);
        rarities.push_back(std::move(rarity));
    }
    return rarities;
}

} // namespace cordon::investigate
