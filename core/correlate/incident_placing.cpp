// How an alert takes its place among the others, whenever it comes, and what that changes for them.
#include "core/correlate/incident_builder.h"

#include <algorithm>
#include <utility>

namespace cordon::correlate {

void IncidentBuilder::place(AlertIndex index)
{
    AlertNode& node = m_alerts[index];
    m_marks.mark(index, node, m_rules[node.rule].id);
    m_isOrderDue = m_isOrderDue || m_marks.of(index);
    const std::vector<Doer> doers = doersOf(node);
    m_trails.growTo(m_graph.size());
    node.doers.clear();
    for (const Doer& doer : doers) {
        node.doers.push_back(doer.entity);
        // Giving rights does not make the giver take part: two who got rights from one hand are not thereby one.
        m_trails.insert(TrailKind::Did, doer.entity, {index, doer.proof, doer.isBehind, doer.wasThere, doer.isSame, doer.gaveRights},
                        order());
    }
    for (const NodeEntity& entity : node.entities) {
        if (m_graph.isAmbient(entity.entity))
            continue;
        if (entity.part == AlertPart::Address)
            m_trails.insert(TrailKind::Address, entity.entity, {index}, order());
        if (entity.part != AlertPart::Target)
            continue;
        m_trails.insert(TrailKind::Target, entity.entity, {index}, order());
        if (node.hasSucceeded && givesPower(entity.relation, m_graph.entity(entity.entity).kind))
            m_trails.insert(TrailKind::Changed, entity.entity, {index}, order());
    }
    const bool isLast = !m_newest || *m_newest < node.last;
    setJoins(index, joinsOf(index, doers), isLast);
    m_groups.touch(m_groups.groupOf(index));
    if (!isLast)
        return rejoin(followersOf(index));
    m_newest = node.last;
    m_graph.setNewest(node.last);
}

/// Takes the alert off all trails. Its joins and its group stay until it is placed again.
void IncidentBuilder::displace(AlertIndex index)
{
    AlertNode& node = m_alerts[index];
    for (const EntityIndex doer : node.doers)
        m_trails.erase(TrailKind::Did, doer, index, order());
    node.doers.clear();
    for (const NodeEntity& entity : node.entities) {
        for (const TrailKind kind : {TrailKind::Changed, TrailKind::Target, TrailKind::Address})
            m_trails.erase(kind, entity.entity, index, order());
    }
}

/// Alerts that link to this one, or would: the next on each of its trails.
std::vector<AlertIndex> IncidentBuilder::followersOf(AlertIndex index) const
{
    std::vector<AlertIndex> followers;
    const AlertNode& node = m_alerts[index];
    for (const EntityIndex doer : node.doers)
        m_trails.addFollowing(TrailKind::Did, doer, index, order(), followers);
    for (const NodeEntity& entity : node.entities) {
        if (entity.part != AlertPart::Target && entity.part != AlertPart::Address)
            continue;
        const TrailKind kind = entity.part == AlertPart::Target ? TrailKind::Target : TrailKind::Address;
        m_trails.addFollowing(kind, entity.entity, index, order(), followers);
        if (kind == TrailKind::Target && givesPower(entity.relation, m_graph.entity(entity.entity).kind))
            m_trails.addFollowing(TrailKind::Changed, entity.entity, index, order(), followers);
    }
    std::sort(followers.begin(), followers.end());
    followers.erase(std::unique(followers.begin(), followers.end()), followers.end());
    return followers;
}

void IncidentBuilder::rejoin(const std::vector<AlertIndex>& alerts)
{
    for (const AlertIndex alert : alerts)
        setJoins(alert, joinsOf(alert, doersOf(m_alerts[alert])), false);
}

void IncidentBuilder::setJoins(AlertIndex index, std::vector<Join> joins, bool isLast)
{
    if (joins == m_joins[index])
        return;
    for (const Join& old : m_joins[index]) {
        const bool isThere = std::any_of(joins.begin(), joins.end(),
                                         [&old](const Join& join) { return join.earlier == old.earlier; });
        if (!isThere)
            m_lost.emplace_back(index, old.earlier);
    }
    m_joins[index] = std::move(joins);
    tie(index, isLast);
    m_groups.touch(m_groups.groupOf(index));
}

/// Brings together what joins say, or leaves it to `partAnew` where a person's order counts.
/// @param isLast  nothing in the case comes after the alert
void IncidentBuilder::tie(AlertIndex index, bool isLast)
{
    using Group = IncidentGroups::Group;
    const Group own = m_groups.groupOf(index);
    std::set<Group> groups{own};
    for (const Join& join : m_joins[index])
        groups.insert(m_groups.groupOf(join.earlier));
    if (groups.size() == 1)
        return;
    const bool isOrdered = !m_ordered.empty() && std::any_of(groups.begin(), groups.end(), [this](Group group) {
        return m_ordered.contains(group);
    });
    // An alert that comes last and belongs to one incident joins it whatever was ordered before.
    const bool isPlain = !isOrdered || (isLast && groups.size() == 2 && m_groups.alerts(own).size() == 1 &&
                                        !m_marks.of(index));
    for (const Join& join : m_joins[index]) {
        if (m_groups.groupOf(join.earlier) == m_groups.groupOf(index))
            continue;
        if (!isPlain) {
            m_kept.emplace_back(index, join.earlier);
            m_isOrderDue = true;
            continue;
        }
        m_touched.insert(m_groups.idOf(join.earlier));
        m_groups.unite(join.earlier, index);
    }
    if (isPlain && isOrdered) {
        for (const Group group : groups)
            m_ordered.erase(group);
        m_ordered.insert(m_groups.groupOf(index));
    }
}

/// True when two alerts whose join went are joined directly or through one other alert.
bool IncidentBuilder::isStillTied(AlertIndex a, AlertIndex b) const
{
    const auto isJoined = [this](AlertIndex one, AlertIndex two) {
        const auto names = [](const std::vector<Join>& joins, AlertIndex other) {
            return std::any_of(joins.begin(), joins.end(), [other](const Join& join) { return join.earlier == other; });
        };
        return names(m_joins[one], two) || names(m_joins[two], one);
    };
    if (isJoined(a, b))
        return true;
    for (const AlertIndex end : {a, b}) {
        for (const Join& join : m_joins[end]) {
            if (isJoined(join.earlier, end == a ? b : a))
                return true;
        }
    }
    return false;
}

void IncidentBuilder::settle()
{
    std::vector<AlertIndex> moved;
    std::vector<AlertIndex> counted;
    for (const LateFact& fact : m_graph.takeLate()) {
        m_trails.growTo(m_graph.size());
        if (fact.isLineage) {
            for (const TrailKind kind : {TrailKind::Did, TrailKind::Target}) // of a host, who was there
                m_trails.addSince(kind, fact.entity, fact.from, m_alerts, moved);
            continue;
        }
        for (const TrailKind kind : {TrailKind::Did, TrailKind::Target, TrailKind::Address})
            m_trails.addSince(kind, fact.entity, fact.from, m_alerts, counted);
    }
    for (std::vector<AlertIndex>* alerts : {&moved, &counted}) {
        std::sort(alerts->begin(), alerts->end());
        alerts->erase(std::unique(alerts->begin(), alerts->end()), alerts->end());
    }
    for (const AlertIndex alert : moved) {
        const std::vector<AlertIndex> followers = followersOf(alert);
        displace(alert);
        rejoin(followers);
        place(alert);
    }
    rejoin(counted);
    partAnew();
}

void IncidentBuilder::partAnew()
{
    std::set<IncidentGroups::Group> loose;
    for (const auto& [a, b] : std::exchange(m_lost, {})) {
        if (m_groups.groupOf(a) != m_groups.groupOf(b) || isStillTied(a, b))
            continue;
        if (m_ordered.contains(m_groups.groupOf(a)))
            m_isOrderDue = true;
        else
            loose.insert(m_groups.groupOf(a));
    }
    if (std::exchange(m_isOrderDue, false)) {
        const std::set<IncidentGroups::Group> ordered = orderedGroups();
        for (const IncidentGroups::Group group : ordered)
            loose.erase(group);
        part({ordered.begin(), ordered.end()});
        m_ordered.clear();
        for (const auto& [alert, marks] : m_marks.all())
            m_ordered.insert(m_groups.groupOf(alert));
        std::erase_if(m_kept, [this](const auto& ends) { return m_groups.groupOf(ends.first) == m_groups.groupOf(ends.second); });
        for (const auto& [a, b] : m_kept) {
            m_ordered.insert(m_groups.groupOf(a));
            m_ordered.insert(m_groups.groupOf(b));
        }
    }
    for (const IncidentGroups::Group group : loose)
        part({group});
}

/// Groups with an alert of which an order speaks, and those that a join would bring to them.
std::set<IncidentGroups::Group> IncidentBuilder::orderedGroups() const
{
    std::set<IncidentGroups::Group> groups = m_ordered;
    for (const auto& [alert, marks] : m_marks.all())
        groups.insert(m_groups.groupOf(alert));
    for (const auto& [a, b] : m_kept) {
        groups.insert(m_groups.groupOf(a));
        groups.insert(m_groups.groupOf(b));
    }
    return groups;
}

void IncidentBuilder::part(const std::vector<IncidentGroups::Group>& groups)
{
    std::vector<AlertIndex> alerts;
    for (const IncidentGroups::Group group : groups)
        alerts.insert(alerts.end(), m_groups.alerts(group).begin(), m_groups.alerts(group).end());
    std::sort(alerts.begin(), alerts.end(), order());
    std::vector<const Join*> joins;
    for (const AlertIndex alert : alerts) {
        for (const Join& join : m_joins[alert])
            joins.push_back(&join);
    }
    std::vector<std::vector<AlertIndex>> parts = partsOf(alerts, joins, m_marks);
    if (groups.size() == 1 && parts.size() == 1)
        return;
    m_groups.part(groups, std::move(parts));
    if (m_ordered.empty() && m_marks.isEmpty())
        return;
    for (const AlertIndex alert : alerts) {
        for (const Join& join : m_joins[alert]) {
            if (m_groups.groupOf(join.earlier) != m_groups.groupOf(alert))
                m_kept.emplace_back(alert, join.earlier);
        }
    }
    std::sort(m_kept.begin(), m_kept.end());
    m_kept.erase(std::unique(m_kept.begin(), m_kept.end()), m_kept.end());
}

void IncidentBuilder::setOrders(const std::vector<HandOrder>& orders)
{
    m_marks.set(orders);
    for (AlertIndex index = 0; index < m_alerts.size() && !m_marks.isEmpty(); ++index)
        m_marks.mark(index, m_alerts[index], m_rules[m_alerts[index].rule].id);
    m_isOrderDue = true;
    settle();
}

} // namespace cordon::correlate
