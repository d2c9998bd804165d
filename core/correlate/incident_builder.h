#pragma once

#include "core/correlate/alert_trails.h"
#include "core/correlate/hand_marks.h"
#include "core/correlate/incident_groups.h"
#include "core/domain/incident.h"

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace cordon::correlate {

/// Joins alerts into incidents: one attack, one incident. The backbone is who acted, with which credential, and who
/// made that credential; shared targets and addresses count little, and less the more identities use them.
///
/// Which alerts are together, and why, depends on what happened and on what people ordered, never on the order in which it
/// came: an alert or event that comes late is put between its neighbours in time, and only what it touches is judged
/// anew. Numbers alone follow the order of arrival. Adding costs a few look-ups per entity whatever the size of the case.
/// Belongs to one thread.
class IncidentBuilder
{
public:
    /// @param names  under which other names things are known; null: each id is a thing of its own
    explicit IncidentBuilder(std::shared_ptr<const NameRules> names = {}) : m_graph(std::move(names)) {}

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
    /// Judges anew what events changed that came late. `add` does so too; call it before reading after `observe`.
    void settle();
    /// What people ordered, oldest first; replaces what they ordered before.
    void setOrders(const std::vector<HandOrder>& orders);

    /// Every incident, by id. Costs time in proportion to everything in the case.
    [[nodiscard]] std::vector<Incident> incidents() const;
    /// One incident. ErrorCode::NotFound when there is none, or it was merged into another.
    [[nodiscard]] Result<Incident> incident(IncidentId id) const;
    [[nodiscard]] std::optional<IncidentId> incidentOf(AlertId alert) const;
    /// Alerts of the incident, in no particular order; empty when there is none.
    [[nodiscard]] std::vector<AlertId> alertsOf(IncidentId id) const;
    [[nodiscard]] std::size_t alertCount() const { return m_alerts.size(); }
    /// Incidents that are new, changed or gone since the last call.
    [[nodiscard]] IncidentGroups::Changes takeChanges() { return m_groups.takeChanges(); }

private:
    struct Doer
    {
        EntityIndex entity = noEntity;
        EventId proof;           ///< for ancestors: the making
        double share = 1;        ///< fades with the age of the making
        bool isBehind = false;   ///< an ancestor of what acted
        bool gaveRights = false; ///< or one who gave it rights
        bool wasThere = false;   ///< or one who was on the host where nobody is named
        bool isSame = false;     ///< what acted, under another name
        bool isName = false;     ///< another name, of what acted or of an ancestor
    };

    std::uint32_t internRule(const RuleInfo& rule);
    AlertNode nodeFrom(const Alert& alert);
    [[nodiscard]] AlertOrder order() const { return {m_alerts, m_rules}; }

    void addPresent(const AlertNode& node, std::vector<Doer>& doers) const;
    [[nodiscard]] std::vector<Doer> doersOf(const AlertNode& node) const;
    [[nodiscard]] std::vector<Join> joinsOf(AlertIndex index, const std::vector<Doer>& doers) const;
    void joinThroughDoer(AlertIndex index, const Doer& doer, std::vector<Join>& joins) const;
    void joinThroughHost(AlertIndex index, EntityIndex host, std::vector<Join>& joins) const;
    /// Who did it, unless the host did it of itself; noEntity when nobody is named.
    [[nodiscard]] EntityIndex namedActor(AlertIndex index) const;
    void joinThroughThing(AlertIndex index, const NodeEntity& thing, std::vector<Join>& joins) const;
    void offer(AlertIndex index, AlertIndex other, Join join, double factor, std::vector<Join>& joins) const;
    [[nodiscard]] double gainFactor(const AlertNode& later, EntityIndex account, const AlertNode& change) const;
    [[nodiscard]] double roleFactor(AlertIndex index, AlertIndex other, EntityIndex role) const;
    void dropOwnPast(AlertIndex index, const std::vector<Doer>& doers, std::vector<Join>& joins) const;
    /// An address that both came from; noEntity when there is none.
    [[nodiscard]] EntityIndex addressOfBoth(const AlertNode& one, const AlertNode& two) const;
    /// How much it tells that one who acted, or was tried, in the one alert was only tried in the other: from one address
    /// all, else the less the more were tried.
    [[nodiscard]] double refusedFactor(AlertIndex index, AlertIndex other) const;
    [[nodiscard]] EntityIndex rootBehind(const AlertNode& node) const;

    void place(AlertIndex index);
    void displace(AlertIndex index);
    [[nodiscard]] std::vector<AlertIndex> followersOf(AlertIndex index) const;
    void rejoin(const std::vector<AlertIndex>& alerts);
    void setJoins(AlertIndex index, std::vector<Join> joins, bool isLast);
    void tie(AlertIndex index, bool isLast);
    [[nodiscard]] bool isStillTied(AlertIndex a, AlertIndex b) const;
    void partAnew();
    void part(const std::vector<IncidentGroups::Group>& groups);
    [[nodiscard]] std::set<IncidentGroups::Group> orderedGroups() const;
    [[nodiscard]] Incident describe(IncidentGroups::Group group) const;

    EntityGraph m_graph;
    std::vector<RuleFacts> m_rules;
    std::map<std::string, std::uint32_t> m_ruleIndex;
    std::vector<AlertNode> m_alerts;
    std::vector<std::vector<Join>> m_joins; ///< per alert, to those before it
    std::unordered_map<AlertId, AlertIndex> m_alertIndex;
    AlertTrails m_trails;
    IncidentGroups m_groups;
    std::optional<Timestamp> m_newest; ///< last event of any alert so far

    HandMarks m_marks;
    std::set<IncidentGroups::Group> m_ordered; ///< groups in which, or beside which, an order of a person counts
    /// Joins that were there and are not; whether their ends still belong together is judged when all is placed.
    std::vector<std::pair<AlertIndex, AlertIndex>> m_lost;
    /// Joins across groups, of which an order keeps the ends apart.
    std::vector<std::pair<AlertIndex, AlertIndex>> m_kept;
    std::set<IncidentId> m_touched; ///< numbers of the groups that the alert being added joined
    bool m_isOrderDue = false; ///< what people ordered must be applied anew
};

} // namespace cordon::correlate
