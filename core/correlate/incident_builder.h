#pragma once

#include "core/correlate/alert_node.h"
#include "core/domain/incident.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace cordon::correlate {

/// Joins alerts into incidents: one attack, one incident. The backbone is who acted, with which credential, and who
/// made that credential; shared targets and addresses count little, and less the more identities use them.
///
/// Alerts that come in order of their last event give the same incidents live as after `rebuild`. One that comes late
/// is placed as well as it can be; `rebuild` then gives what ordered delivery would have given, numbers included.
/// Adding costs a few look-ups per entity whatever the size of the case. Belongs to one thread.
class IncidentBuilder
{
public:
    /// What an alert did to the incidents.
    struct Change
    {
        enum class Kind { Opened, Grown, Merged };
        Kind kind = Kind::Opened;
        IncidentId id;                    ///< the incident that now holds the alert
        std::vector<IncidentId> absorbed; ///< for Merged: those that went into it and are gone
    };

    /// Learns from any event who made which credential and what is shared by many. Call it for every event, before
    /// `add` for alerts on it; without it, sessions are tied to their makers only where an alert shows it.
    void observe(const Event& event) { m_graph.observe(event); }
    /// Takes an alert in. One with an id that is already there replaces it (a window that grew).
    Change add(const Alert& alert);

    /// Every incident, by id. Costs time in proportion to everything in the case.
    [[nodiscard]] std::vector<Incident> incidents() const;
    /// One incident. ErrorCode::NotFound when there is none, or it was merged into another.
    [[nodiscard]] Result<Incident> incident(IncidentId id) const;
    [[nodiscard]] std::optional<IncidentId> incidentOf(AlertId alert) const;
    [[nodiscard]] std::size_t alertCount() const { return m_alerts.size(); }

    /// False once an alert came late, so that `rebuild` may change incidents.
    [[nodiscard]] bool isInOrder() const { return m_isInOrder; }
    /// Clusters everything anew in time order and numbers incidents from 1 by their first alert.
    void rebuild();

private:
    struct Group
    {
        std::vector<AlertIndex> alerts;
        std::vector<Join> joins;
    };
    /// The latest alert in which an entity took each kind of part.
    struct Trail
    {
        AlertIndex doer = noAlert;
        AlertIndex changed = noAlert;
        AlertIndex target = noAlert;
        AlertIndex address = noAlert;
        EventId doerProof;         ///< the making that ties the entity to that alert
        bool isBehindDoer = false; ///< it only stood behind that alert: made what acted
    };
    struct Doer
    {
        EntityIndex entity = noEntity;
        EventId proof;           ///< for ancestors: the making
        double share = 1;        ///< fades with the age of the making
        bool isBehind = false;   ///< an ancestor of what acted
        bool gaveRights = false; ///< or one who gave it rights
    };

    [[nodiscard]] IncidentId standing(IncidentId id) const;
    void absorb(IncidentId into, IncidentId gone);
    std::uint32_t internRule(const RuleInfo& rule);
    AlertNode nodeFrom(const Alert& alert);
    Change place(AlertIndex index);
    [[nodiscard]] std::vector<Doer> doersOf(const AlertNode& node) const;
    [[nodiscard]] std::vector<Join> joinsOf(AlertIndex index, const std::vector<Doer>& doers) const;
    void joinThroughDoer(AlertIndex index, const Doer& doer, std::vector<Join>& joins) const;
    void joinThroughThing(AlertIndex index, const NodeEntity& thing, std::vector<Join>& joins) const;
    void offer(AlertIndex index, AlertIndex other, Join join, double factor, std::vector<Join>& joins) const;
    [[nodiscard]] double roleFactor(AlertIndex index, AlertIndex other, EntityIndex role) const;
    [[nodiscard]] EntityIndex rootBehind(const AlertNode& node) const;
    void remember(AlertIndex index, const std::vector<Doer>& doers);
    [[nodiscard]] bool isBefore(AlertIndex a, AlertIndex b) const;
    [[nodiscard]] Incident describe(IncidentId id, const Group& group) const;

    EntityGraph m_graph;
    std::vector<RuleFacts> m_rules;
    std::map<std::string, std::uint32_t> m_ruleIndex;
    std::vector<AlertNode> m_alerts;
    std::vector<IncidentId> m_incidentOf; ///< per alert, as first placed; see `standing`
    /// Per incident number less one; unset while it stands. Mutable: look-ups shorten the chains.
    mutable std::vector<IncidentId> m_mergedInto;
    std::unordered_map<AlertId, AlertIndex> m_alertIndex;
    std::map<IncidentId, Group> m_groups;
    std::vector<Trail> m_trails; ///< per entity
    AlertIndex m_newest = noAlert;
    bool m_isInOrder = true;
};

} // namespace cordon::correlate
