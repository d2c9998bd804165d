// Which of the case's incidents the builder's are.
#include "core/engine/incident_desk.h"

#include <algorithm>

namespace cordon::engine {

/// @param contested  gets events that another incident speaks of too, with who that is
void IncidentDesk::learnNumbers(const IncidentFile& file, Contested& contested)
{
    const auto learn = [&](EventId event) {
        const auto [place, isNew] = m_numberOfEvent.emplace(event, file.incident.id);
        if (!isNew && place->second != file.incident.id)
            contested[event].insert({place->second, file.incident.id});
    };
    bool namesAnybody = false;
    for (const IncidentMember& member : file.incident.members) {
        std::for_each(member.events.begin(), member.events.end(), learn);
        namesAnybody = namesAnybody || !member.events.empty();
    }
    if (namesAnybody) // a story tells of others' acts too: they are not this incident's
        return;
    for (const Finding& finding : file.brief.story)
        std::for_each(finding.cites.begin(), finding.cites.end(), learn);
}

/// A story cites what lies outside its incident, too: an event belongs where its alert does, and there to the innermost
/// of those that went into one another.
Result<void> IncidentDesk::settleContested(const Contested& contested)
{
    if (contested.empty())
        return {};
    std::unordered_map<AlertId, std::vector<EventId>> eventsOf;
    CORDON_CHECK(m_store.queries().eachAlertEvent([&](AlertId alert, EventId event) {
        if (contested.contains(event))
            eventsOf[alert].push_back(event);
    }));
    std::unordered_map<AlertId, IncidentId> ownerOf;
    const auto own = [&](const IncidentFile& file) {
        for (const AlertId alert : file.incident.alerts) {
            if (eventsOf.contains(alert))
                ownerOf.emplace(alert, file.incident.id);
        }
    };
    for (const IncidentId id : absorbedInnermostFirst())
        own(m_absorbed.at(id).file);
    for (const auto& [id, file] : m_files)
        own(file);
    std::unordered_map<EventId, IncidentId> settled; ///< the lowest number, where alerts of several share an event
    for (const auto& [alert, number] : ownerOf) {
        for (const EventId event : eventsOf.at(alert)) {
            if (!contested.at(event).contains(number)) // an alert's number may be another one's by now
                continue;
            const auto [place, isNew] = settled.emplace(event, number);
            place->second = std::min(place->second, number);
        }
    }
    for (const auto& [event, number] : settled)
        m_numberOfEvent[event] = number;
    return {};
}

Result<void> IncidentDesk::learnAllNumbers()
{
    m_numberOf.clear();
    m_builderOf.clear();
    m_numberOfEvent.clear();
    m_gone.clear();
    Contested contested;
    for (const IncidentId id : absorbedInnermostFirst()) // first: its events stand in the other's file too
        learnNumbers(m_absorbed.at(id).file, contested);
    for (const auto& [id, file] : m_files)
        learnNumbers(file, contested);
    CORDON_CHECK(settleContested(contested));
    learnStepsGiven();
    m_numberOfAlert.clear();
    return m_orders.empty() ? Result<void>() : learnNumbersOfAlerts();
}

/// What is in an incident that went into another stands in the other's page too: the innermost knows its own best.
std::vector<IncidentId> IncidentDesk::absorbedInnermostFirst() const
{
    std::vector<std::pair<std::size_t, IncidentId>> byDepth;
    for (const auto& [id, absorbed] : m_absorbed) {
        std::size_t depth = 0;
        for (auto next = m_absorbed.find(absorbed.into); next != m_absorbed.end() && depth < m_absorbed.size(); ++depth)
            next = m_absorbed.find(next->second.into);
        byDepth.emplace_back(depth, id);
    }
    std::sort(byDepth.begin(), byDepth.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<IncidentId> ids;
    for (const auto& [depth, id] : byDepth)
        ids.push_back(id);
    return ids;
}

IncidentDesk::AlertMark IncidentDesk::markOf(const Alert& alert)
{
    const auto lowest = std::min_element(alert.events.begin(), alert.events.end());
    return {alert.rule.id, lowest == alert.events.end() ? EventId() : *lowest};
}

Result<std::unordered_map<AlertId, EventId>> IncidentDesk::lowestEvents()
{
    std::unordered_map<AlertId, EventId> lowest;
    CORDON_CHECK(m_store.queries().eachAlertEvent([&lowest](AlertId alert, EventId event) {
        const auto [place, isNew] = lowest.emplace(alert, event);
        place->second = std::min(place->second, event);
    }));
    return lowest;
}

/// Alerts that are taken anew have other numbers; an incident that went into another is not told anew, but knows its own.
Result<void> IncidentDesk::renameAlertsOfAbsorbed(const std::vector<Alert>& alerts)
{
    if (m_absorbed.empty())
        return {};
    CORDON_TRY(auto lowest, lowestEvents());
    std::map<AlertMark, AlertId> now;
    for (const Alert& alert : alerts)
        now.emplace(markOf(alert), alert.id);
    for (auto& [number, absorbed] : m_absorbed) {
        std::vector<AlertId> own;
        for (const AlertId id : absorbed.file.incident.alerts) {
            const auto stored = m_store.queries().alert(id);
            if (!stored && stored.error().code != ErrorCode::NotFound)
                return fail(stored.error());
            const auto place = stored ? now.find({stored->rule, lowest[id]}) : now.end();
            if (place != now.end())
                own.push_back(place->second);
        }
        if (own == absorbed.file.incident.alerts)
            continue;
        absorbed.file.incident.alerts = std::move(own);
        CORDON_CHECK(saveAbsorbed(m_store, absorbed, m_indexKey));
    }
    return {};
}

/// What people split shares events: there each alert is known by itself.
Result<void> IncidentDesk::learnNumbersOfAlerts()
{
    CORDON_TRY(auto lowest, lowestEvents());
    const auto learn = [&](const IncidentFile& file) -> Result<void> {
        for (const AlertId id : file.incident.alerts) {
            if (m_placeOf.contains(id)) {
                m_numberOfAlert.try_emplace(markOf(id), file.incident.id);
                continue;
            }
            const auto stored = m_store.queries().alert(id);
            if (stored)
                m_numberOfAlert.try_emplace({stored->rule, lowest[id]}, file.incident.id);
            else if (stored.error().code != ErrorCode::NotFound)
                return fail(stored.error());
        }
        return {};
    };
    for (const IncidentId id : absorbedInnermostFirst()) // first: its alerts stand in the other's file too
        CORDON_CHECK(learn(m_absorbed.at(id).file));
    for (const auto& [id, file] : m_files)
        CORDON_CHECK(learn(file));
    return {};
}

/// The lowest number that the alerts had, and nobody has now; unset when they had none.
IncidentId IncidentDesk::numberByAlerts(const std::vector<AlertId>& alerts) const
{
    IncidentId number;
    for (const AlertId id : alerts) {
        const auto known = m_numberOfAlert.find(markOf(id));
        const bool isFree = known != m_numberOfAlert.end() && !m_builderOf.contains(known->second);
        if (isFree && (!number.isSet() || known->second < number))
            number = known->second;
    }
    return number;
}

/// The lowest number under which events of the alerts are known, and that nobody has now; unset when there is none.
IncidentId IncidentDesk::numberByEvents(const std::vector<AlertId>& alerts) const
{
    IncidentId number;
    for (const AlertId alert : alerts) {
        for (const EventId event : m_taken[m_placeOf.at(alert)].events) {
            const auto place = m_numberOfEvent.find(event);
            if (place != m_numberOfEvent.end() && !m_builderOf.contains(place->second) &&
                (!number.isSet() || place->second < number))
                number = place->second;
        }
    }
    return number;
}

IncidentId IncidentDesk::give(IncidentId number, IncidentId built)
{
    m_numberOf[built] = number;
    m_builderOf[number] = built;
    return number;
}

/// The number under which the case knows the builder's incident, else the next one.
Result<IncidentId> IncidentDesk::numberFor(IncidentId built, const IsBusy& isBusy)
{
    if (const auto known = m_numberOf.find(built); known != m_numberOf.end())
        return known->second;
    const std::vector<AlertId> alerts = m_builder.alertsOf(built);
    IncidentId number = numberByAlerts(alerts);
    // An alert that has a number does not go by its events, which others may share.
    const bool isNumbered = std::any_of(alerts.begin(), alerts.end(), [this](AlertId id) { return m_numberOfAlert.contains(markOf(id)); });
    if (!number.isSet() && !isNumbered)
        number = numberByEvents(alerts);
    const bool isNew = !number.isSet();
    if (isNew) {
        const std::int64_t filed = m_files.empty() ? 0 : m_files.rbegin()->first.value;
        const std::int64_t gone = m_absorbed.empty() ? 0 : m_absorbed.rbegin()->first.value;
        const std::int64_t given = m_builderOf.empty() ? 0 : m_builderOf.rbegin()->first.value;
        number = IncidentId{std::max({filed, gone, given}) + 1};
    }
    for (const AlertId id : alerts) {
        const Alert& alert = m_taken[m_placeOf.at(id)];
        for (const EventId event : alert.events)
            m_numberOfEvent.emplace(event, number);
        if (m_orders.empty())
            continue;
        if (isNew)
            m_numberOfAlert.insert_or_assign(markOf(id), number);
        else
            m_numberOfAlert.try_emplace(markOf(id), number);
    }
    if (m_absorbed.contains(number) && !m_files.contains(number))
        CORDON_CHECK(restore(number, isBusy));
    return give(number, built);
}

std::vector<Alert> IncidentDesk::alertsOf(const Incident& incident) const
{
    std::vector<std::size_t> places;
    for (const AlertId id : incident.alerts) {
        if (const auto place = m_placeOf.find(id); place != m_placeOf.end())
            places.push_back(place->second);
    }
    std::sort(places.begin(), places.end());
    std::vector<Alert> alerts;
    for (const std::size_t place : places)
        alerts.push_back(m_taken[place]);
    return alerts;
}

} // namespace cordon::engine
