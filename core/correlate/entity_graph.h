#pragma once

#include "core/domain/event.h"

#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

namespace cordon::correlate {

/// Row of an entity in an EntityGraph.
using EntityIndex = std::uint32_t;
inline constexpr EntityIndex noEntity = std::numeric_limits<EntityIndex>::max();

/// Who made an identity, credential or session, and when.
struct Origin
{
    EntityIndex actor = noEntity;
    EntityIndex via = noEntity;
    Timestamp time;
    EventId event;
};

/// An identity or credential from which another descends, with the event that made the nearest link.
struct Ancestor
{
    EntityIndex entity = noEntity;
    Origin origin; ///< how the descendant, or its forebear on the way, was made
};

/// Entities with the two facts that correlation needs beyond alerts: who made whom, and how many different identities
/// an address or role was seen with. What it answers for a moment depends only on what happened up to then, whatever
/// the order of delivery. Belongs to the thread of its IncidentBuilder.
class EntityGraph
{
public:
    EntityIndex intern(const EntityRef& entity);
    [[nodiscard]] const EntityRef& entity(EntityIndex index) const { return m_nodes[index].ref; }
    [[nodiscard]] bool isAmbient(EntityIndex index) const { return m_nodes[index].isAmbient; }
    [[nodiscard]] std::size_t size() const { return m_nodes.size(); }

    /// Learns from any event, whether it raised an alert or not. Costs a few look-ups.
    void observe(const Event& event);
    /// Notes that `identity` was seen with a shared thing (address, role).
    void sawWith(EntityIndex shared, EntityIndex identity, Timestamp when);

    /// Different identities seen with the thing up to `by`; sessions of one maker count once. Counts to 32.
    [[nodiscard]] int identitiesOf(EntityIndex shared, Timestamp by) const;
    /// Those from whom the entity descends, nearest first, as far as known at `by`; at most 16, each once, never
    /// itself.
    [[nodiscard]] std::vector<Ancestor> ancestors(EntityIndex index, Timestamp by) const;
    /// How the entity was made, as far as known at `by`; null when the log does not say.
    [[nodiscard]] const Origin* originOf(EntityIndex index, Timestamp by) const;
    /// Who last gave the account or role rights, as far as known at `by`; null when the log does not say.
    [[nodiscard]] const Origin* rightsOf(EntityIndex index, Timestamp by) const;
    /// The account (or whatever else stands at the end) behind a chain of sessions and keys; what is no credential is
    /// its own root.
    [[nodiscard]] EntityIndex rootOf(EntityIndex index, Timestamp by) const;

private:
    struct Sighting
    {
        Timestamp first;
        EntityIndex identity = noEntity;
    };
    struct Node
    {
        EntityRef ref;
        bool isAmbient = false;
        std::vector<Sighting> seenWith; ///< the earliest, by (time, identity id)
        std::vector<Origin> origins;    ///< who made it; by (time, event), at most one per event
        std::vector<Origin> rights;     ///< who gave it rights; likewise
    };
    void addOrigin(std::vector<Origin> Node::*list, EntityIndex child, const Origin& origin);
    [[nodiscard]] static const Origin* latest(const std::vector<Origin>& origins, Timestamp by);

    std::vector<Node> m_nodes;
    std::unordered_map<EntityRef, EntityIndex> m_index;
};

} // namespace cordon::correlate
