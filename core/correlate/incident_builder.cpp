#include "core/correlate/incident_builder.h"

#include "core/correlate/incident_parts.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>
#include <tuple>

namespace cordon::correlate {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostEvents = 64;
/// Who made an identity says less and less about what it does.
constexpr Duration originHalfLife = 24h * 7;

bool isAnyOf(const std::string& relation, std::initializer_list<std::string_view> known)
{
    return std::find(known.begin(), known.end(), relation) != known.end();
}

/// "updated" also stands for rights taken away; of a role it may be its trust.
bool givesPower(const std::string& relation, EntityKind kind)
{
    return isAnyOf(relation, {"created", "activated", "attached", "granted", "assumed", "impersonated"}) ||
           (kind == EntityKind::Role && relation == "updated");
}

} // namespace

std::uint32_t IncidentBuilder::internRule(const RuleInfo& rule)
{
    const auto [place, isNew] =
        m_ruleIndex.try_emplace(rule.id + '\n' + rule.title, static_cast<std::uint32_t>(m_rules.size()));
    if (isNew)
        m_rules.push_back(factsOf(rule));
    return place->second;
}

AlertNode IncidentBuilder::nodeFrom(const Alert& alert)
{
    AlertNode node{alert.id,           internRule(alert.rule),  alert.first, alert.last, alert.events, {},
                   alert.hasSucceeded, alert.rarity.has_value()};
    if (node.last < node.first)
        std::swap(node.first, node.last);
    if (node.events.size() > mostEvents)
        node.events.resize(mostEvents);
    std::vector<NodeEntity> sessions;
    for (const AlertEntity& entity : alert.entities) {
        const NodeEntity part{m_graph.intern(entity.entity), partFrom(entity.part), entity.relation};
        // A role session is named beside the key of it that was used: both are what it was done with.
        const bool isSession = entity.entity.kind == EntityKind::Credential && entity.relation == "used";
        if (isSession && part.part == AlertPart::Target)
            sessions.push_back({part.entity, AlertPart::Via, {}});
        else
            node.entities.push_back(part);
    }
    node.entities.insert(node.entities.end(), sessions.begin(), sessions.end());
    const EntityIndex actor = node.in(AlertPart::Actor);
    const EntityIndex via = node.in(AlertPart::Via);
    if (actor == noEntity || m_graph.isAmbient(actor))
        return node;
    const bool isRole = m_graph.entity(actor).kind == EntityKind::Role;
    const EntityIndex identity = isRole && via != noEntity ? via : actor;
    for (const NodeEntity& entity : node.entities) {
        if (entity.part == AlertPart::Address || entity.part == AlertPart::Target)
            m_graph.sawWith(entity.entity, identity, node.first);
    }
    if (isRole)
        m_graph.sawWith(actor, identity, node.first);
    return node;
}

IncidentBuilder::Change IncidentBuilder::add(const Alert& alert)
{
    AlertNode node = nodeFrom(alert);
    m_trails.resize(m_graph.size());
    if (const auto known = m_alertIndex.find(alert.id); alert.id.isSet() && known != m_alertIndex.end()) {
        m_alerts[known->second] = std::move(node);
        m_isInOrder = false;
        return place(known->second);
    }
    const auto index = static_cast<AlertIndex>(m_alerts.size());
    m_alerts.push_back(std::move(node));
    m_incidentOf.emplace_back();
    if (alert.id.isSet())
        m_alertIndex.emplace(alert.id, index);
    return place(index);
}

bool IncidentBuilder::isBefore(AlertIndex a, AlertIndex b) const
{
    const auto key = [this](const AlertNode& node) {
        return std::tuple(node.last, node.first, std::string_view(m_rules[node.rule].id),
                          node.events.empty() ? EventId{} : node.events.front(), node.id);
    };
    return key(m_alerts[a]) < key(m_alerts[b]);
}

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
        if (!m_graph.isAmbient(entity.entity))
            addOnce({entity.entity, {}, 1, false, false});
    }
    const std::size_t own = doers.size();
    for (std::size_t i = 0; i < own; ++i) {
        for (const Ancestor& ancestor : m_graph.ancestors(doers[i].entity, node.last))
            addOnce({ancestor.entity, ancestor.origin.event, fadedBy(node.first - ancestor.origin.time, originHalfLife),
                     true, false});
    }
    for (std::size_t i = 0; i < own; ++i) {
        const Origin* rights = m_graph.rightsOf(doers[i].entity, node.first);
        if (!rights || m_graph.isAmbient(rights->actor))
            continue;
        const double share = fadedBy(node.first - rights->time, strengthOf(LinkReason::RightsGiven).halfLife);
        addOnce({rights->actor, rights->event, share, false, true});
    }
    return doers;
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
    if (one != noEntity && two != noEntity)
        return one == two ? 1.0 : differentRootFactor;
    return rarityOf(m_graph.identitiesOf(role, std::max(m_alerts[index].last, m_alerts[other].last)));
}

void IncidentBuilder::offer(AlertIndex index, AlertIndex other, Join join, double factor,
                            std::vector<Join>& joins) const
{
    if (other == noAlert || other == index)
        return;
    join.earlier = isBefore(other, index) ? other : index;
    join.later = join.earlier == other ? index : other;
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

void IncidentBuilder::joinThroughDoer(AlertIndex index, const Doer& doer, std::vector<Join>& joins) const
{
    const Trail& trail = m_trails[doer.entity];
    const EntityKind kind = m_graph.entity(doer.entity).kind;
    if (trail.doer != noAlert) {
        Join join;
        join.shared = doer.entity;
        join.proof = doer.proof.isSet() ? doer.proof : trail.doerProof;
        join.reason = doer.gaveRights                       ? LinkReason::RightsGiven
                      : doer.isBehind || trail.isBehindDoer ? LinkReason::ActedThrough
                      : kind == EntityKind::Credential      ? LinkReason::SameCredential
                      : kind == EntityKind::Role            ? LinkReason::SameRole
                                                            : LinkReason::SameAccount;
        const bool isRole = kind == EntityKind::Role && trail.doer != index;
        join.identities = isRole ? m_graph.identitiesOf(doer.entity, m_alerts[index].last) : 0;
        offer(index, trail.doer, join, doer.share * (isRole ? roleFactor(index, trail.doer, doer.entity) : 1), joins);
    }
    if (trail.changed == noAlert || trail.changed == index || doer.gaveRights)
        return;
    const AlertNode& change = m_alerts[trail.changed];
    const auto made = std::find_if(change.entities.begin(), change.entities.end(), [&](const NodeEntity& entity) {
        return entity.entity == doer.entity && entity.part == AlertPart::Target && givesPower(entity.relation, kind);
    });
    if (made == change.entities.end() || isBefore(index, trail.changed))
        return;
    Join join;
    join.shared = doer.entity;
    join.reason = made->relation == "created" ? LinkReason::CreatedThenUsed : LinkReason::ChangedThenActed;
    const bool isShared = kind == EntityKind::Role && made->relation == "assumed";
    offer(index, trail.changed, join, isShared ? roleFactor(index, trail.changed, doer.entity) : 1, joins);
}

void IncidentBuilder::joinThroughThing(AlertIndex index, const NodeEntity& thing, std::vector<Join>& joins) const
{
    const bool isAddress = thing.part == AlertPart::Address;
    const AlertIndex other = isAddress ? m_trails[thing.entity].address : m_trails[thing.entity].target;
    if (other == noAlert || other == index || thing.relation == "listed")
        return;
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
    for (const Doer& doer : doers)
        joinThroughDoer(index, doer, joins);
    for (const NodeEntity& entity : m_alerts[index].entities) {
        const bool isThing = entity.part == AlertPart::Target || entity.part == AlertPart::Address;
        if (isThing && !m_graph.isAmbient(entity.entity))
            joinThroughThing(index, entity, joins);
    }
    return joins;
}

void IncidentBuilder::remember(AlertIndex index, const std::vector<Doer>& doers)
{
    const auto takesOver = [this, index](AlertIndex& latest) {
        if (latest != noAlert && isBefore(index, latest))
            return false;
        latest = index;
        return true;
    };
    for (const Doer& doer : doers) {
        Trail& trail = m_trails[doer.entity];
        // Giving rights does not make the giver take part: two who got rights from one hand are not thereby one.
        if (!doer.gaveRights && takesOver(trail.doer)) {
            trail.doerProof = doer.proof;
            trail.isBehindDoer = doer.isBehind;
        }
    }
    const AlertNode& node = m_alerts[index];
    for (const NodeEntity& entity : node.entities) {
        Trail& trail = m_trails[entity.entity];
        if (m_graph.isAmbient(entity.entity))
            continue;
        if (entity.part == AlertPart::Address)
            takesOver(trail.address);
        if (entity.part != AlertPart::Target)
            continue;
        takesOver(trail.target);
        if (node.hasSucceeded && givesPower(entity.relation, m_graph.entity(entity.entity).kind))
            takesOver(trail.changed);
    }
}

IncidentId IncidentBuilder::standing(IncidentId id) const
{
    const auto next = [this](IncidentId of) -> IncidentId& {
        return m_mergedInto[static_cast<std::size_t>(of.value - 1)];
    };
    while (next(id).isSet()) {
        if (next(next(id)).isSet())
            next(id) = next(next(id));
        id = next(id);
    }
    return id;
}

void IncidentBuilder::absorb(IncidentId into, IncidentId gone)
{
    Group& kept = m_groups[into];
    Group& lost = m_groups[gone];
    if (lost.alerts.size() > kept.alerts.size())
        std::swap(kept, lost); // moving the smaller keeps merging near-linear
    kept.alerts.insert(kept.alerts.end(), lost.alerts.begin(), lost.alerts.end());
    kept.joins.insert(kept.joins.end(), lost.joins.begin(), lost.joins.end());
    m_groups.erase(gone);
    m_mergedInto[static_cast<std::size_t>(gone.value - 1)] = into;
}

IncidentBuilder::Change IncidentBuilder::place(AlertIndex index)
{
    if (m_newest != noAlert && m_newest != index && isBefore(index, m_newest))
        m_isInOrder = false;
    else
        m_newest = index;
    const std::vector<Doer> doers = doersOf(m_alerts[index]);
    m_trails.resize(m_graph.size());
    const std::vector<Join> joins = joinsOf(index, doers);
    remember(index, doers);

    std::set<IncidentId> touched;
    const bool isKnown = m_incidentOf[index].isSet();
    if (isKnown)
        touched.insert(standing(m_incidentOf[index]));
    for (const Join& join : joins)
        touched.insert(standing(m_incidentOf[join.earlier == index ? join.later : join.earlier]));

    Change change;
    change.kind = touched.empty()       ? Change::Kind::Opened
                  : touched.size() == 1 ? Change::Kind::Grown
                                        : Change::Kind::Merged;
    if (touched.empty()) {
        m_mergedInto.emplace_back();
        change.id = {static_cast<std::int64_t>(m_mergedInto.size())};
    } else {
        change.id = *touched.begin();
        change.absorbed.assign(std::next(touched.begin()), touched.end());
    }
    for (const IncidentId gone : change.absorbed)
        absorb(change.id, gone);
    Group& group = m_groups[change.id];
    if (!isKnown) {
        group.alerts.push_back(index);
        m_incidentOf[index] = change.id;
    }
    group.joins.insert(group.joins.end(), joins.begin(), joins.end());
    return change;
}

void IncidentBuilder::rebuild()
{
    std::vector<AlertIndex> order(m_alerts.size());
    std::iota(order.begin(), order.end(), AlertIndex{0});
    std::sort(order.begin(), order.end(), [this](AlertIndex a, AlertIndex b) { return isBefore(a, b); });
    m_groups.clear();
    m_mergedInto.clear();
    m_trails.assign(m_graph.size(), Trail{});
    std::fill(m_incidentOf.begin(), m_incidentOf.end(), IncidentId{});
    m_newest = noAlert;
    m_isInOrder = true;
    for (const AlertIndex index : order)
        place(index);
}

std::optional<IncidentId> IncidentBuilder::incidentOf(AlertId alert) const
{
    const auto known = m_alertIndex.find(alert);
    if (known == m_alertIndex.end())
        return std::nullopt;
    return standing(m_incidentOf[known->second]);
}

Incident IncidentBuilder::describe(IncidentId id, const Group& group) const
{
    std::vector<AlertIndex> order = group.alerts;
    std::sort(order.begin(), order.end(), [this](AlertIndex a, AlertIndex b) { return isBefore(a, b); });
    IncidentParts parts{m_graph, m_rules, m_alerts, {}, group.joins};
    for (const AlertIndex index : order)
        parts.alerts.push_back(&m_alerts[index]);
    return describeIncident(id, parts);
}

std::vector<Incident> IncidentBuilder::incidents() const
{
    std::vector<Incident> all;
    for (const auto& [id, group] : m_groups)
        all.push_back(describe(id, group));
    return all;
}

Result<Incident> IncidentBuilder::incident(IncidentId id) const
{
    const auto place = m_groups.find(id);
    if (place == m_groups.end())
        return fail(ErrorCode::NotFound, "no incident " + toString(id));
    return describe(id, place->second);
}

} // namespace cordon::correlate
