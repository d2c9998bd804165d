#include "core/correlate/incident_builder.h"

#include "core/correlate/incident_parts.h"
#include "core/domain/sign_in.h"

#include <algorithm>

namespace cordon::correlate {
namespace {

constexpr std::size_t mostEvents = 64;

/// Whoever got in did the rest; those who were refused did nothing.
void putRefusedLast(AlertNode& node)
{
    int acted = 0;
    for (const NodeEntity& entity : node.entities) {
        if (entity.part != AlertPart::Actor && entity.part != AlertPart::Via)
            continue;
        ++(entity.relation == refusedRelation ? node.refused : acted);
    }
    node.isRefused = node.refused > 0 && acted == 0;
    if (node.refused > 0 && acted > 0)
        std::stable_partition(node.entities.begin(), node.entities.end(),
                              [](const NodeEntity& entity) { return entity.relation != refusedRelation; });
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
    AlertNode node;
    node.id = alert.id;
    node.rule = internRule(alert.rule);
    node.first = alert.first;
    node.last = alert.last;
    node.events = alert.events;
    node.hasSucceeded = alert.hasSucceeded;
    node.hasRarity = alert.rarity.has_value();
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
    putRefusedLast(node);
    const EntityIndex actor = node.in(AlertPart::Actor);
    const EntityIndex via = node.in(AlertPart::Via);
    if (actor == noEntity || m_graph.isAmbient(actor) || node.isRefused)
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
    settle();
    AlertNode node = nodeFrom(alert);
    m_trails.growTo(m_graph.size());
    AlertIndex index = noAlert;
    if (const auto known = m_alertIndex.find(alert.id); alert.id.isSet() && known != m_alertIndex.end()) {
        index = known->second;
        const std::vector<AlertIndex> followers = followersOf(index);
        displace(index);
        m_alerts[index] = std::move(node);
        rejoin(followers);
    } else {
        index = static_cast<AlertIndex>(m_alerts.size());
        m_alerts.push_back(std::move(node));
        m_joins.emplace_back();
        if (alert.id.isSet())
            m_alertIndex.emplace(alert.id, index);
    }
    Change change;
    const bool isNew = !m_groups.has(index);
    if (isNew)
        m_groups.open(index);
    const IncidentId own = m_groups.idOf(index);
    m_touched.clear();
    place(index);
    settle();
    change.id = m_groups.idOf(index);
    m_groups.touch(m_groups.groupOf(index));
    for (const IncidentId id : m_touched) {
        if (id != change.id && id != own)
            change.absorbed.push_back(id);
    }
    const bool isAlone = isNew && change.id == own;
    if (isNew && !isAlone)
        m_groups.takeBack(own);
    change.kind = isAlone                     ? Change::Kind::Opened
                  : change.absorbed.empty()   ? Change::Kind::Grown
                                              : Change::Kind::Merged;
    return change;
}

std::optional<IncidentId> IncidentBuilder::incidentOf(AlertId alert) const
{
    const auto known = m_alertIndex.find(alert);
    if (known == m_alertIndex.end())
        return std::nullopt;
    return m_groups.idOf(known->second);
}

std::vector<AlertId> IncidentBuilder::alertsOf(IncidentId id) const
{
    std::vector<AlertId> alerts;
    const IncidentGroups::Group group = m_groups.find(id);
    if (group == IncidentGroups::none)
        return alerts;
    for (const AlertIndex alert : m_groups.alerts(group))
        alerts.push_back(m_alerts[alert].id);
    return alerts;
}

Incident IncidentBuilder::describe(IncidentGroups::Group group) const
{
    std::vector<AlertIndex> members = m_groups.alerts(group);
    std::sort(members.begin(), members.end(), order());
    std::vector<Join> joins;
    IncidentParts parts{m_graph, m_rules, m_alerts, {}, joins};
    for (const AlertIndex index : members) {
        parts.alerts.push_back(&m_alerts[index]);
        for (const Join& join : m_joins[index]) {
            if (m_groups.groupOf(join.earlier) == group)
                joins.push_back(join);
        }
    }
    return describeIncident(m_groups.id(group), parts);
}

std::vector<Incident> IncidentBuilder::incidents() const
{
    std::vector<Incident> all;
    for (const IncidentId id : m_groups.ids())
        all.push_back(describe(m_groups.find(id)));
    return all;
}

Result<Incident> IncidentBuilder::incident(IncidentId id) const
{
    const IncidentGroups::Group group = m_groups.find(id);
    if (group == IncidentGroups::none)
        return fail(ErrorCode::NotFound, "no incident " + toString(id));
    return describe(group);
}

} // namespace cordon::correlate
