// Why an alert belongs to those before it.
#include "core/correlate/incident_builder.h"
#include "core/domain/relation.h"

#include <algorithm>
#include <chrono>

namespace cordon::correlate {
namespace {

using namespace std::chrono_literals;

/// Who made an identity says less and less about what it does.
constexpr Duration originHalfLife = 24h * 7;

} // namespace

std::vector<IncidentBuilder::Doer> IncidentBuilder::doersOf(const AlertNode& node) const
{
    std::vector<Doer> doers;
    const auto addOnce = [&doers](const Doer& doer) {
        const auto same = [&doer](const Doer& other) { return other.entity == doer.entity; };
        if (std::none_of(doers.begin(), doers.end(), same))
            doers.push_back(doer);
    };
    for (const NodeEntity& entity : node.entities) {
        if (entity.part != AlertPart::Actor && entity.part != AlertPart::Via)
            continue;
        // The system of every machine is called the same: it is no identity.
        const EntityRef& who = m_graph.entity(entity.entity);
        const bool isSystems = isHostsOwn(who) && !who.id.ends_with('$');
        const bool isKnownByKey = node.hasKeyBeside(entity.entity) && m_graph.isSharedName(entity.entity, node.last);
        if (!m_graph.isAmbient(entity.entity) && !isSystems && !isKnownByKey)
            addOnce({entity.entity, {}, 1});
    }
    const std::size_t own = doers.size();
    for (std::size_t i = 0; i < own; ++i) {
        for (const Ancestor& ancestor : m_graph.ancestors(doers[i].entity, node.last)) {
            if (node.isRefused && !ancestor.isSame) // nobody stands behind what was not done
                continue;
            addOnce({ancestor.entity, ancestor.origin.event,
                     ancestor.isSame ? 1 : fadedBy(node.first - ancestor.origin.time, originHalfLife), !ancestor.isSame, false,
                     false, ancestor.isSame, ancestor.isName});
        }
    }
    for (std::size_t i = 0; i < own && !node.isRefused; ++i) {
        const Origin* rights = m_graph.rightsOf(doers[i].entity, node.first);
        if (!rights || m_graph.isAmbient(rights->actor))
            continue;
        const double share = fadedBy(node.first - rights->time, strengthOf(LinkReason::RightsGiven).halfLife);
        addOnce({rights->actor, rights->event, share, false, true});
    }
    if (own == 0 || std::all_of(doers.begin(), doers.begin() + static_cast<std::ptrdiff_t>(own), [this](const Doer& doer) {
            return isHostsOwn(m_graph.entity(doer.entity));
        }))
        addPresent(node, doers);
    return doers;
}

/// What happens on a host in nobody's name is laid to the one or two who were there just then.
void IncidentBuilder::addPresent(const AlertNode& node, std::vector<Doer>& doers) const
{
    constexpr std::size_t most = 2;
    for (const NodeEntity& entity : node.entities) {
        if (entity.part != AlertPart::Target || m_graph.entity(entity.entity).kind != EntityKind::Host)
            continue;
        const std::vector<Presence> present = m_graph.presentOn(entity.entity, node.last, most);
        for (const Presence& one : present) {
            const auto isSame = [&one](const Doer& doer) { return doer.entity == one.identity; };
            if (present.size() <= most && std::none_of(doers.begin(), doers.end(), isSame))
                doers.push_back({one.identity, one.event, 1, false, false, true});
        }
    }
}

EntityIndex IncidentBuilder::namedActor(AlertIndex index) const
{
    const EntityIndex actor = m_alerts[index].in(AlertPart::Actor);
    return actor == noEntity || isHostsOwn(m_graph.entity(actor)) ? noEntity : actor;
}

/// On a host that few accounts use, what happens within hours belongs together, unless two different people did it.
void IncidentBuilder::joinThroughHost(AlertIndex index, EntityIndex host, std::vector<Join>& joins) const
{
    const TrailStop* stop = m_trails.before(TrailKind::Target, host, index, order());
    if (!stop)
        return;
    const EntityIndex mine = namedActor(index);
    const EntityIndex theirs = namedActor(stop->alert);
    if (mine != noEntity && mine == theirs)
        return;
    Join join;
    join.shared = host;
    join.reason = LinkReason::SameHost;
    // Minutes apart it counts who was there, later who uses the host at all.
    constexpr std::size_t most = 16;
    const bool isClose = m_alerts[index].first - m_alerts[stop->alert].last <= presenceSpan;
    join.identities = isClose ? static_cast<int>(m_graph.presentOn(host, m_alerts[index].last, most).size())
                              : m_graph.identitiesOf(host, m_alerts[index].last);
    const bool areTwo = mine != noEntity && theirs != noEntity;
    offer(index, stop->alert, join, areTwo ? differentRootFactor : rarityOf(join.identities), joins);
}

EntityIndex IncidentBuilder::rootBehind(const AlertNode& node) const
{
    const EntityIndex actor = node.in(AlertPart::Actor);
    if (actor != noEntity && m_graph.entity(actor).kind == EntityKind::Account)
        return actor;
    const EntityIndex via = node.in(AlertPart::Via);
    if (via == noEntity)
        return noEntity;
    const EntityIndex root = m_graph.rootOf(via, node.last);
    return m_graph.entity(root).kind == EntityKind::Credential ? noEntity : root;
}

double IncidentBuilder::roleFactor(AlertIndex index, AlertIndex other, EntityIndex role) const
{
    const EntityIndex one = rootBehind(m_alerts[index]);
    const EntityIndex two = rootBehind(m_alerts[other]);
    const Timestamp by = std::max(m_alerts[index].last, m_alerts[other].last);
    if (one != noEntity && two != noEntity)
        return m_graph.thingOf(one, by) == m_graph.thingOf(two, by) ? 1.0 : differentRootFactor;
    return rarityOf(m_graph.identitiesOf(role, by));
}

EntityIndex IncidentBuilder::addressOfBoth(const AlertNode& one, const AlertNode& two) const
{
    for (const NodeEntity& mine : one.entities) {
        const bool isSame = mine.part == AlertPart::Address && !m_graph.isAmbient(mine.entity) &&
                            std::any_of(two.entities.begin(), two.entities.end(), [&mine](const NodeEntity& theirs) {
                                return theirs.part == AlertPart::Address && theirs.entity == mine.entity;
                            });
        if (isSame)
            return mine.entity;
    }
    return noEntity;
}

/// What an account did before somebody else gave it rights, or a key of it to somebody, is not the giver's: who they were
/// given to may know nothing of it. Unless all came from one address at which few were seen.
void IncidentBuilder::dropOwnPast(AlertIndex index, const std::vector<Doer>& doers, std::vector<Join>& joins) const
{
    const auto isGiving = [this](const Join& join) {
        if (join.reason != LinkReason::ChangedThenActed && join.reason != LinkReason::CreatedThenUsed)
            return false;
        const EntityRef& taken = m_graph.entity(join.shared);
        if (taken.type == "session" || taken.type == "token") // nobody worked with it before
            return false;
        const auto& parts = m_alerts[join.earlier].entities;
        return std::any_of(parts.begin(), parts.end(), [&join](const NodeEntity& part) {
            return part.part == AlertPart::Target && part.entity == join.shared &&
                   (part.relation == "granted" || part.relation == "created" || part.relation == "activated");
        });
    };
    const Join* taking = nullptr;
    for (const Join& join : joins) {
        if (isGiving(join) && (!taking || order()(taking->earlier, join.earlier)))
            taking = &join;
    }
    if (!taking)
        return;
    const AlertIndex change = taking->earlier;
    const AlertNode& given = m_alerts[change];
    const auto isBefore = [&](const Join& join) { return join.earlier != change && order()(join.earlier, change); };
    if (std::none_of(joins.begin(), joins.end(), isBefore))
        return;
    std::set<EntityIndex> givers;
    for (const Doer& giver : doersOf(given)) {
        if (!giver.gaveRights)
            givers.insert(giver.entity);
    }
    // Who stands behind the doer by what was given stands behind it since then; who did before is the same hand.
    const bool isSameHand = std::any_of(doers.begin(), doers.end(), [&](const Doer& doer) {
        const bool isByGiving = doer.proof.isSet() && std::find(given.events.begin(), given.events.end(), doer.proof) != given.events.end();
        return !doer.gaveRights && !isByGiving && givers.contains(doer.entity);
    });
    if (isSameHand)
        return;
    std::erase_if(joins, [&](const Join& join) {
        if (!isBefore(join) || join.reason == LinkReason::RightsGiven || givers.contains(join.shared))
            return false;
        const EntityIndex address = addressOfBoth(m_alerts[join.earlier], given);
        const bool isOnePlace = address != noEntity && address == addressOfBoth(m_alerts[index], given);
        return !isOnePlace || rarityOf(m_graph.identitiesOf(address, m_alerts[index].last)) < joinThreshold;
    });
}

double IncidentBuilder::refusedFactor(AlertIndex index, AlertIndex other) const
{
    const AlertNode& one = m_alerts[index];
    const AlertNode& two = m_alerts[other];
    if ((!one.isRefused && !two.isRefused) || addressOfBoth(one, two) != noEntity)
        return 1;
    return rarityOf(std::max(one.isRefused ? one.refused : 0, two.isRefused ? two.refused : 0));
}

void IncidentBuilder::offer(AlertIndex index, AlertIndex other, Join join, double factor,
                            std::vector<Join>& joins) const
{
    join.earlier = other;
    join.later = index;
    const AlertNode& earlier = m_alerts[join.earlier];
    const AlertNode& later = m_alerts[join.later];
    const LinkStrength strength = strengthOf(join.reason);
    const int before = m_rules[earlier.rule].lastPlace;
    const bool hasProgressed = before >= 0 && m_rules[later.rule].lastPlace > before;
    const double faded = strength.base * factor * fadedBy(later.first - earlier.last, strength.halfLife);
    join.weight = std::min(1.0, hasProgressed ? faded * tacticProgressFactor : faded);
    if (join.weight >= joinThreshold)
        joins.push_back(join);
}

/// Whoever was given rights by another hand, and goes on from where they were before, is not thereby in that hand.
double IncidentBuilder::gainFactor(const AlertNode& later, EntityIndex account, const AlertNode& change) const
{
    if (account == noEntity || m_graph.entity(account).kind != EntityKind::Account)
        return 1;
    const auto isAt = [](const AlertNode& alert, EntityIndex address) {
        return std::any_of(alert.entities.begin(), alert.entities.end(), [address](const NodeEntity& entity) {
            return entity.entity == address && entity.part == AlertPart::Address;
        });
    };
    bool isAsBefore = false;
    for (const NodeEntity& entity : later.entities) {
        if (entity.part != AlertPart::Address)
            continue;
        if (!m_graph.wasSeenWith(entity.entity, account, change.first) || isAt(change, entity.entity))
            return 1;
        isAsBefore = true;
    }
    return isAsBefore ? differentRootFactor : 1;
}

void IncidentBuilder::joinThroughDoer(AlertIndex index, const Doer& doer, std::vector<Join>& joins) const
{
    const EntityKind kind = m_graph.entity(doer.entity).kind;
    if (const TrailStop* stop = m_trails.before(TrailKind::Did, doer.entity, index, order())) {
        Join join;
        join.shared = doer.entity;
        join.proof = doer.proof.isSet() ? doer.proof : stop->proof;
        join.reason = doer.wasThere || stop->wasThere    ? LinkReason::WasOnHost
                      : doer.gaveRights                  ? LinkReason::RightsGiven
                      : doer.isBehind || stop->isBehind  ? LinkReason::ActedThrough
                      : doer.isSame || stop->isSame      ? LinkReason::SameThing
                      : kind == EntityKind::Credential   ? LinkReason::SameCredential
                      : kind == EntityKind::Role         ? LinkReason::SameRole
                                                         : LinkReason::SameAccount;
        const bool isRole = kind == EntityKind::Role;
        join.identities = isRole ? m_graph.identitiesOf(doer.entity, m_alerts[index].last) : 0;
        const AlertNode& mine = m_alerts[index];
        const double factor = isRole              ? roleFactor(index, stop->alert, doer.entity)
                              : doer.gaveRights ? gainFactor(mine, mine.in(AlertPart::Actor), m_alerts[stop->alert])
                                                : refusedFactor(index, stop->alert);
        offer(index, stop->alert, join, doer.share * factor, joins);
    }
    const TrailStop* changed =
        doer.gaveRights ? nullptr : m_trails.before(TrailKind::Changed, doer.entity, index, order());
    if (!changed)
        return;
    const AlertNode& change = m_alerts[changed->alert];
    const auto made = std::find_if(change.entities.begin(), change.entities.end(), [&](const NodeEntity& entity) {
        return entity.entity == doer.entity && entity.part == AlertPart::Target && givesPower(entity.relation, kind);
    });
    if (made == change.entities.end())
        return;
    Join join;
    join.shared = doer.entity;
    join.reason = made->relation == "created" ? LinkReason::CreatedThenUsed : LinkReason::ChangedThenActed;
    const bool isShared = kind == EntityKind::Role && made->relation == "assumed";
    const double factor = isShared                        ? roleFactor(index, changed->alert, doer.entity)
                          : made->relation == "created" ? 1
                                                          : gainFactor(m_alerts[index], doer.entity, change);
    offer(index, changed->alert, join, factor, joins);
}

void IncidentBuilder::joinThroughThing(AlertIndex index, const NodeEntity& thing, std::vector<Join>& joins) const
{
    const bool isAddress = thing.part == AlertPart::Address;
    if (!isAddress && m_graph.entity(thing.entity).kind == EntityKind::Host)
        return joinThroughHost(index, thing.entity, joins);
    const TrailStop* stop = m_trails.before(isAddress ? TrailKind::Address : TrailKind::Target, thing.entity, index, order());
    const bool isNoThing = thing.relation == "listed" || isOtherName(thing.relation) ||
                           m_graph.isSharedName(thing.entity, m_alerts[index].last);
    if (!stop || isNoThing)
        return;
    const AlertIndex other = stop->alert;
    const EntityIndex mine = m_alerts[index].in(AlertPart::Actor);
    const EntityIndex theirs = m_alerts[other].in(AlertPart::Actor);
    if (mine != noEntity && mine == theirs)
        return; // what one identity does is judged by that identity
    if (isAddress && mine != noEntity && theirs != noEntity) {
        const std::string_view one = tenantOf(m_graph.entity(mine));
        const std::string_view two = tenantOf(m_graph.entity(theirs));
        if (!one.empty() && !two.empty() && one != two)
            return;
    }
    Join join;
    join.shared = thing.entity;
    join.reason = isAddress ? LinkReason::SharedAddress : LinkReason::SharedTarget;
    join.identities = m_graph.identitiesOf(thing.entity, m_alerts[index].last);
    offer(index, other, join, rarityOf(join.identities), joins);
}

std::vector<Join> IncidentBuilder::joinsOf(AlertIndex index, const std::vector<Doer>& doers) const
{
    std::vector<Join> joins;
    for (const Doer& doer : doers) {
        if (!doer.isName)
            joinThroughDoer(index, doer, joins);
    }
    // Another name tells only what the names themselves did not.
    std::vector<Join> byName;
    for (const Doer& doer : doers) {
        if (doer.isName)
            joinThroughDoer(index, doer, byName);
    }
    for (const Join& join : byName) {
        if (std::none_of(joins.begin(), joins.end(), [&join](const Join& other) { return other.earlier == join.earlier; }))
            joins.push_back(join);
    }
    dropOwnPast(index, doers, joins);
    for (const NodeEntity& entity : m_alerts[index].entities) {
        const bool isThing = entity.part == AlertPart::Target || entity.part == AlertPart::Address;
        if (isThing && !m_graph.isAmbient(entity.entity))
            joinThroughThing(index, entity, joins);
    }
    return joins;
}

} // namespace cordon::correlate
