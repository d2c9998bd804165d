#include "core/correlate/incident_parts.h"

#include "core/domain/plain_name.h"
#include "core/domain/relation.h"
#include "core/domain/sign_in.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace cordon::correlate {
namespace {

constexpr std::size_t mostEvents = 64;

/// A member while its alerts are gathered.
struct Draft
{
    int acted = 0;
    int refused = 0; ///< sign-ins in its name, or with it, that nobody let in
    int targeted = 0;
    int tried = 0; ///< aimed at by acts that came to nothing
    int seenAt = 0; ///< as an address
    bool isCredential = false;
    std::string firstRule;
    std::string refusedRule;
    EntityIndex usedBy = noEntity;
    EntityIndex targetedBy = noEntity;
    EntityIndex triedBy = noEntity;
    EntityIndex madeBy = noEntity;
    EntityIndex made = noEntity; ///< for those who only stand behind what acted
    Timestamp first;
    bool isMisused = false;
    std::set<EventId> events;
};

using Drafts = std::unordered_map<EntityIndex, Draft>;

void addEvents(Draft& draft, const std::vector<EventId>& events)
{
    for (const EventId event : events) {
        if (draft.events.size() < mostEvents && event.isSet())
            draft.events.insert(event);
    }
}

Draft& draftFor(Drafts& drafts, EntityIndex entity, const AlertNode& alert)
{
    const auto [place, isNew] = drafts.try_emplace(entity);
    if (isNew)
        place->second.first = alert.first;
    addEvents(place->second, alert.events);
    return place->second;
}

/// Keys that the alert was done with; a role session's own name is none.
std::vector<EntityIndex> keysOf(const IncidentParts& parts, const AlertNode& alert)
{
    std::vector<EntityIndex> keys;
    for (const NodeEntity& entity : alert.entities) {
        const EntityRef& ref = parts.entity(entity.entity);
        const bool isUsed = entity.part == AlertPart::Via && entity.relation != refusedRelation;
        if (isUsed && ref.kind == EntityKind::Credential && !ref.id.starts_with("arn:"))
            keys.push_back(entity.entity);
    }
    return keys;
}

/// Keys with which something else was done that a rule noticed. An alert that counted the uses of several keys does not
/// say which of them was misused; these are.
std::set<EntityIndex> singledOut(const IncidentParts& parts)
{
    std::set<EntityIndex> keys;
    for (const AlertNode* alert : parts.alerts) {
        if (const std::vector<EntityIndex> own = keysOf(parts, *alert); own.size() == 1)
            keys.insert(own.front());
    }
    return keys;
}

void takeAlert(const IncidentParts& parts, const AlertNode& alert, const std::set<EntityIndex>& singled, Drafts& drafts)
{
    const std::vector<EntityIndex> keys = keysOf(parts, alert);
    const auto isSingled = [&singled](EntityIndex key) { return singled.contains(key); };
    const bool tellsApart = keys.size() > 1 && std::any_of(keys.begin(), keys.end(), isSingled);
    const bool counts = isMisuse(parts, alert);
    const EntityIndex actor = alert.isRefused ? noEntity : alert.in(AlertPart::Actor);
    std::set<std::pair<EntityIndex, AlertPart>> counted; // an alert may name a thing once per relation
    std::set<EntityIndex> refused;
    for (const NodeEntity& entity : alert.entities) {
        if (parts.graph.isAmbient(entity.entity) && entity.part == AlertPart::Address)
            continue;
        const bool isKnownByKey = entity.part == AlertPart::Via && alert.hasKeyBeside(entity.entity) &&
                                  parts.graph.isSharedName(entity.entity, alert.last);
        if (isKnownByKey) // others have sessions of that name
            continue;
        Draft& draft = draftFor(drafts, entity.entity, alert);
        if (entity.relation == refusedRelation) {
            if (refused.insert(entity.entity).second && draft.refused++ == 0)
                draft.refusedRule = parts.rule(alert).title;
            continue;
        }
        const bool isNew = counted.emplace(entity.entity, entity.part).second;
        if (entity.part == AlertPart::Actor || entity.part == AlertPart::Via) {
            if (isNew && draft.acted++ == 0)
                draft.firstRule = parts.rule(alert).title;
            draft.isCredential = draft.isCredential || entity.part == AlertPart::Via;
            const bool isOther = tellsApart && !isSingled(entity.entity) &&
                                 std::find(keys.begin(), keys.end(), entity.entity) != keys.end();
            draft.isMisused = draft.isMisused || (counts && !isOther && !parts.graph.isAmbient(entity.entity));
            if (entity.part == AlertPart::Via && draft.usedBy == noEntity)
                draft.usedBy = actor;
        } else if (entity.part == AlertPart::Address) {
            draft.seenAt += isNew ? 1 : 0;
        } else if (!isOtherName(entity.relation)) {
            if (isNew && (alert.hasSucceeded ? draft.targeted : draft.tried)++ == 0) {
                EntityIndex& by = alert.hasSucceeded ? draft.targetedBy : draft.triedBy;
                by = actor;
            }
            if (alert.hasSucceeded && !parts.rule(alert).isSighting && entity.relation == "created" && draft.madeBy == noEntity)
                draft.madeBy = actor;
        }
    }
}

/// Whoever made a credential for itself, with which credential, is misused once what it made is: one hand holds both.
/// A credential made for somebody else says nothing about its maker.
void takeSelfMade(const IncidentParts& parts, Drafts& drafts)
{
    for (const AlertNode* alert : parts.alerts) {
        const EntityIndex actor = alert->in(AlertPart::Actor);
        if (!alert->hasSucceeded || actor == noEntity || parts.graph.isAmbient(actor))
            continue;
        bool isForItself = false;
        bool isMadeMisused = false;
        for (const NodeEntity& entity : alert->entities) {
            isForItself = isForItself || (entity.entity == actor && entity.relation == "granted");
            isMadeMisused = isMadeMisused || (entity.relation == "created" && drafts.at(entity.entity).isMisused &&
                                              parts.entity(entity.entity).kind == EntityKind::Credential);
        }
        if (!isForItself || !isMadeMisused)
            continue;
        drafts.at(actor).isMisused = true;
        if (const EntityIndex via = alert->in(AlertPart::Via); via != noEntity)
            drafts.at(via).isMisused = true;
    }
}

/// Those behind the sessions that acted, and which sessions the incident itself minted.
void takeOrigins(const IncidentParts& parts, Drafts& drafts)
{
    Timestamp begin = parts.alerts.front()->first;
    Timestamp last = begin;
    for (const AlertNode* alert : parts.alerts) {
        begin = std::min(begin, alert->first);
        last = std::max(last, alert->last);
    }
    std::vector<EntityIndex> acted;
    for (const auto& [entity, draft] : drafts) {
        if (draft.acted > 0 && !parts.graph.isAmbient(entity))
            acted.push_back(entity);
    }
    std::sort(acted.begin(), acted.end(),
              [&](EntityIndex a, EntityIndex b) { return parts.entity(a) < parts.entity(b); });
    for (const EntityIndex entity : acted) {
        const bool isCredential = parts.entity(entity).kind == EntityKind::Credential;
        const Origin* origin = parts.graph.originOf(entity, last);
        if (!origin)
            continue;
        const auto maker = drafts.find(origin->actor);
        const bool wasMisused = maker != drafts.end() && maker->second.isMisused;
        if (wasMisused && origin->time >= begin) {
            Draft& draft = drafts[entity];
            draft.madeBy = draft.madeBy == noEntity ? origin->actor : draft.madeBy;
            addEvents(draft, {origin->event});
        }
        if (!isCredential)
            continue;
        for (const Ancestor& ancestor : parts.graph.ancestors(entity, last)) {
            if (ancestor.isName || parts.entity(ancestor.entity).kind == EntityKind::Role)
                continue;
            Draft& draft = drafts.try_emplace(ancestor.entity).first->second;
            if (draft.acted > 0 || draft.made != noEntity)
                continue;
            draft.made = entity;
            draft.first = draft.events.empty() ? ancestor.origin.time : draft.first;
            addEvents(draft, {ancestor.origin.event});
        }
    }
}

/// The machine that a misused session is named after is in the same hands, unless the log shows somebody opening that
/// session: whoever opens one may call it what they like.
void takeMachines(const IncidentParts& parts, Drafts& drafts)
{
    Timestamp last = parts.alerts.front()->last;
    for (const AlertNode* alert : parts.alerts)
        last = std::max(last, alert->last);
    std::map<EntityIndex, EntityIndex> machines; ///< and the session that is named after it
    for (const auto& [entity, draft] : drafts) {
        if (!draft.isMisused || parts.entity(entity).kind != EntityKind::Credential)
            continue;
        const Origin* origin = parts.graph.originOf(entity, last);
        const bool isOpened = origin && origin->actor != noEntity && !parts.graph.isAmbient(origin->actor);
        if (isOpened || parts.graph.isSharedName(entity, last))
            continue;
        EntityIndex machine = parts.graph.holderOf(entity);
        for (const Ancestor& ancestor : parts.graph.ancestors(entity, last)) {
            if (machine == noEntity && ancestor.isSame)
                machine = parts.graph.holderOf(ancestor.entity);
        }
        if (machine != noEntity)
            machines.emplace(machine, entity);
    }
    for (const auto& [machine, session] : machines) {
        const std::set<EventId> events = drafts.at(session).events;
        const Timestamp first = drafts.at(session).first;
        Draft& draft = drafts.try_emplace(machine).first->second;
        draft.isMisused = true;
        draft.first = draft.events.empty() ? first : std::min(draft.first, first);
        addEvents(draft, {events.begin(), events.end()});
        if (draft.acted == 0 && draft.made == noEntity)
            draft.made = session;
    }
}

EntityRole roleOf(const EntityRef& entity, const Draft& draft, bool isAmbient)
{
    if (isAmbient || entity.kind == EntityKind::Address)
        return EntityRole::Other;
    const bool canAct =
        entity.kind == EntityKind::Account || entity.kind == EntityKind::Credential || entity.kind == EntityKind::Role;
    if (draft.isMisused || (canAct && draft.madeBy != noEntity))
        return EntityRole::Attacker;
    if (draft.targeted == 0) // what was only tried harmed nobody
        return EntityRole::Other;
    switch (entity.kind) {
    case EntityKind::Account:
    case EntityKind::Credential:
    case EntityKind::Role:
    case EntityKind::Group:
    case EntityKind::Workload:
    case EntityKind::Host:
        return EntityRole::Victim;
    default:
        return EntityRole::Resource;
    }
}

std::vector<Text> reasonsOf(const IncidentParts& parts, const Draft& draft)
{
    const auto nameOf = [&parts](EntityIndex index) {
        return index == noEntity ? std::string("?") : plainName(parts.entity(index));
    };
    std::vector<Text> why;
    if (draft.madeBy != noEntity)
        why.push_back({"member.created_here", {{"by", nameOf(draft.madeBy)}}});
    if (draft.acted > 0) {
        const std::map<std::string, std::string> args{
            {"n", std::to_string(draft.acted)}, {"rule", plainText(draft.firstRule)}, {"by", nameOf(draft.usedBy)}};
        why.push_back({draft.isCredential ? "member.credential_used" : "member.acted", args});
    }
    if (draft.refused > 0)
        why.push_back({"member.sign_in_refused",
                       {{"n", std::to_string(draft.refused)}, {"rule", plainText(draft.refusedRule)}}});
    if (draft.made != noEntity)
        why.push_back({"member.stood_behind", {{"made", nameOf(draft.made)}}});
    if (draft.targeted > 0)
        why.push_back({draft.targetedBy == noEntity ? "member.target_of_unknown" : "member.target_of",
                       {{"n", std::to_string(draft.targeted)}, {"by", nameOf(draft.targetedBy)}}});
    if (draft.tried > 0)
        why.push_back({draft.triedBy == noEntity ? "member.tried_on_unknown" : "member.tried_on",
                       {{"n", std::to_string(draft.tried)}, {"by", nameOf(draft.triedBy)}}});
    if (draft.seenAt > 0)
        why.push_back({"member.address_of", {{"n", std::to_string(draft.seenAt)}}});
    return why;
}

/// For members that are one thing under several names, the other names among the members.
std::map<EntityIndex, std::vector<EntityIndex>> namesOf(const IncidentParts& parts, const Drafts& drafts)
{
    std::map<EntityIndex, std::vector<EntityIndex>> byThing;
    for (const auto& [index, draft] : drafts) {
        const EntityKind kind = parts.entity(index).kind;
        if (kind == EntityKind::Account || kind == EntityKind::Application || kind == EntityKind::Role)
            byThing[parts.graph.thingOf(index, parts.alerts.back()->last)].push_back(index);
    }
    std::map<EntityIndex, std::vector<EntityIndex>> names;
    for (auto& [thing, members] : byThing) {
        std::sort(members.begin(), members.end(),
                  [&](EntityIndex a, EntityIndex b) { return parts.entity(a) < parts.entity(b); });
        for (const EntityIndex one : members) {
            for (const EntityIndex other : members) {
                if (one != other && names[one].size() < 4)
                    names[one].push_back(other);
            }
        }
    }
    return names;
}

} // namespace

bool isMisuse(const IncidentParts& parts, const AlertNode& alert)
{
    const RuleFacts& rule = parts.rule(alert);
    if (rule.level < Severity::Medium || rule.isSighting)
        return false;
    return alert.hasRarity || rule.level >= Severity::High || !rule.isOnlyLooking;
}

std::vector<IncidentMember> membersOf(const IncidentParts& parts)
{
    Drafts drafts;
    const std::set<EntityIndex> singled = singledOut(parts);
    for (const AlertNode* alert : parts.alerts)
        takeAlert(parts, *alert, singled, drafts);
    takeSelfMade(parts, drafts);
    takeOrigins(parts, drafts);
    takeMachines(parts, drafts);

    const std::map<EntityIndex, std::vector<EntityIndex>> names = namesOf(parts, drafts);
    std::vector<std::pair<Timestamp, IncidentMember>> found;
    for (const auto& [index, draft] : drafts) {
        IncidentMember member;
        member.entity = parts.entity(index);
        member.role = roleOf(member.entity, draft, parts.graph.isAmbient(index));
        member.why = reasonsOf(parts, draft);
        if (const auto others = names.find(index); others != names.end()) {
            for (const EntityIndex other : others->second)
                member.why.push_back({"member.same_as", {{"name", plainName(parts.entity(other))}}});
        }
        member.events.assign(draft.events.begin(), draft.events.end());
        member.isMisused = draft.isMisused;
        member.isMadeByIncident = draft.madeBy != noEntity;
        found.emplace_back(draft.first, std::move(member));
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second.role, a.first, a.second.entity) < std::tie(b.second.role, b.first, b.second.entity);
    });
    std::vector<IncidentMember> members;
    for (auto& [first, member] : found)
        members.push_back(std::move(member));
    return members;
}

} // namespace cordon::correlate
