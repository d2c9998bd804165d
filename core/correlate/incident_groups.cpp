#include "core/correlate/incident_groups.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cordon::correlate {

IncidentGroups::Group IncidentGroups::newGroup(IncidentId id)
{
    Group group = none;
    if (m_free.empty()) {
        group = static_cast<Group>(m_groups.size());
        m_groups.emplace_back();
    } else {
        group = m_free.back();
        m_free.pop_back();
    }
    m_groups[group].id = id;
    m_byId[id] = group;
    m_gone.erase(id);
    m_changed.insert(id);
    return group;
}

void IncidentGroups::drop(Group group)
{
    const IncidentId id = m_groups[group].id;
    m_byId.erase(id);
    m_changed.erase(id);
    m_gone.insert(id);
    m_groups[group] = {};
    m_free.push_back(group);
}

IncidentId IncidentGroups::open(AlertIndex alert)
{
    if (alert >= m_groupOf.size())
        m_groupOf.resize(alert + 1, none);
    const IncidentId id{++m_highest};
    const Group group = newGroup(id);
    m_groups[group].alerts.push_back(alert);
    m_groupOf[alert] = group;
    return id;
}

void IncidentGroups::unite(AlertIndex a, AlertIndex b)
{
    Group kept = m_groupOf[a];
    Group lost = m_groupOf[b];
    if (kept == lost)
        return;
    if (m_groups[kept].alerts.size() < m_groups[lost].alerts.size())
        std::swap(kept, lost); // moving the smaller keeps uniting near-linear
    const IncidentId low = std::min(m_groups[kept].id, m_groups[lost].id);
    const IncidentId high = std::max(m_groups[kept].id, m_groups[lost].id);
    for (const AlertIndex alert : m_groups[lost].alerts) {
        m_groupOf[alert] = kept;
        m_groups[kept].alerts.push_back(alert);
    }
    m_groups[lost].id = high;
    m_groups[kept].id = low;
    m_byId[low] = kept;
    drop(lost);
    m_changed.insert(low);
}

void IncidentGroups::part(const std::vector<Group>& old, std::vector<std::vector<AlertIndex>> parts)
{
    std::map<IncidentId, std::map<std::size_t, std::size_t>> shares; ///< alerts of an old number in each part
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (const AlertIndex alert : parts[i])
            ++shares[m_groups[m_groupOf[alert]].id][i];
    }
    std::vector<IncidentId> numbers(parts.size());
    for (const auto& [id, inParts] : shares) {
        const auto most = std::max_element(inParts.begin(), inParts.end(), [](const auto& a, const auto& b) {
            return a.second < b.second; // the first of equals
        });
        if (!numbers[most->first].isSet())
            numbers[most->first] = id;
    }
    for (const Group group : old)
        drop(group);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Group group = newGroup(numbers[i].isSet() ? numbers[i] : IncidentId{++m_highest});
        for (const AlertIndex alert : parts[i])
            m_groupOf[alert] = group;
        m_groups[group].alerts = std::move(parts[i]);
    }
}

IncidentGroups::Group IncidentGroups::find(IncidentId id) const
{
    const auto place = m_byId.find(id);
    return place == m_byId.end() ? none : place->second;
}

std::vector<IncidentId> IncidentGroups::ids() const
{
    std::vector<IncidentId> all;
    for (const auto& [id, group] : m_byId)
        all.push_back(id);
    std::sort(all.begin(), all.end());
    return all;
}

void IncidentGroups::takeBack(IncidentId id)
{
    if (id.value != m_highest || m_byId.contains(id))
        return;
    --m_highest;
    m_gone.erase(id);
}

IncidentGroups::Changes IncidentGroups::takeChanges()
{
    return {std::exchange(m_changed, {}), std::exchange(m_gone, {})};
}

} // namespace cordon::correlate
