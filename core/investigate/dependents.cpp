#include "core/investigate/dependents.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"
#include "core/investigate/client_family.h"

#include <algorithm>
#include <tuple>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostThings = 100;
constexpr std::size_t mostUsersPerThing = 200;
/// How long before its first alert an intruder may already have been at work.
constexpr Duration prelude = std::chrono::hours(24);

struct Uses
{
    EntityRef by;
    std::string trace;
    std::int64_t times = 0;
    Timestamp first;
    Timestamp last;
};

/// `aws-cli/2.1 Python/3.9` at `203.0.113.7` is `aws-cli/2.1@203.0.113.7`.
EntityRef applicationOf(const Event& event)
{
    const std::string program = plainText(std::string_view(event.userAgent).substr(0, event.userAgent.find(' ')), 80);
    const std::string address = plainText(event.address, 64);
    const std::string id = (program.empty() ? "unknown" : program) + "@" + address;
    const std::string family = clientFamily(event.userAgent);
    return {EntityKind::Application, id, "", (family.empty() ? "a program" : family) + " at " + address};
}

bool isProviderCall(const Event& event)
{
    return event.address.empty() || isAmbient({EntityKind::Address, event.address, "", ""});
}

bool hasRelation(const Event& event, const EntityRef& entity, std::initializer_list<std::string_view> relations)
{
    return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.entity == entity &&
               std::find(relations.begin(), relations.end(), target.relation) != relations.end();
    });
}

/// Who used the thing by this event; empty when the event is no use of it.
std::optional<EntityRef> userOf(const Event& event, const EntityRef& thing)
{
    switch (thing.kind) {
    case EntityKind::Credential:
    case EntityKind::Account:
        if ((event.via == thing || event.actor == thing) && !isProviderCall(event))
            return applicationOf(event);
        return std::nullopt;
    case EntityKind::Role:
        if (event.actor && hasRelation(event, thing, {"assumed"}))
            return event.actor;
        return std::nullopt;
    default:
        if (event.actor && hasRelation(event, thing, {"read", "used"}))
            return event.actor;
        return std::nullopt;
    }
}

bool canHaveDependents(const IncidentMember& member)
{
    switch (member.entity.kind) {
    case EntityKind::Account:
    case EntityKind::Credential:
    case EntityKind::Role:
    case EntityKind::Secret:
        return !member.isMadeByIncident && !isAmbient(member.entity);
    default:
        return false;
    }
}

/// What tells an intruder's use again: the address, since programs change their names; for things that somebody
/// else assumes or reads, who it was.
std::string traceOf(const Event& event, const EntityRef& user)
{
    return user.kind == EntityKind::Application ? event.address : user.key();
}

std::set<std::string> tracesInIncident(const Inquiry& inquiry, const EntityRef& thing)
{
    std::set<std::string> traces;
    for (const Event& event : inquiry.acts) {
        if (const auto user = userOf(event, thing))
            traces.insert(traceOf(event, *user));
    }
    return traces;
}

} // namespace

Result<std::vector<Brief::Use>> dependentsOf(const Inquiry& inquiry)
{
    std::vector<Brief::Use> all;
    const Timestamp begin = inquiry.incident.firstSeen;
    std::size_t things = 0;
    for (const IncidentMember& member : inquiry.incident.members) {
        if (!canHaveDependents(member) || ++things > mostThings)
            continue;
        const EntityRef& thing = member.entity;
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return inquiry.lookup.naming(thing, from, to, most);
        };
        bool isWhole = true;
        CORDON_TRY(const std::vector<Event> events,
                   allPages(query, begin - inquiry.reach.dependents, begin, inquiry.reach.mostPerQuery, isWhole));
        std::map<EntityRef, Uses> users;
        for (const Event& event : events) {
            const auto user = inquiry.alertsOf.contains(event.id) ? std::nullopt : userOf(event, thing);
            if (!user || (users.size() >= mostUsersPerThing && !users.contains(*user)))
                continue;
            Uses& uses =
                users.try_emplace(*user, Uses{*user, traceOf(event, *user), 0, event.time, event.time}).first->second;
            ++uses.times;
            uses.last = event.time;
        }
        const std::set<std::string> intruders = tracesInIncident(inquiry, thing);
        for (const auto& [user, uses] : users) {
            const bool isPrelude = intruders.contains(uses.trace) && begin - uses.first < prelude;
            if (!isPrelude)
                all.push_back({thing, uses.by, uses.times, uses.last});
        }
    }
    return all;
}

} // namespace cordon::investigate
