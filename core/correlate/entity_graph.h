#pragma once

#include "core/correlate/name_rules.h"
#include "core/domain/event.h"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
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
    Origin origin;       ///< how the descendant, or its forebear on the way, was made
    bool isSame = false; ///< it is the entity itself, under another name
    bool isName = false; ///< it is another name, of the entity or of a forebear
};

/// Somebody who did something on a host, or for whom the host did.
struct Presence
{
    Timestamp time;
    EntityIndex identity = noEntity;
    EventId event;
};

/// A fact learnt about a time that was thought to be over.
struct LateFact
{
    EntityIndex entity = noEntity;
    Timestamp from;         ///< it holds from then on
    bool isLineage = false; ///< who made it, or gave it rights; else: how many identities were seen with it
};

/// Entities with the two facts that correlation needs beyond alerts: who made whom, and how many different identities
/// an address or role was seen with. What it answers for a moment depends only on what happened up to then, whatever
/// the order of delivery. Belongs to the thread of its IncidentBuilder.
class EntityGraph
{
public:
    explicit EntityGraph(std::shared_ptr<const NameRules> names = {}) : m_names(std::move(names)) {}

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
    /// Whether the identity was seen with the thing before `then`, among the first whom the thing was seen with.
    [[nodiscard]] bool wasSeenWith(EntityIndex shared, EntityIndex identity, Timestamp then) const;
    /// Those from whom the entity descends, and its other names and theirs, nearest first, as far as known at `by`; at
    /// most 16, each once, never itself.
    [[nodiscard]] std::vector<Ancestor> ancestors(EntityIndex index, Timestamp by) const;
    /// How the entity was made, as far as known at `by`; null when the log does not say, as for a session's name that
    /// several share.
    [[nodiscard]] const Origin* originOf(EntityIndex index, Timestamp by) const;
    /// Whether it is a session's name under which two or more had opened sessions that may last at `by`.
    [[nodiscard]] bool isSharedName(EntityIndex index, Timestamp by) const;
    /// Who last gave the account or role rights, as far as known at `by`; null when the log does not say.
    [[nodiscard]] const Origin* rightsOf(EntityIndex index, Timestamp by) const;
    /// The account (or whatever else stands at the end) behind a chain of sessions and keys; what is no credential is
    /// its own root.
    [[nodiscard]] EntityIndex rootOf(EntityIndex index, Timestamp by) const;

    /// One and the same for all names of a thing that are known at `by`; need not be a name that any record gave.
    [[nodiscard]] EntityIndex thingOf(EntityIndex index, Timestamp by) const;
    /// Whether a record gave this name; else only a rule knows it.
    [[nodiscard]] bool isSeen(EntityIndex index) const { return m_nodes[index].isSeen; }

    /// The instance that holds the credential by its name; noEntity for others.
    [[nodiscard]] EntityIndex holderOf(EntityIndex credential) const { return m_nodes[credential].holder; }
    /// Accounts other than the host's own that did something there within `presenceSpan` up to `by`, each once with its
    /// latest deed; more than `most` are not looked at.
    [[nodiscard]] std::vector<Presence> presentOn(EntityIndex host, Timestamp by, std::size_t most) const;

    /// From now on what is learnt about this moment or earlier is told by `takeLate`.
    void setNewest(Timestamp newest) { m_newest = newest; }
    /// What was learnt late since the last call, each entity once per kind of fact with its earliest time.
    [[nodiscard]] std::vector<LateFact> takeLate();

private:
    struct Sighting
    {
        Timestamp first;
        EntityIndex identity = noEntity;
    };
    /// Another name of the same thing, which a record told.
    struct Twin
    {
        Timestamp time;
        EventId event;
        EntityIndex entity = noEntity;
    };
    struct Node
    {
        EntityRef ref;
        bool isAmbient = false;
        bool isSeen = false;
        EntityIndex canonical = noEntity; ///< its other name by rule
        std::vector<Twin> twins;          ///< by (time, event, id), each name once
        std::vector<Sighting> seenWith; ///< the earliest, by (time, identity id)
        std::vector<Origin> origins;    ///< who made it; by (time, event), at most one per event
        std::vector<Origin> rights;     ///< who gave it rights; likewise
        EntityIndex holder = noEntity;
        std::vector<Presence> present;  ///< of a host; by (time, identity), one for each identity and few minutes
        std::vector<EntityIndex> made;  ///< whose origins name it
        std::vector<EntityIndex> seenAt; ///< shared things that it was seen with, those too that forgot it since
    };
    EntityIndex put(const EntityRef& entity);
    void addTwin(EntityIndex one, EntityIndex other, const Event& event);
    /// Calls `take(name, event)` for each other name that is known at `by`.
    template<class Take>
    void eachName(EntityIndex index, Timestamp by, const Take& take) const;
    void addOrigin(std::vector<Origin> Node::*list, EntityIndex child, const Origin& origin);
    void wasOn(EntityIndex host, const Presence& presence);
    void noteLate(EntityIndex entity, Timestamp from, bool isLineage);
    /// Things whose count of identities depends on who made the entity.
    void noteLateCounts(EntityIndex entity, Timestamp from);
    [[nodiscard]] static const Origin* latest(const std::vector<Origin>& origins, Timestamp by);

    std::shared_ptr<const NameRules> m_names; ///< null: none
    std::vector<Node> m_nodes;
    std::unordered_map<EntityRef, EntityIndex> m_index;
    std::optional<Timestamp> m_newest;
    std::map<std::pair<EntityIndex, bool>, Timestamp> m_late; ///< by entity and whether it is lineage
};

} // namespace cordon::correlate
