#pragma once

#include "core/correlate/alert_node.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cordon::correlate {

/// The order of alerts by time, the same whatever the order of delivery: by last event, first event, rule, events, id.
class AlertOrder
{
public:
    AlertOrder(const std::vector<AlertNode>& alerts, const std::vector<RuleFacts>& rules)
        : m_alerts(alerts)
        , m_rules(rules)
    {}
    /// True when `a` comes before `b`.
    [[nodiscard]] bool operator()(AlertIndex a, AlertIndex b) const;

private:
    const std::vector<AlertNode>& m_alerts;
    const std::vector<RuleFacts>& m_rules;
};

/// The part that an entity takes in alerts, as far as links follow from it.
enum class TrailKind : std::uint8_t {
    Did,     ///< acted, was acted with, or stands behind what acted
    Changed, ///< was made or given power
    Target,  ///< was acted on
    Address, ///< was acted from
};

/// One alert on a trail.
struct TrailStop
{
    AlertIndex alert = noAlert;
    EventId proof{};       ///< the making that ties the entity to that alert
    bool isBehind = false; ///< it only stood behind that alert: made what acted
    bool wasThere = false; ///< it was on the host where that alert happened in nobody's name
    bool isSame = false;   ///< it is another name of what did it
    bool onlyAsks = false; ///< the alert looks for earlier ones here, later ones do not find it
};

/// For every entity the alerts in which it took part, in order of time. An alert links to the stop before it on each of
/// its trails, so that one which comes late is between the same two as if it had come in time.
class AlertTrails
{
public:
    void growTo(std::size_t entities) { m_trails.resize(std::max(entities, m_trails.size())); }
    void insert(TrailKind kind, EntityIndex entity, const TrailStop& stop, const AlertOrder& order);
    /// Takes the alert off; nothing when it is not there.
    void erase(TrailKind kind, EntityIndex entity, AlertIndex alert, const AlertOrder& order);
    /// The nearest stop before the alert that later ones find; null when there is none.
    [[nodiscard]] const TrailStop* before(TrailKind kind, EntityIndex entity, AlertIndex alert,
                                          const AlertOrder& order) const;
    /// Adds the alerts whose nearest stop is, or would be, `alert`: those that follow up to the next one that is found.
    void addFollowing(TrailKind kind, EntityIndex entity, AlertIndex alert, const AlertOrder& order,
                      std::vector<AlertIndex>& alerts) const;
    /// Adds every alert on the trail whose last event is at `from` or later.
    void addSince(TrailKind kind, EntityIndex entity, Timestamp from, const std::vector<AlertNode>& nodes,
                  std::vector<AlertIndex>& alerts) const;

private:
    using Trail = std::vector<TrailStop>;
    [[nodiscard]] const Trail& trail(TrailKind kind, EntityIndex entity) const
    {
        return m_trails[entity][static_cast<std::size_t>(kind)];
    }

    std::vector<std::array<Trail, 4>> m_trails; ///< per entity, by TrailKind
};

} // namespace cordon::correlate
