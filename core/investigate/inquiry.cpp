#include "core/investigate/inquiry.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"
#include "core/domain/relation.h"
#include "core/domain/sighting.h"
#include "core/domain/sign_in.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostAttackers = 200;
constexpr std::size_t mostAlertEvents = 5000;
constexpr std::size_t mostActs = 100'000;
constexpr Duration oneMicro{1};

bool canAct(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role;
}

bool isHolder(const EventTarget& target)
{
    const EntityKind kind = target.entity.kind;
    return kind == EntityKind::Account || kind == EntityKind::Role || kind == EntityKind::Group;
}

/// True for what says how it was done or what else a thing is called: nothing was done to it.
bool isBeside(const EventTarget& target)
{
    return target.relation == "used" || target.relation == refusedRelation || isOtherName(target.relation);
}

using Acts = std::map<EventId, Event>;

/// What one identity did, and whom it made on the way.
Result<void> follow(Inquiry& inquiry, const EntityRef& identity, std::vector<EntityRef>& toFollow, Acts& acts)
{
    const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
        return inquiry.lookup.doneBy(identity, from, to, most);
    };
    bool isWhole = true;
    CORDON_TRY(std::vector<Event> events, allPages(query, inquiry.incident.firstSeen, inquiry.logEnd + oneMicro,
                                                   inquiry.reach.mostPerQuery, isWhole));
    for (Event& event : events) {
        if (acts.contains(event.id) || !inquiry.isAttributed(event))
            continue;
        for (const EventTarget& target : event.targets) {
            const bool isMade = target.relation == "created" && event.outcome != EventOutcome::Failure &&
                                target.entity.kind == EntityKind::Credential;
            if (isMade && inquiry.attackers.size() < mostAttackers && inquiry.attackers.insert(target.entity).second)
                toFollow.push_back(target.entity);
        }
        acts.emplace(event.id, std::move(event));
    }
    return {};
}

Result<void> addAlertEvents(const Inquiry& inquiry, Acts& acts)
{
    std::size_t asked = 0;
    for (const Alert* alert : inquiry.alerts) {
        for (const EventId id : alert->events) {
            if (acts.contains(id) || ++asked > mostAlertEvents)
                continue;
            Result<Event> event = inquiry.lookup.event(id);
            if (event)
                acts.emplace(id, std::move(*event));
            else if (event.error().code != ErrorCode::NotFound)
                return fail(std::move(event).error());
        }
    }
    return {};
}

} // namespace

bool Inquiry::isAttributed(const Event& event) const
{
    if (alertsOf.contains(event.id))
        return true;
    if (event.time < incident.firstSeen || isRefusedSignIn(event))
        return false;
    for (const auto& doer : {event.actor, event.via}) {
        const auto begin = doer ? since.find(*doer) : since.end();
        if (begin != since.end() && event.time < begin->second)
            return false;
    }
    if (event.via && attackers.contains(*event.via))
        return true;
    if (!event.actor || !attackers.contains(*event.actor) || event.time > incident.lastSeen)
        return false;
    if (!event.via)
        return true;
    // Others may hold keys of the same account, and sessions of the same role.
    return event.actor->kind == EntityKind::Account && event.via->type != "access_key";
}

/// What an account did before the incident gave it rights or took it over is its own.
void learnSince(Inquiry& inquiry)
{
    std::map<EntityRef, Timestamp> given;
    std::map<EntityRef, Timestamp> acted;
    const auto note = [&inquiry](std::map<EntityRef, Timestamp>& times, const EntityRef& entity, Timestamp time) {
        if (!inquiry.attackers.contains(entity))
            return;
        const auto [place, isNew] = times.try_emplace(entity, time);
        place->second = std::min(place->second, time);
    };
    for (const Alert* alert : inquiry.alerts) {
        for (const AlertEntity& part : alert->entities) {
            const bool isDoer = part.part == "actor" || part.part == "via";
            if (isDoer && part.relation != refusedRelation)
                note(acted, part.entity, alert->first);
            else if (part.part == "target" && alert->hasSucceeded && (part.relation == "granted" || part.relation == "created" || part.relation == "activated"))
                note(given, part.entity, alert->first);
        }
    }
    for (const auto& [entity, time] : given) {
        const auto first = acted.find(entity);
        if (first == acted.end() || first->second > time)
            inquiry.since.emplace(entity, time);
    }
}

Result<Inquiry> inquire(const Incident& incident, const std::vector<Alert>& alerts, const EventLookup& lookup,
                        const Reach& reach)
{
    Inquiry inquiry{incident, lookup, reach, {}, {}, {}, {}, {}, {}};
    CORDON_TRY(const auto span, lookup.span());
    inquiry.logBegin = span.first;
    inquiry.logEnd = std::max(span.second, incident.lastSeen);
    const std::set<AlertId> own(incident.alerts.begin(), incident.alerts.end());
    for (const Alert& alert : alerts) {
        if (!own.contains(alert.id))
            continue;
        if (isSighting(alert)) {
            inquiry.sightings.push_back(&alert);
            continue;
        }
        inquiry.alerts.push_back(&alert);
        for (const EventId event : alert.events)
            inquiry.alertsOf[event].push_back(&alert);
    }
    std::sort(inquiry.alerts.begin(), inquiry.alerts.end(),
              [](const Alert* a, const Alert* b) { return std::tie(a->first, a->id) < std::tie(b->first, b->id); });

    std::vector<EntityRef> toFollow;
    for (const IncidentMember& member : incident.members) {
        const bool isAttacker = member.role == EntityRole::Attacker && canAct(member.entity.kind);
        if (isAttacker && !isAmbient(member.entity) && toFollow.size() < mostAttackers)
            toFollow.push_back(member.entity);
    }
    inquiry.attackers.insert(toFollow.begin(), toFollow.end());
    learnSince(inquiry);
    Acts acts;
    for (std::size_t i = 0; i < toFollow.size() && acts.size() < mostActs; ++i) {
        const EntityRef identity = toFollow[i]; // `follow` may grow the list
        CORDON_CHECK(follow(inquiry, identity, toFollow, acts));
    }
    CORDON_CHECK(addAlertEvents(inquiry, acts));
    for (auto& [id, event] : acts)
        inquiry.acts.push_back(std::move(event));
    std::stable_sort(inquiry.acts.begin(), inquiry.acts.end(),
                     [](const Event& a, const Event& b) { return a.time < b.time; });
    return inquiry;
}

std::string clockText(Timestamp time, bool withDate)
{
    const std::string full = time.toString();
    return withDate ? full.substr(0, 10) + " " + full.substr(11, 5) : full.substr(11, 5);
}

std::string clockText(const Event& event, bool withDate)
{
    return tellsTime(event) ? clockText(event.time, withDate) : "an unknown time";
}

bool tellsTime(const Event& event)
{
    return !event.timeText.empty();
}

Parties partiesOf(const Event& event)
{
    std::vector<const EventTarget*> parts;
    for (const EventTarget& target : event.targets) {
        if (!isBeside(target))
            parts.push_back(&target);
    }
    // What was worked with is what an act is about only where it names nothing else, and never the doer's own session.
    for (const EventTarget& target : event.targets) {
        if (parts.empty() && target.relation == "used" && !canAct(target.entity.kind))
            parts.push_back(&target);
    }
    const auto first = [&parts](const auto& fits) {
        const auto place = std::find_if(parts.begin(), parts.end(), fits);
        return place == parts.end() ? nullptr : *place;
    };
    Parties parties;
    parties.subject = first([](const EventTarget* part) { return isHolder(*part) && part->relation == "granted"; });
    if (parties.subject)
        parties.object = first([&](const EventTarget* part) { return part->relation == "attached"; });
    else
        parties.subject = first([](const EventTarget* part) { return isHolder(*part); });
    if (!parties.object)
        parties.object =
            first([&](const EventTarget* part) { return part != parties.subject && part->relation == "detached"; });
    if (!parties.object)
        parties.object = first([](const EventTarget* part) { return !isHolder(*part); });
    if (!parties.object)
        parties.object = first([&](const EventTarget* part) { return part != parties.subject; });
    return parties;
}

bool namesDoer(const Event& event)
{
    return event.actor || event.via;
}

std::string doerName(const Event& event)
{
    if (event.actor)
        return plainName(*event.actor);
    return event.via ? plainName(*event.via) : "somebody unnamed";
}

bool wasDenied(const Event& event)
{
    for (const std::string_view word :
         {"AccessDenied", "Unauthorized", "Forbidden", "PermissionDenied", "NotAuthorized"}) {
        if (event.error.find(word) != std::string::npos)
            return true;
    }
    return false;
}

} // namespace cordon::investigate
