#include "ui/views/incident_graph.h"

#include "ui/text/names.h"
#include "ui/text/state_words.h"
#include "ui/text/texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace cordon::ui::views {
namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(IncidentGraph)
};

constexpr std::size_t mostNodes = 16;
/// More than so many do not stand apart on a small screen.
constexpr std::size_t roomyNodes = 9;
/// From so many on, secrets, resources and addresses of one zone are drawn as one node.
constexpr std::size_t foldsFrom = 3;

bool isInScope(const IncidentMember& member)
{
    return member.isVerified || member.isConfirmedByPerson;
}

/// @param foldsAll  also identities and what they act with, where there is no room for each
bool canFold(const IncidentMember& member, bool foldsAll)
{
    const EntityKind kind = member.entity.kind;
    if (foldsAll && kind != EntityKind::Account)
        return true;
    return kind == EntityKind::Secret || kind == EntityKind::Resource || kind == EntityKind::Address || kind == EntityKind::Policy;
}

widgets::GraphZone zoneOf(const IncidentMember& member, bool hasScope)
{
    if (!hasScope || isInScope(member))
        return widgets::GraphZone::Inside;
    switch (member.entity.kind) {
    case EntityKind::Account:
    case EntityKind::Role:
    case EntityKind::Group:
    case EntityKind::Policy:
    case EntityKind::Application: return widgets::GraphZone::Left;
    default: return widgets::GraphZone::Right;
    }
}

QString foldedLabel(const EntityRef& entity, std::size_t count)
{
    switch (entity.kind) {
    case EntityKind::Credential: return entity.type == "session" ? Words::tr("sessions ×%1").arg(count) : Words::tr("credentials ×%1").arg(count);
    case EntityKind::Role: return Words::tr("roles ×%1").arg(count);
    case EntityKind::Workload:
    case EntityKind::Host: return Words::tr("machines ×%1").arg(count);
    case EntityKind::Group: return Words::tr("groups ×%1").arg(count);
    case EntityKind::Application: return Words::tr("applications ×%1").arg(count);
    case EntityKind::Secret: return Words::tr("secrets ×%1").arg(count);
    case EntityKind::Address: return Words::tr("addresses ×%1").arg(count);
    case EntityKind::Policy: return Words::tr("policies ×%1").arg(count);
    default: return Words::tr("resources ×%1").arg(count);
    }
}

/// Attackers and what the agent may touch first, then what has most links.
std::vector<const IncidentMember*> ranked(const Incident& incident)
{
    std::map<std::string, int> links;
    for (const IncidentLink& link : incident.links) {
        ++links[link.from.key()];
        ++links[link.to.key()];
    }
    std::vector<std::pair<int, const IncidentMember*>> weighed;
    for (const IncidentMember& member : incident.members)
        weighed.emplace_back((member.role == EntityRole::Attacker ? 1000 : 0) + (isInScope(member) ? 500 : 0) + links[member.entity.key()], &member);
    std::stable_sort(weighed.begin(), weighed.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<const IncidentMember*> order;
    for (const auto& [weight, member] : weighed)
        order.push_back(member);
    return order;
}

struct Folding
{
    widgets::Graph graph;
    std::map<std::string, int> nodeOf; ///< EntityRef::key() to node
    std::set<std::pair<int, int>> drawn = {};
    bool foldsAll = false;
};

void addSingle(Folding& folding, const IncidentMember& member)
{
    widgets::GraphNode node;
    node.id = QString::fromStdString(member.entity.key());
    node.label = text::entityName(member.entity);
    node.icon = text::kindIcon(member.entity);
    node.tip = memberTip(member);
    node.zone = zoneOf(member, folding.graph.hasScope);
    node.isAttacker = member.role == EntityRole::Attacker;
    folding.nodeOf[member.entity.key()] = static_cast<int>(folding.graph.nodes.size());
    folding.graph.nodes.push_back(std::move(node));
}

void addFolded(Folding& folding, const std::vector<const IncidentMember*>& members)
{
    widgets::GraphNode node;
    const IncidentMember& first = *members.front();
    node.id = QString::fromStdString(first.entity.key());
    node.label = foldedLabel(first.entity, members.size());
    node.icon = text::kindIcon(first.entity);
    node.zone = zoneOf(first, folding.graph.hasScope);
    node.isAttacker = first.role == EntityRole::Attacker;
    QStringList names;
    for (const IncidentMember* member : members) {
        folding.nodeOf[member->entity.key()] = static_cast<int>(folding.graph.nodes.size());
        if (names.size() < 12)
            names += text::entityFull(member->entity);
    }
    node.tip = names.join(QLatin1Char('\n'));
    folding.graph.nodes.push_back(std::move(node));
}

void addNodes(Folding& folding, const Incident& incident)
{
    using Group = std::tuple<EntityKind, std::string, widgets::GraphZone, EntityRole>;
    const auto groupOf = [&](const IncidentMember& member) {
        const bool isApart = member.entity.kind == EntityKind::Credential; // a key is not a session
        return Group{member.entity.kind, isApart ? member.entity.type : std::string(), zoneOf(member, folding.graph.hasScope), member.role};
    };
    std::map<Group, std::vector<const IncidentMember*>> groups;
    const std::vector<const IncidentMember*> order = ranked(incident);
    for (const IncidentMember* member : order) {
        if (canFold(*member, folding.foldsAll))
            groups[groupOf(*member)].push_back(member);
    }
    std::set<Group> done;
    for (const IncidentMember* member : order) {
        if (folding.graph.nodes.size() >= mostNodes)
            break;
        const auto group = canFold(*member, folding.foldsAll) ? groups.find(groupOf(*member)) : groups.end();
        if (group == groups.end() || group->second.size() < foldsFrom)
            addSingle(folding, *member);
        else if (done.insert(group->first).second)
            addFolded(folding, group->second);
    }
}

/// One line between two nodes, the first that is said of them.
void addEdge(Folding& folding, const EntityRef& one, const EntityRef& other, const QString& label, const QString& tip)
{
    const auto from = folding.nodeOf.find(one.key());
    const auto to = folding.nodeOf.find(other.key());
    if (from == folding.nodeOf.end() || to == folding.nodeOf.end() || from->second == to->second)
        return;
    if (!folding.drawn.insert(std::minmax(from->second, to->second)).second)
        return;
    widgets::GraphEdge edge;
    edge.from = from->second;
    edge.to = to->second;
    edge.label = label.size() <= 24 ? label : QString();
    edge.tip = tip;
    edge.isAttack = folding.graph.nodes[static_cast<std::size_t>(edge.from)].isAttacker;
    folding.graph.edges.push_back(std::move(edge));
}

QString relationWord(const std::string& relation)
{
    if (relation == "attached")
        return Words::tr("attached");
    if (relation == "detached")
        return Words::tr("detached");
    if (relation == "granted")
        return Words::tr("granted");
    if (relation == "created")
        return Words::tr("created");
    return {};
}

/// What alerts tie, then what changes of identities do: who gave whom which right is no alert.
void addEdges(Folding& folding, const Incident& incident, const std::vector<IdentityChange>& changes)
{
    for (const IncidentLink& link : incident.links) {
        const QString reason = text::sentence(link.reason);
        addEdge(folding, link.from, link.to, reason, reason);
    }
    for (const IdentityChange& change : changes) {
        if (!change.hasSucceeded || !change.object)
            continue;
        const QString tip = text::sentence(change.text);
        if (change.subject)
            addEdge(folding, *change.subject, *change.object, relationWord(change.relation), tip);
        if (change.actor)
            addEdge(folding, *change.actor, *change.object, relationWord(change.relation), tip);
    }
}

} // namespace

QString memberTip(const IncidentMember& member)
{
    QStringList lines{text::entityFull(member.entity), text::roleWord(member.role)};
    for (const Text& why : member.why)
        lines += QStringLiteral("• ") + text::sentence(why);
    if (member.isConfirmedByPerson)
        lines += Words::tr("In the verified scope: confirmed by a person");
    else if (member.isVerifiedBySimulation)
        lines += Words::tr("In the verified scope: confirmed by the exercise tenant (simulated)");
    else if (member.isVerified)
        lines += Words::tr("In the verified scope: a second source confirmed the misuse");
    else
        lines += Words::tr("Outside the verified scope: the agent may not act on it");
    return lines.join(QLatin1Char('\n'));
}

widgets::Graph graphOf(const Incident& incident, const std::vector<IdentityChange>& changes)
{
    Folding folding;
    folding.graph.hasScope = std::any_of(incident.members.begin(), incident.members.end(), isInScope);
    addNodes(folding, incident);
    if (folding.graph.nodes.size() > roomyNodes) {
        folding.graph.nodes.clear();
        folding.nodeOf.clear();
        folding.foldsAll = true;
        addNodes(folding, incident);
    }
    addEdges(folding, incident, changes);
    return std::move(folding.graph);
}

} // namespace cordon::ui::views
