#include "core/correlate/incident_parts.h"

#include "core/domain/plain_name.h"
#include "core/domain/relation.h"
#include "core/domain/sign_in.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace cordon::correlate {
namespace {

constexpr std::size_t mostEvents = 64;

struct Draft
{
    IncidentLink link;
    std::set<EventId> events;
};

/// By (from, to, code).
using Drafts = std::map<std::tuple<EntityIndex, EntityIndex, std::string>, Draft>;

void add(Drafts& drafts, const IncidentParts& parts, EntityIndex from, EntityIndex to, const Text& reason,
         double weight, const std::vector<EventId>& events)
{
    if (from == noEntity || to == noEntity)
        return;
    Draft& draft = drafts[{from, to, reason.code}];
    if (weight > draft.link.weight)
        draft.link = {parts.entity(from), parts.entity(to), reason, weight, {}};
    for (const EventId event : events) {
        if (event.isSet() && draft.events.size() < mostEvents)
            draft.events.insert(event);
    }
}

/// Code for what an act did to its target; every relation of docs/formats/entities.md has one.
std::string codeOf(const std::string& relation)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> codes{{
        {"created", "link.created"},
        {"deleted", "link.deleted"},
        {"activated", "link.activated"},
        {"deactivated", "link.deactivated"},
        {"updated", "link.updated"},
        {"attached", "link.attached"},
        {"detached", "link.detached"},
        {"granted", "link.granted"},
        {"assumed", "link.assumed"},
        {"read", "link.read"},
        {"listed", "link.listed"},
        {"shared", "link.shared"},
        {"stopped", "link.stopped"},
        {"used", "link.used"},
        {"impersonated", "link.impersonated"},
        {"same", "link.same"},
        {"also", "link.same"},
    }};
    for (const auto& [name, code] : codes) {
        if (name == relation)
            return std::string(code);
    }
    return "link.acted_on";
}

/// Creating, granting and changing is told of the person; what is done with a credential is told of the credential.
bool isToldOfActor(const std::string& relation)
{
    return relation == "created" || relation == "deleted" || relation == "attached" || relation == "detached" ||
           relation == "granted" || relation == "updated" || relation == "activated" || relation == "deactivated";
}

/// Ties what was given to those to whom it was given. An alert that holds several acts does not say who got what, unless
/// there was one of either, or each act named one thing and somebody of its own.
void tieHolders(const IncidentParts& parts, const AlertNode& alert, const std::vector<EntityIndex>& given,
                const std::vector<EntityIndex>& holders, const char* code, Drafts& drafts)
{
    const bool isPlain = given.size() == 1 || holders.size() == 1;
    const bool isByAct = given.size() == holders.size() && alert.events.size() == given.size();
    for (std::size_t i = 0; i < given.size(); ++i) {
        for (std::size_t j = 0; j < holders.size(); ++j) {
            if (isPlain)
                add(drafts, parts, given[i], holders[j], {code, {}}, 1, alert.events);
            else if (isByAct && i == j)
                add(drafts, parts, given[i], holders[j], {code, {}}, 1, {alert.events[i]});
        }
    }
}

void takeHolders(const IncidentParts& parts, const AlertNode& alert, Drafts& drafts)
{
    std::vector<EntityIndex> policies;
    std::vector<EntityIndex> keys;
    std::vector<EntityIndex> holders;
    const auto addOnce = [](std::vector<EntityIndex>& list, EntityIndex entity) {
        if (std::find(list.begin(), list.end(), entity) == list.end())
            list.push_back(entity);
    };
    for (const NodeEntity& entity : alert.entities) {
        if (entity.part != AlertPart::Target || isOtherName(entity.relation))
            continue;
        const EntityKind kind = parts.entity(entity.entity).kind;
        if (entity.relation == "attached" && kind == EntityKind::Policy)
            addOnce(policies, entity.entity);
        else if (entity.relation == "created" && kind == EntityKind::Credential)
            addOnce(keys, entity.entity);
        else if (kind == EntityKind::Account || kind == EntityKind::Role || kind == EntityKind::Group)
            addOnce(holders, entity.entity);
    }
    tieHolders(parts, alert, policies, holders, "link.grants", drafts);
    tieHolders(parts, alert, keys, holders, "link.acts_for", drafts);
}

void takeAlert(const IncidentParts& parts, const AlertNode& alert, Drafts& drafts)
{
    const EntityIndex actor = alert.in(AlertPart::Actor);
    const EntityIndex via = alert.in(AlertPart::Via);
    const EntityIndex means = via != noEntity ? via : actor;
    if (actor != noEntity && via != noEntity)
        add(drafts, parts, actor, via, {"link.acted_with", {}}, 1, alert.events);
    EntityIndex before = noEntity; // the target that the next may be another name of
    for (const NodeEntity& entity : alert.entities) {
        const bool isAmbient = parts.graph.isAmbient(entity.entity);
        if (entity.part == AlertPart::Address && !isAmbient)
            add(drafts, parts, means, entity.entity, {"link.came_from", {}}, 1, alert.events);
        if (entity.part != AlertPart::Target)
            continue;
        if (entity.relation == "also") {
            if (alert.hasSucceeded && before != noEntity && parts.graph.thingOf(before, alert.last) == parts.graph.thingOf(entity.entity, alert.last))
                add(drafts, parts, before, entity.entity, {"link.same", {}}, 1, alert.events);
            continue;
        }
        before = entity.entity;
        const EntityIndex doer = isToldOfActor(entity.relation) && actor != noEntity ? actor : means;
        const Text reason = alert.hasSucceeded ? Text{codeOf(entity.relation), {}}
                                               : Text{"link.tried", {{"relation", plainText(entity.relation, 20)}}};
        if (doer != entity.entity)
            add(drafts, parts, doer, entity.entity, reason, 1, alert.events);
    }
    if (alert.hasSucceeded)
        takeHolders(parts, alert, drafts);
}

std::string gapText(Duration gap)
{
    const std::int64_t seconds = std::max<std::int64_t>(gap.count(), 0) / 1'000'000;
    if (seconds < 120)
        return std::to_string(seconds) + " s";
    if (seconds < 7200)
        return std::to_string(seconds / 60) + " min";
    return seconds < 172'800 ? std::to_string(seconds / 3600) + " h" : std::to_string(seconds / 86'400) + " d";
}

const char* codeOf(LinkReason reason)
{
    switch (reason) {
    case LinkReason::SameCredential:
        return "link.same_credential";
    case LinkReason::CreatedThenUsed:
        return "link.created_then_used";
    case LinkReason::ActedThrough:
        return "link.acted_through";
    case LinkReason::SameAccount:
        return "link.same_account";
    case LinkReason::SameThing:
        return "link.same_thing";
    case LinkReason::ChangedThenActed:
        return "link.changed_then_acted";
    case LinkReason::RightsGiven:
        return "link.rights_given";
    case LinkReason::SameRole:
        return "link.same_role";
    case LinkReason::SameHost:
        return "link.same_host";
    case LinkReason::WasOnHost:
        return "link.was_on_host";
    case LinkReason::SharedTarget:
        return "link.shared_target";
    case LinkReason::SharedAddress:
        break;
    }
    return "link.shared_address";
}

/// The other end of a join: with what, or as whom, the shared identity acted in the later alert.
EntityIndex otherEnd(const IncidentParts& parts, const Join& join)
{
    const AlertNode& later = parts.all[join.later];
    for (const AlertPart part : {AlertPart::Via, AlertPart::Actor}) {
        const EntityIndex other = later.in(part);
        if (other != noEntity && other != join.shared && !parts.graph.isAmbient(other))
            return other;
    }
    return join.shared;
}

/// Under which name the thing acted in the alert; who acted, where it stood behind.
EntityIndex nameIn(const IncidentParts& parts, const AlertNode& alert, EntityIndex thing)
{
    for (const NodeEntity& entity : alert.entities) {
        const bool acted = entity.part == AlertPart::Actor || entity.part == AlertPart::Via;
        if (acted && parts.graph.thingOf(entity.entity, alert.last) == parts.graph.thingOf(thing, alert.last))
            return entity.entity;
    }
    return alert.in(AlertPart::Actor);
}

/// Whom somebody tried to be, and from where. Where an alert names several addresses, which tried whom is not known.
void takeRefused(const IncidentParts& parts, const AlertNode& alert, Drafts& drafts)
{
    EntityIndex address = noEntity;
    for (const NodeEntity& entity : alert.entities) {
        if (entity.part != AlertPart::Address)
            continue;
        if (address != noEntity || parts.graph.isAmbient(entity.entity))
            return;
        address = entity.entity;
    }
    for (const NodeEntity& entity : alert.entities) {
        if (entity.part == AlertPart::Actor && entity.relation == refusedRelation)
            add(drafts, parts, address, entity.entity, {"link.sign_in_refused", {}}, 1, alert.events);
    }
}

void takeJoin(const IncidentParts& parts, const Join& join, Drafts& drafts)
{
    const AlertNode& earlier = parts.all[join.earlier];
    const AlertNode& later = parts.all[join.later];
    EntityIndex from = join.shared;
    EntityIndex to = join.shared;
    switch (join.reason) {
    case LinkReason::CreatedThenUsed:
    case LinkReason::ChangedThenActed:
        from = earlier.in(AlertPart::Actor);
        break;
    case LinkReason::SameHost:
    case LinkReason::SharedTarget:
    case LinkReason::SharedAddress:
        from = later.in(AlertPart::Actor);
        break;
    case LinkReason::SameThing:
        from = nameIn(parts, earlier, join.shared);
        to = nameIn(parts, later, join.shared);
        break;
    default:
        to = otherEnd(parts, join);
    }
    if (from == noEntity || !parts.graph.isSeen(from))
        from = nameIn(parts, earlier, join.shared);
    if (!parts.graph.isSeen(to))
        to = nameIn(parts, later, join.shared);
    Text reason{codeOf(join.reason),
                {{"shared", plainName(parts.entity(join.shared))},
                 {"gap", gapText(later.first - earlier.last)},
                 {"earlier", plainText(parts.rule(earlier).title)},
                 {"later", plainText(parts.rule(later).title)},
                 {"identities", std::to_string(join.identities)}}};
    std::vector<EventId> events;
    if (!earlier.events.empty())
        events.push_back(earlier.events.front());
    events.push_back(join.proof);
    if (!later.events.empty())
        events.push_back(later.events.front());
    add(drafts, parts, from, to, reason, join.weight, events);
}

/// Order that does not depend on which of two equal joins came first.
bool isStronger(const IncidentParts& parts, const Join& a, const Join& b)
{
    const auto key = [&parts](const Join& join) {
        const AlertNode& later = parts.all[join.later];
        return std::tuple(-join.weight, later.last, later.id, parts.all[join.earlier].id, join.reason);
    };
    return key(a) < key(b);
}

} // namespace

std::vector<IncidentLink> linksOf(const IncidentParts& parts)
{
    Drafts drafts;
    for (const AlertNode* alert : parts.alerts) {
        if (!alert->isRefused)
            takeAlert(parts, *alert, drafts);
        if (alert->refused > 0)
            takeRefused(parts, *alert, drafts);
    }
    std::vector<Join> joins = parts.joins;
    std::sort(joins.begin(), joins.end(), [&](const Join& a, const Join& b) { return isStronger(parts, a, b); });
    for (const Join& join : joins)
        takeJoin(parts, join, drafts);

    std::vector<IncidentLink> links;
    for (auto& [key, draft] : drafts) {
        draft.link.events.assign(draft.events.begin(), draft.events.end());
        links.push_back(std::move(draft.link));
    }
    std::sort(links.begin(), links.end(), [](const IncidentLink& a, const IncidentLink& b) {
        if (a.weight != b.weight)
            return a.weight > b.weight;
        return std::tie(a.from, a.to, a.reason.code) < std::tie(b.from, b.to, b.reason.code);
    });
    return links;
}

} // namespace cordon::correlate
