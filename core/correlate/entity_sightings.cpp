// Who was seen where, and with what.
#include "core/correlate/entity_graph.h"
#include "core/correlate/link_rules.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cordon::correlate {
namespace {

constexpr std::size_t mostSightings = 32;

} // namespace

void EntityGraph::wasOn(EntityIndex host, const Presence& presence)
{
    static constexpr Duration apart = presenceSpan / 8;
    const auto key = [this](const Presence& p) {
        return std::tuple(p.time.micros() / apart.count(), std::string_view(m_nodes[p.identity].ref.id));
    };
    std::vector<Presence>& all = m_nodes[host].present;
    const auto place = std::lower_bound(all.begin(), all.end(), presence,
                                        [&](const Presence& a, const Presence& b) { return key(a) < key(b); });
    const auto order = [](const Presence& p) { return std::tuple(p.time, p.event); };
    if (place != all.end() && key(*place) == key(presence)) {
        if (order(*place) <= order(presence))
            return;
        *place = presence;
    } else {
        all.insert(place, presence);
    }
    if (m_newest && presence.time <= *m_newest)
        noteLate(host, presence.time, true);
}

std::vector<Presence> EntityGraph::presentOn(EntityIndex host, Timestamp by, std::size_t most) const
{
    std::vector<Presence> found;
    const std::vector<Presence>& all = m_nodes[host].present;
    // In the order of small spans of time, so that the newest span may hold some that came after `by`.
    auto place = std::upper_bound(all.begin(), all.end(), by, [](Timestamp b, const Presence& p) {
        return b.micros() / (presenceSpan / 8).count() < p.time.micros() / (presenceSpan / 8).count();
    });
    while (place != all.begin() && found.size() <= most) {
        --place;
        if (place->time + presenceSpan < by)
            break;
        const bool isThere = std::any_of(found.begin(), found.end(),
                                         [&](const Presence& p) { return p.identity == place->identity; });
        if (place->time <= by && !isThere)
            found.push_back(*place);
    }
    return found;
}

void EntityGraph::sawWith(EntityIndex shared, EntityIndex identity, Timestamp when)
{
    Node& node = m_nodes[shared];
    if (node.isAmbient)
        return;
    const auto earlier = [this](const Sighting& a, const Sighting& b) {
        return a.first != b.first ? a.first < b.first : m_nodes[a.identity].ref < m_nodes[b.identity].ref;
    };
    std::vector<Sighting>& seen = node.seenWith;
    const auto same = std::find_if(seen.begin(), seen.end(), [&](const Sighting& s) { return s.identity == identity; });
    const Sighting sighting{when, identity};
    if (same != seen.end() && same->first <= when)
        return;
    const bool isNew = same == seen.end();
    if (!isNew) {
        seen.erase(same);
    } else if (seen.size() == mostSightings) {
        if (!earlier(sighting, seen.back()))
            return;
        seen.pop_back();
    }
    seen.insert(std::upper_bound(seen.begin(), seen.end(), sighting, earlier), sighting);
    if (m_newest && when <= *m_newest)
        noteLate(shared, when, false);
    if (isNew)
        m_nodes[identity].seenAt.push_back(shared);
}

bool EntityGraph::wasSeenWith(EntityIndex shared, EntityIndex identity, Timestamp then) const
{
    const std::vector<Sighting>& seen = m_nodes[shared].seenWith;
    return std::any_of(seen.begin(), seen.end(),
                       [&](const Sighting& sighting) { return sighting.identity == identity && sighting.first < then; });
}

int EntityGraph::identitiesOf(EntityIndex shared, Timestamp by) const
{
    std::set<EntityIndex> roots;
    for (const Sighting& sighting : m_nodes[shared].seenWith) {
        if (sighting.first <= by)
            roots.insert(thingOf(rootOf(sighting.identity, by), by));
    }
    return static_cast<int>(roots.size());
}

} // namespace cordon::correlate
