#include "core/correlate/entity_graph.h"

#include "core/correlate/link_rules.h"
#include "core/domain/ambient.h"
#include "core/domain/relation.h"
#include "core/domain/session_name.h"
#include "core/domain/sign_in.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace cordon::correlate {
namespace {

/// Enough that none which counted once is forgotten; bounded against a log that makes one thing over and over.
constexpr std::size_t mostOrigins = 1024;
constexpr std::size_t mostAncestors = 16;
constexpr std::size_t mostDescendants = 256;
/// What is said to be the same as more things than these is nobody's other name.
constexpr std::size_t mostTwins = 2;
constexpr std::size_t mostKeptTwins = 8;

bool canActForItself(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Credential || kind == EntityKind::Role ||
           kind == EntityKind::Application;
}

bool isPassing(const EntityRef& credential)
{
    return credential.type == "session" || credential.type == "token";
}

/// Deterministic choice between two names for one id, whatever came first.
void takeBetterText(std::string& kept, const std::string& offered)
{
    if (!offered.empty() && (kept.empty() || offered < kept))
        kept = offered;
}

} // namespace

EntityIndex EntityGraph::intern(const EntityRef& entity)
{
    const EntityIndex index = put(entity);
    if (m_nodes[index].isSeen)
        return index;
    m_nodes[index].isSeen = true;
    if (const auto other = m_names && !m_nodes[index].isAmbient ? m_names->canonicalOf(entity) : std::nullopt) {
        const EntityIndex canonical = put(*other);
        m_nodes[index].canonical = canonical;
    }
    return index;
}

EntityIndex EntityGraph::put(const EntityRef& entity)
{
    if (const auto known = m_index.find(entity); known != m_index.end()) {
        takeBetterText(m_nodes[known->second].ref.name, entity.name);
        takeBetterText(m_nodes[known->second].ref.type, entity.type);
        return known->second;
    }
    const auto index = static_cast<EntityIndex>(m_nodes.size());
    m_nodes.emplace_back();
    m_nodes.back().ref = entity;
    m_nodes.back().isAmbient = cordon::isAmbient(entity);
    m_index.emplace(EntityRef{entity.kind, entity.id, {}, {}}, index); // what it is found by, and no more
    if (const auto holder = correlate::holderOf(entity)) {
        const EntityIndex held = intern(*holder);
        m_nodes[index].holder = held;
    }
    return index;
}

void EntityGraph::observe(const Event& event)
{
    if (!event.actor || isRefusedSignIn(event)) // whoever was turned away was neither there nor did anything
        return;
    const EntityIndex actor = intern(*event.actor);
    const EntityIndex via = event.via ? intern(*event.via) : noEntity;
    if (m_nodes[actor].isAmbient)
        return;
    const bool isSession = via != noEntity && isPassing(*event.via) && event.actor->kind == EntityKind::Role;
    const EntityIndex identity = isSession ? via : actor;
    if (!event.address.empty())
        sawWith(intern({EntityKind::Address, event.address, "", ""}), identity, event.time);
    if (event.actor->kind == EntityKind::Role)
        sawWith(actor, identity, event.time);
    if (!isHostsOwn(*event.actor)) {
        for (const EventTarget& target : event.targets) {
            if (target.entity.kind != EntityKind::Host)
                continue;
            const EntityIndex host = intern(target.entity);
            sawWith(host, identity, event.time);
            wasOn(host, {event.time, identity, event.id});
        }
    }
    if (event.outcome == EventOutcome::Failure)
        return;
    const EntityRef* before = nullptr; // the target that the next may be another name of
    for (const EventTarget& target : event.targets) {
        if (target.relation == "created" && canActForItself(target.entity.kind))
            addOrigin(&Node::origins, intern(target.entity), {actor, via, event.time, event.id});
        else if (target.relation == "granted" && canActForItself(target.entity.kind))
            addOrigin(&Node::rights, intern(target.entity), {actor, via, event.time, event.id});
        else if (target.relation == "same" && canActForItself(target.entity.kind))
            addTwin(actor, intern(target.entity), event);
        else if (target.relation == "also" && before && canActForItself(before->kind) && canActForItself(target.entity.kind))
            addTwin(intern(*before), intern(target.entity), event);
        before = isOtherName(target.relation) ? nullptr : &target.entity;
    }
}

void EntityGraph::addOrigin(std::vector<Origin> Node::*list, EntityIndex child, const Origin& origin)
{
    if (child == origin.actor || child == origin.via || m_nodes[child].isAmbient)
        return;
    const auto key = [this](const Origin& o) { return std::tuple(o.time, o.event, m_nodes[o.actor].ref.id); };
    std::vector<Origin>& origins = m_nodes[child].*list;
    const auto place = std::lower_bound(origins.begin(), origins.end(), origin,
                                        [&](const Origin& a, const Origin& b) { return key(a) < key(b); });
    if (place != origins.end() && key(*place) == key(origin))
        return;
    origins.insert(place, origin);
    if (origins.size() > mostOrigins)
        origins.erase(origins.begin());
    for (const EntityIndex maker : {origin.via, origin.actor}) {
        if (maker == noEntity || list != &Node::origins)
            continue;
        std::vector<EntityIndex>& made = m_nodes[maker].made;
        if (made.empty() || made.back() != child)
            made.push_back(child);
    }
    if (m_newest && origin.time <= *m_newest) {
        noteLate(child, origin.time, true);
        noteLateCounts(child, origin.time);
    }
}

void EntityGraph::addTwin(EntityIndex one, EntityIndex other, const Event& event)
{
    if (one == other || m_nodes[one].isAmbient || m_nodes[other].isAmbient)
        return;
    const auto key = [this](const Twin& t) { return std::tuple(t.time, t.event, std::string_view(m_nodes[t.entity].ref.id)); };
    bool isNews = false;
    for (const auto& [name, twin] : {std::pair(one, Twin{event.time, event.id, other}), std::pair(other, Twin{event.time, event.id, one})}) {
        std::vector<Twin>& all = m_nodes[name].twins;
        const auto same = std::find_if(all.begin(), all.end(), [&t = twin](const Twin& known) { return known.entity == t.entity; });
        if (same != all.end() && key(*same) <= key(twin))
            continue;
        if (same != all.end())
            all.erase(same);
        all.insert(std::upper_bound(all.begin(), all.end(), twin, [&](const Twin& a, const Twin& b) { return key(a) < key(b); }), twin);
        if (all.size() > mostKeptTwins)
            all.pop_back();
        isNews = true;
    }
    if (!isNews || !m_newest || event.time > *m_newest)
        return;
    for (const EntityIndex name : {one, other}) {
        noteLate(name, event.time, true);
        noteLateCounts(name, event.time);
    }
}

template<class Take>
void EntityGraph::eachName(EntityIndex index, Timestamp by, const Take& take) const
{
    const Node& node = m_nodes[index];
    if (node.canonical != noEntity)
        take(node.canonical, EventId{});
    const auto known = [by](const std::vector<Twin>& twins) {
        return static_cast<std::size_t>(
            std::find_if(twins.begin(), twins.end(), [by](const Twin& twin) { return twin.time > by; }) - twins.begin());
    };
    const std::size_t count = known(node.twins);
    for (std::size_t i = 0; i < count && count <= mostTwins; ++i) {
        if (known(m_nodes[node.twins[i].entity].twins) <= mostTwins)
            take(node.twins[i].entity, node.twins[i].event);
    }
}

EntityIndex EntityGraph::thingOf(EntityIndex index, Timestamp by) const
{
    if (m_nodes[index].canonical == noEntity && m_nodes[index].twins.empty())
        return index;
    std::vector<EntityIndex> names{index};
    EntityIndex best = noEntity;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const EntityIndex canonical = m_nodes[names[i]].canonical;
        const EntityIndex candidate = canonical == noEntity ? names[i] : canonical;
        if (best == noEntity || m_nodes[candidate].ref < m_nodes[best].ref)
            best = candidate;
        eachName(names[i], by, [&](EntityIndex name, EventId) {
            if (names.size() < mostAncestors && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        });
    }
    return best;
}

void EntityGraph::noteLate(EntityIndex entity, Timestamp from, bool isLineage)
{
    const auto [place, isNew] = m_late.try_emplace({entity, isLineage}, from);
    place->second = std::min(place->second, from);
}

void EntityGraph::noteLateCounts(EntityIndex entity, Timestamp from)
{
    std::vector<EntityIndex> toVisit{entity};
    std::set<EntityIndex> seen{entity};
    for (std::size_t i = 0; i < toVisit.size(); ++i) {
        for (const EntityIndex thing : m_nodes[toVisit[i]].seenAt)
            noteLate(thing, from, false);
        for (const EntityIndex child : m_nodes[toVisit[i]].made) {
            if (seen.size() < mostDescendants && seen.insert(child).second)
                toVisit.push_back(child);
        }
    }
}

std::vector<LateFact> EntityGraph::takeLate()
{
    std::vector<LateFact> facts;
    for (const auto& [what, from] : m_late)
        facts.push_back({what.first, from, what.second});
    m_late.clear();
    return facts;
}

const Origin* EntityGraph::latest(const std::vector<Origin>& origins, Timestamp by)
{
    const Origin* found = nullptr;
    for (const Origin& origin : origins) {
        if (origin.time <= by)
            found = &origin;
    }
    return found;
}

const Origin* EntityGraph::originOf(EntityIndex index, Timestamp by) const
{
    return isSharedName(index, by) ? nullptr : latest(m_nodes[index].origins, by);
}

bool EntityGraph::isSharedName(EntityIndex index, Timestamp by) const
{
    const std::vector<Origin>& origins = m_nodes[index].origins;
    if (origins.size() < 2 || !isSessionName(m_nodes[index].ref))
        return false;
    EntityIndex first = noEntity;
    for (auto origin = origins.rbegin(); origin != origins.rend() && origin->time + longestSession > by; ++origin) {
        if (origin->time > by)
            continue;
        // A role acts through a session: two of them are two, whoever stands behind.
        const bool isRole = m_nodes[origin->actor].ref.kind == EntityKind::Role;
        const EntityIndex maker = isRole && origin->via != noEntity ? origin->via : origin->actor;
        if (first != noEntity && maker != first)
            return true;
        first = maker;
    }
    return false;
}

const Origin* EntityGraph::rightsOf(EntityIndex index, Timestamp by) const
{
    return latest(m_nodes[index].rights, by);
}

std::vector<Ancestor> EntityGraph::ancestors(EntityIndex index, Timestamp by) const
{
    std::vector<Ancestor> found; // below: what is still to be asked for its makers and names; the entity itself first
    std::vector<Ancestor> toVisit{{index, {noEntity, noEntity, by, {}}, true, false}};
    std::set<EntityIndex> seen{index};
    for (std::size_t i = 0; i < toVisit.size() && found.size() < mostAncestors; ++i) {
        const Ancestor now = toVisit[i];
        if (const EntityIndex holder = m_nodes[now.entity].holder; holder != noEntity && seen.insert(holder).second)
            found.push_back({holder, {holder, noEntity, by, {}}, false, false});
        eachName(now.entity, by, [&](EntityIndex name, EventId event) {
            if (!seen.insert(name).second)
                return;
            Ancestor other{name, now.origin, now.isSame, true};
            if (now.isSame)
                other.origin.event = event;
            found.push_back(other);
            toVisit.push_back(other);
        });
        const Origin* origin = originOf(now.entity, by);
        if (!origin)
            continue;
        for (const EntityIndex maker : {origin->via, origin->actor}) {
            if (maker == noEntity || m_nodes[maker].isAmbient || !seen.insert(maker).second)
                continue;
            found.push_back({maker, *origin, false, false});
            toVisit.push_back(found.back());
        }
    }
    return found;
}

EntityIndex EntityGraph::rootOf(EntityIndex index, Timestamp by) const
{
    EntityIndex root = index;
    for (int depth = 0; depth < 8; ++depth) {
        const Origin* origin = m_nodes[root].ref.kind == EntityKind::Credential ? originOf(root, by) : nullptr;
        if (!origin)
            return root;
        // A role acts through a session: the maker of that session stands behind it, not the role that many share.
        const bool isRole = origin->actor != noEntity && m_nodes[origin->actor].ref.kind == EntityKind::Role;
        const EntityIndex maker = isRole && origin->via != noEntity ? origin->via : origin->actor;
        if (maker == noEntity || maker == root || m_nodes[maker].isAmbient)
            return root;
        root = maker;
    }
    return root;
}

} // namespace cordon::correlate
