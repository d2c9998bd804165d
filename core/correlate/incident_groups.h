#pragma once

#include "core/correlate/alert_node.h"
#include "core/domain/incident.h"

#include <set>
#include <unordered_map>
#include <vector>

namespace cordon::correlate {

/// Which alerts are together, and under which number. Joining and leaving costs little whatever the number of incidents.
class IncidentGroups
{
public:
    /// Row of a group; stays while it stands.
    using Group = std::uint32_t;
    static constexpr Group none = std::numeric_limits<Group>::max();

    /// The alert by itself, under a new number.
    IncidentId open(AlertIndex alert);
    /// Both alerts' groups become one under the lower number.
    void unite(AlertIndex a, AlertIndex b);
    /// The alerts of these groups, parted anew: each old number goes to the part that holds most of its alerts, the lower one
    /// where several want it; further parts get new numbers.
    void part(const std::vector<Group>& old, std::vector<std::vector<AlertIndex>> parts);

    [[nodiscard]] bool has(AlertIndex alert) const { return alert < m_groupOf.size() && m_groupOf[alert] != none; }
    [[nodiscard]] Group groupOf(AlertIndex alert) const { return m_groupOf[alert]; }
    [[nodiscard]] IncidentId idOf(AlertIndex alert) const { return m_groups[m_groupOf[alert]].id; }
    [[nodiscard]] IncidentId id(Group group) const { return m_groups[group].id; }
    [[nodiscard]] const std::vector<AlertIndex>& alerts(Group group) const { return m_groups[group].alerts; }
    /// `none` when no incident has the number.
    [[nodiscard]] Group find(IncidentId id) const;
    /// Numbers in use, in order.
    [[nodiscard]] std::vector<IncidentId> ids() const;
    /// Notes that something about the group changed.
    void touch(Group group) { m_changed.insert(m_groups[group].id); }

    /// The newest number was never needed: it is given again.
    void takeBack(IncidentId id);

    /// Numbers whose incident is new or changed, and those that are gone, since the last call.
    struct Changes
    {
        std::set<IncidentId> changed;
        std::set<IncidentId> gone;
    };
    [[nodiscard]] Changes takeChanges();

private:
    struct Entry
    {
        IncidentId id;
        std::vector<AlertIndex> alerts;
    };
    Group newGroup(IncidentId id);
    void drop(Group group);

    std::vector<Entry> m_groups;
    std::vector<Group> m_free;
    std::vector<Group> m_groupOf; ///< per alert
    std::unordered_map<IncidentId, Group> m_byId;
    std::int64_t m_highest = 0;
    std::set<IncidentId> m_changed;
    std::set<IncidentId> m_gone;
};

} // namespace cordon::correlate
