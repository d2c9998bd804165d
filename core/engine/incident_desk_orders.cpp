// How people arrange incidents: what is said of the alerts, so that it holds whatever comes later.
#include "core/engine/incident_desk.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// Alerts that one order names of each incident: enough to hold it, bounded for the ledger. The rest follows by its links.
constexpr std::size_t mostAnchors = 400;

} // namespace

std::vector<AlertAnchor> IncidentDesk::anchorsOf(const std::vector<AlertId>& alerts) const
{
    std::vector<AlertAnchor> anchors;
    for (const AlertId id : alerts) {
        const auto place = m_placeOf.find(id);
        if (place == m_placeOf.end() || anchors.size() >= mostAnchors)
            continue;
        const Alert& alert = m_taken[place->second];
        if (!alert.events.empty())
            anchors.push_back({alert.rule.id, alert.events.front()});
    }
    return anchors;
}

Result<HandOrder> IncidentDesk::orderFor(const Arrange& wish) const
{
    const auto find = [this](IncidentId id) -> Result<const IncidentFile*> {
        const auto place = m_files.find(id);
        if (place == m_files.end())
            return fail(ErrorCode::NotFound, "no incident " + toString(id));
        return &place->second;
    };
    CORDON_TRY(const IncidentFile* const incident, find(wish.incident));
    HandOrder order;
    if (wish.act == "merge") {
        if (wish.others.empty())
            return fail(ErrorCode::Invalid, "merge: no other incident is named");
        std::vector<AlertAnchor> together = anchorsOf(incident->incident.alerts);
        for (const IncidentId id : wish.others) {
            CORDON_TRY(const IncidentFile* const other, find(id));
            if (id == wish.incident)
                return fail(ErrorCode::Invalid, "merge: " + toString(id) + " is named twice");
            for (AlertAnchor& anchor : anchorsOf(other->incident.alerts))
                together.push_back(std::move(anchor));
        }
        order.lists.push_back(std::move(together));
        return order;
    }
    if (wish.alerts.empty() || wish.alerts.size() > mostAnchors)
        return fail(ErrorCode::Invalid, wish.act + ": 1 to " + std::to_string(mostAnchors) + " alerts are named");
    const auto isNamed = [&wish](AlertId id) {
        return std::find(wish.alerts.begin(), wish.alerts.end(), id) != wish.alerts.end();
    };
    // Every incident that loses alerts, without them.
    std::map<IncidentId, std::vector<AlertId>> left;
    for (const AlertId id : wish.alerts) {
        const auto built = m_builder.incidentOf(id);
        const auto number = built ? m_numberOf.find(*built) : m_numberOf.end();
        if (number == m_numberOf.end())
            return fail(ErrorCode::NotFound, "no alert " + toString(id) + " in any incident");
        if (wish.act == "split" && number->second != wish.incident)
            return fail(ErrorCode::Invalid, "split: " + toString(id) + " is not in " + toString(wish.incident));
        if (wish.act == "move" && number->second == wish.incident)
            return fail(ErrorCode::Invalid, "move: " + toString(id) + " is there already");
        left[number->second];
    }
    for (auto& [number, alerts] : left) {
        for (const AlertId id : m_files.at(number).incident.alerts) {
            if (!isNamed(id))
                alerts.push_back(id);
        }
    }
    std::vector<AlertAnchor> taken = anchorsOf(wish.alerts);
    if (wish.act == "split" && left.at(wish.incident).empty())
        return fail(ErrorCode::Invalid, "split: nothing would be left in " + toString(wish.incident));
    if (wish.act == "move") {
        for (AlertAnchor& anchor : anchorsOf(incident->incident.alerts))
            taken.push_back(std::move(anchor));
    }
    order.lists.push_back(std::move(taken));
    for (const auto& [number, alerts] : left) {
        if (!alerts.empty())
            order.lists.push_back(anchorsOf(alerts));
    }
    return order;
}

Result<void> IncidentDesk::setOrders(std::vector<HandOrder> orders)
{
    if (m_orders.empty() && !orders.empty() && m_isLinedUp) { // which alerts were whose is remembered from now on
        m_numberOfAlert.clear();
        CORDON_CHECK(learnNumbersOfAlerts());
    }
    m_areOrdersNew = m_areOrdersNew || !orders.empty() || !m_orders.empty();
    m_orders = std::move(orders);
    m_builder.setOrders(m_orders);
    return {};
}

std::set<IncidentId> IncidentDesk::touchedBy(const Arrange& wish) const
{
    std::set<IncidentId> touched(wish.others.begin(), wish.others.end());
    if (wish.incident.isSet())
        touched.insert(wish.incident);
    const auto add = [&](AlertId id) {
        const auto built = m_builder.incidentOf(id);
        const auto number = built ? m_numberOf.find(*built) : m_numberOf.end();
        if (number != m_numberOf.end())
            touched.insert(number->second);
    };
    std::for_each(wish.alerts.begin(), wish.alerts.end(), add);
    std::set<EventId> named;
    for (const HandOrder& order : m_orders) {
        for (const auto& list : order.id == wish.order ? order.lists : decltype(order.lists)()) {
            for (const AlertAnchor& anchor : list)
                named.insert(anchor.event);
        }
    }
    for (const Alert& alert : named.empty() ? std::vector<Alert>() : m_taken) {
        if (std::any_of(alert.events.begin(), alert.events.end(), [&](EventId id) { return named.contains(id); }))
            add(alert.id);
    }
    return touched;
}

} // namespace cordon::engine
