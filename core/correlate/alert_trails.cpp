#include "core/correlate/alert_trails.h"

#include <tuple>

namespace cordon::correlate {

bool AlertOrder::operator()(AlertIndex a, AlertIndex b) const
{
    const AlertNode& one = m_alerts[a];
    const AlertNode& two = m_alerts[b];
    if (one.last != two.last)
        return one.last < two.last;
    const auto key = [this](const AlertNode& node) {
        return std::tuple(node.first, std::string_view(m_rules[node.rule].id),
                          node.events.empty() ? EventId{} : node.events.front(), node.id);
    };
    return key(one) < key(two);
}

void AlertTrails::insert(TrailKind kind, EntityIndex entity, const TrailStop& stop, const AlertOrder& order)
{
    Trail& stops = m_trails[entity][static_cast<std::size_t>(kind)];
    if (stops.empty() || order(stops.back().alert, stop.alert)) {
        stops.push_back(stop);
        return;
    }
    const auto place = std::lower_bound(stops.begin(), stops.end(), stop.alert,
                                        [&](const TrailStop& a, AlertIndex b) { return order(a.alert, b); });
    if (place == stops.end() || place->alert != stop.alert)
        stops.insert(place, stop);
    else if (place->onlyAsks)
        *place = stop;
}

void AlertTrails::erase(TrailKind kind, EntityIndex entity, AlertIndex alert, const AlertOrder& order)
{
    Trail& stops = m_trails[entity][static_cast<std::size_t>(kind)];
    const auto place = std::lower_bound(stops.begin(), stops.end(), alert,
                                        [&](const TrailStop& a, AlertIndex b) { return order(a.alert, b); });
    if (place != stops.end() && place->alert == alert)
        stops.erase(place);
}

const TrailStop* AlertTrails::before(TrailKind kind, EntityIndex entity, AlertIndex alert,
                                     const AlertOrder& order) const
{
    const Trail& stops = trail(kind, entity);
    auto place = std::lower_bound(stops.begin(), stops.end(), alert,
                                  [&](const TrailStop& a, AlertIndex b) { return order(a.alert, b); });
    while (place != stops.begin()) {
        --place;
        if (!place->onlyAsks)
            return &*place;
    }
    return nullptr;
}

void AlertTrails::addFollowing(TrailKind kind, EntityIndex entity, AlertIndex alert, const AlertOrder& order,
                               std::vector<AlertIndex>& alerts) const
{
    const auto isAfter = [&order](AlertIndex a, const TrailStop& b) { return order(a, b.alert); };
    if (kind != TrailKind::Changed) {
        const Trail& stops = trail(kind, entity);
        for (auto place = std::upper_bound(stops.begin(), stops.end(), alert, isAfter); place != stops.end(); ++place) {
            alerts.push_back(place->alert);
            if (!place->onlyAsks)
                return;
        }
        return;
    }
    // A change is found by those who act as what was changed.
    const Trail& changes = trail(kind, entity);
    const auto next = std::upper_bound(changes.begin(), changes.end(), alert, isAfter);
    const Trail& doers = trail(TrailKind::Did, entity);
    for (auto place = std::upper_bound(doers.begin(), doers.end(), alert, isAfter); place != doers.end(); ++place) {
        if (next != changes.end() && order(next->alert, place->alert))
            return;
        alerts.push_back(place->alert);
    }
}

void AlertTrails::addSince(TrailKind kind, EntityIndex entity, Timestamp from, const std::vector<AlertNode>& nodes,
                           std::vector<AlertIndex>& alerts) const
{
    const Trail& stops = trail(kind, entity);
    auto place = std::lower_bound(stops.begin(), stops.end(), from,
                                  [&](const TrailStop& a, Timestamp b) { return nodes[a.alert].last < b; });
    for (; place != stops.end(); ++place)
        alerts.push_back(place->alert);
}

} // namespace cordon::correlate
