// Which of the case's incidents the builder's are, and what becomes of one that went into another.
#include "core/engine/incident_desk.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// Before a note that was written under another number.
std::string cameFrom(IncidentId id)
{
    return toString(id) + " · ";
}

/// What was done, undone or decided of a step stays whatever becomes of its incident.
bool hasHistory(const Step& step)
{
    return step.state != StepState::Proposed;
}

/// Notes, people, steps and what is known of members go along.
void carryInto(IncidentFile& kept, const IncidentFile& lost, IncidentId gone)
{
    for (const auto& [time, text] : lost.notes)
        kept.notes.emplace_back(time, cameFrom(gone) + text);
    std::stable_sort(kept.notes.begin(), kept.notes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (kept.incident.assignee.empty())
        kept.incident.assignee = lost.incident.assignee;
    kept.acceptedBy.insert(lost.acceptedBy.begin(), lost.acceptedBy.end());
    kept.isConfirmedByPerson = kept.isConfirmedByPerson || lost.isConfirmedByPerson;
    kept.preserved.insert(kept.preserved.end(), lost.preserved.begin(), lost.preserved.end());
    for (const Step& step : lost.plan.steps) {
        if (hasHistory(step) && !kept.step(step.id))
            kept.plan.steps.push_back(step);
    }
    for (const IncidentMember& member : lost.incident.members) {
        const auto same = std::find_if(kept.incident.members.begin(), kept.incident.members.end(),
                                       [&](const IncidentMember& own) { return own.entity == member.entity; });
        if (same == kept.incident.members.end()) {
            kept.incident.members.push_back(member);
            continue;
        }
        same->isConfirmedByPerson = same->isConfirmedByPerson || member.isConfirmedByPerson;
    }
    if (!kept.session.isOpen && !kept.session.isWaiting && (lost.session.isOpen || lost.session.isWaiting))
        kept.session = lost.session;
}

/// What had been carried goes back, as it is now.
void takeBack(IncidentFile& kept, IncidentFile& again)
{
    const std::string start = cameFrom(again.incident.id);
    std::erase_if(kept.notes, [&](const auto& note) { return note.second.starts_with(start); });
    const std::string steps = toString(again.incident.id) + "/";
    for (const Step& step : kept.plan.steps) {
        if (!step.id.starts_with(steps))
            continue;
        if (Step* own = again.step(step.id))
            *own = step;
        else
            again.plan.steps.push_back(step);
    }
    std::erase_if(kept.plan.steps, [&](const Step& step) { return step.id.starts_with(steps); });
    again.session = {}; // what was open went on under the other number
}

} // namespace

void IncidentDesk::learnNumbers(const IncidentFile& file)
{
    for (const IncidentMember& member : file.incident.members) {
        for (const EventId event : member.events)
            m_numberOfEvent.emplace(event, file.incident.id);
    }
    for (const Finding& finding : file.brief.story) { // an incident that names nobody has no members
        for (const EventId event : finding.cites)
            m_numberOfEvent.emplace(event, file.incident.id);
    }
}

Result<void> IncidentDesk::learnAllNumbers()
{
    m_numberOf.clear();
    m_builderOf.clear();
    m_numberOfEvent.clear();
    m_gone.clear();
    CORDON_TRY(m_absorbed, loadAbsorbed(m_store, m_indexKey.publicKey()));
    for (const auto& [id, absorbed] : m_absorbed) // first: its events stand in the other's file too
        learnNumbers(absorbed.file);
    for (const auto& [id, file] : m_files)
        learnNumbers(file);
    m_numberOfAlert.clear();
    return m_orders.empty() ? Result<void>() : learnNumbersOfAlerts();
}

/// What people split shares events: there each alert is known by its number, while rule and time are what they were.
Result<void> IncidentDesk::learnNumbersOfAlerts()
{
    const auto learn = [this](const IncidentFile& file) -> Result<void> {
        for (const AlertId id : file.incident.alerts) {
            const auto stored = m_store.queries().alert(id);
            if (stored)
                m_numberOfAlert.try_emplace(id, NumberedAlert{file.incident.id, stored->rule, stored->first});
            else if (stored.error().code != ErrorCode::NotFound)
                return fail(stored.error());
        }
        return {};
    };
    for (const auto& [id, absorbed] : m_absorbed) // first: its alerts stand in the other's file too
        CORDON_CHECK(learn(absorbed.file));
    for (const auto& [id, file] : m_files)
        CORDON_CHECK(learn(file));
    return {};
}

/// The lowest number that the alerts had, and nobody has now; unset when they had none.
IncidentId IncidentDesk::numberByAlerts(const std::vector<AlertId>& alerts) const
{
    IncidentId number;
    for (const AlertId id : alerts) {
        const Alert& alert = m_taken[m_placeOf.at(id)];
        const auto known = m_numberOfAlert.find(id);
        if (known == m_numberOfAlert.end() || known->second.rule != alert.rule.id || known->second.first != alert.first)
            continue;
        if (!m_builderOf.contains(known->second.number) && (!number.isSet() || known->second.number < number))
            number = known->second.number;
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
Result<IncidentId> IncidentDesk::numberFor(IncidentId built)
{
    if (const auto known = m_numberOf.find(built); known != m_numberOf.end())
        return known->second;
    const std::vector<AlertId> alerts = m_builder.alertsOf(built);
    IncidentId number = numberByAlerts(alerts);
    // An alert that has a number does not go by its events, which others may share.
    const bool isNumbered = std::any_of(alerts.begin(), alerts.end(), [this](AlertId id) { return m_numberOfAlert.contains(id); });
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
        const NumberedAlert known{number, alert.rule.id, alert.first};
        if (isNew)
            m_numberOfAlert.insert_or_assign(id, known);
        else
            m_numberOfAlert.try_emplace(id, known);
    }
    if (m_absorbed.contains(number) && !m_files.contains(number))
        CORDON_CHECK(restore(number));
    return give(number, built);
}

Result<void> IncidentDesk::restore(IncidentId number)
{
    Absorbed absorbed = std::move(m_absorbed.at(number));
    m_absorbed.erase(number);
    if (const auto kept = m_files.find(absorbed.into); kept != m_files.end())
        takeBack(kept->second, absorbed.file);
    m_files[number] = std::move(absorbed.file);
    m_joined.push_back({number, {}});
    return removeAbsorbed(m_store, number);
}

Result<void> IncidentDesk::absorb(IncidentId gone, IncidentId into)
{
    const auto place = m_files.find(gone);
    if (place == m_files.end())
        return {};
    carryInto(m_files[into], place->second, gone);
    m_files[into].incident.id = into;
    Absorbed absorbed{into, std::move(place->second)};
    m_files.erase(place);
    for (auto& [id, other] : m_absorbed) {
        if (other.into == gone)
            other.into = into;
    }
    CORDON_CHECK(m_store.removeIncident(gone));
    CORDON_CHECK(saveAbsorbed(m_store, absorbed, m_indexKey));
    m_absorbed[gone] = std::move(absorbed);
    m_joined.push_back({gone, into});
    return {};
}

/// Numbers whose incident the builder has no more.
Result<std::set<IncidentId>> IncidentDesk::followGone(const std::set<IncidentId>& gone, const IsBusy& isBusy)
{
    for (const IncidentId built : gone) {
        const auto place = m_numberOf.find(built);
        if (place == m_numberOf.end())
            continue;
        m_builderOf.erase(place->second);
        m_gone.insert(place->second);
        m_numberOf.erase(place);
    }
    std::set<IncidentId> due;
    std::erase_if(m_gone, [this](IncidentId number) { return !m_files.contains(number) || m_builderOf.contains(number); });
    for (const IncidentId number : std::set<IncidentId>(m_gone)) {
        std::optional<IncidentId> built;
        for (const AlertId alert : m_files.at(number).incident.alerts) {
            built = m_builder.incidentOf(alert);
            if (built)
                break;
        }
        if (!built) { // its alerts were taken anew under other numbers
            m_gone.erase(number);
            CORDON_CHECK(m_store.removeIncident(number));
            m_files.erase(number);
            continue;
        }
        CORDON_TRY(IncidentId into, numberFor(*built));
        if (isBusy(number) || isBusy(into))
            continue;
        IncidentId lost = number;
        if (lost < into) { // the lower one stays
            m_builderOf.erase(into);
            std::swap(lost, into);
            give(into, *built);
        }
        m_gone.erase(number);
        CORDON_CHECK(absorb(lost, into));
        due.insert(into);
    }
    return due;
}

/// Files of a case that was opened again whose alerts lie in another incident now: what came since tied them together.
Result<std::set<IncidentId>> IncidentDesk::followOrphans(const IsBusy& isBusy)
{
    std::set<IncidentId> due;
    if (!m_line.empty() || m_files.size() <= m_builderOf.size())
        return due;
    std::unordered_map<EventId, IncidentId> builtOf;
    for (const Alert& alert : m_taken) {
        for (const EventId event : alert.events)
            builtOf.emplace(event, m_builder.incidentOf(alert.id).value_or(IncidentId{}));
    }
    std::vector<std::pair<IncidentId, IncidentId>> orphans; ///< with where they went; unset: nowhere
    for (const auto& [number, file] : m_files) {
        if (m_builderOf.contains(number) || m_gone.contains(number) || isBusy(number))
            continue;
        IncidentId built;
        for (const IncidentMember& member : file.incident.members) {
            for (const EventId event : member.events) {
                const auto place = builtOf.find(event);
                built = !built.isSet() && place != builtOf.end() ? place->second : built;
            }
        }
        orphans.emplace_back(number, built);
    }
    for (const auto& [number, built] : orphans) {
        if (!built.isSet()) {
            CORDON_CHECK(m_store.removeIncident(number));
            m_files.erase(number);
            continue;
        }
        CORDON_TRY(const IncidentId into, numberFor(built));
        if (isBusy(into))
            continue;
        CORDON_CHECK(absorb(number, into));
        due.insert(into);
    }
    return due;
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
