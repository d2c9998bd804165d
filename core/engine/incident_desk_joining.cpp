// What becomes of an incident that goes into another, and of one that comes back: by people's order, or because something
// that came late tied or parted them.
#include "core/engine/incident_desk.h"
#include "core/engine/step_history.h"
#include "core/plan/sequence_edit.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// Before a note that was written under another number.
std::string cameFrom(IncidentId id)
{
    return toString(id) + " · ";
}

/// Asked of the other incident anew, with a request of its own: one is bound to exactly the incident that it shows.
void proposeAnew(Step& step)
{
    step.state = StepState::Proposed;
    step.decision.reset();
    step.request.clear();
    step.approveBy.reset();
    step.executeBy.reset();
    step.note = {};
}

bool isConfirmation(const Text& why)
{
    return why.code == "scope.confirmed_by";
}

/// Notes, people, what was done and what is known of members go along. What waits does not: it is proposed there anew.
Absorbed::Given carryInto(IncidentFile& kept, const IncidentFile& lost, IncidentId gone)
{
    Absorbed::Given given;
    for (const auto& [time, text] : lost.notes)
        kept.notes.emplace_back(time, cameFrom(gone) + text);
    std::stable_sort(kept.notes.begin(), kept.notes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    given.hasAssignee = kept.incident.assignee.empty() && !lost.incident.assignee.empty();
    if (given.hasAssignee)
        kept.incident.assignee = lost.incident.assignee;
    for (const std::string& person : lost.acceptedBy) {
        if (kept.acceptedBy.insert(person).second)
            given.acceptedBy.push_back(person);
    }
    given.isConfirmed = lost.isConfirmedByPerson && !kept.isConfirmedByPerson;
    kept.isConfirmedByPerson = kept.isConfirmedByPerson || lost.isConfirmedByPerson;
    kept.editors.insert(lost.editors.begin(), lost.editors.end());
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
        if (!member.isConfirmedByPerson || same->isConfirmedByPerson)
            continue;
        given.confirmed.push_back(member.entity);
        same->isConfirmedByPerson = true;
        std::copy_if(member.why.begin(), member.why.end(), std::back_inserter(same->why), isConfirmation);
    }
    kept.session.actionsUsed += lost.session.actionsUsed; // one incident, one budget
    return given;
}

} // namespace

Result<void> IncidentDesk::loadGone()
{
    CORDON_TRY(m_absorbed, loadAbsorbed(m_store, m_indexKey.publicKey()));
    return {};
}

IncidentId IncidentDesk::holderOf(IncidentId number) const
{
    for (std::size_t hops = 0; hops <= m_absorbed.size() && !m_files.contains(number); ++hops) {
        const auto place = m_absorbed.find(number);
        if (place == m_absorbed.end())
            break;
        number = place->second.into;
    }
    return number;
}

/// A step that another incident holds keeps its number; its own incident gives that to nothing else.
void IncidentDesk::learnStepsGiven()
{
    m_stepsGiven.clear();
    for (const auto& [id, file] : m_files) {
        const std::string own = toString(id) + "/";
        for (const Step& step : file.plan.steps) {
            if (step.id.starts_with(own))
                continue;
            const IncidentId of{std::atoll(step.id.substr(step.id.find('-') + 1).c_str())};
            m_stepsGiven[of] = std::max(m_stepsGiven[of], plan::stepNumber(step.id));
        }
    }
}

/// What had been carried goes back, as it is now.
void IncidentDesk::takeBack(IncidentFile& again, const IsBusy& isBusy)
{
    const IncidentId number = again.incident.id;
    again.session.isOpen = again.session.isPaused = again.session.isWaiting = false;
    const Absorbed& absorbed = m_absorbed.at(number);
    std::string start = cameFrom(number);
    IncidentId holder = absorbed.into;
    for (auto next = m_absorbed.find(holder); next != m_absorbed.end(); next = m_absorbed.find(holder)) {
        start.insert(0, cameFrom(holder));
        holder = next->second.into;
    }
    const auto place = m_files.find(holder);
    if (place == m_files.end() || isBusy(holder))
        return;
    IncidentFile& kept = place->second;
    std::erase_if(kept.notes, [&](const auto& note) { return note.second.starts_with(start); });
    const std::string steps = toString(number) + "/";
    for (const Step& step : kept.plan.steps) {
        if (Step* own = again.step(step.id))
            *own = step;
        else if (step.id.starts_with(steps))
            again.plan.steps.push_back(step);
    }
    std::erase_if(kept.plan.steps, [&](const Step& step) { return again.step(step.id) != nullptr; });
    std::erase_if(again.plan.steps, [&](const Step& step) { // which had come from one that stands by itself by now
        const bool isOthers = !step.id.starts_with(steps);
        return isOthers && std::any_of(m_files.begin(), m_files.end(), [&](auto& one) { return one.second.step(step.id); });
    });
    if (absorbed.given.hasAssignee && kept.incident.assignee == again.incident.assignee)
        kept.incident.assignee.clear();
    if (absorbed.given.isConfirmed)
        kept.isConfirmedByPerson = false;
    for (IncidentMember& member : kept.incident.members) { // whom somebody confirmed meanwhile is known again from the ledger
        const auto& lent = absorbed.given.confirmed;
        if (std::find(lent.begin(), lent.end(), member.entity) == lent.end())
            continue;
        member.isConfirmedByPerson = false;
        std::erase_if(member.why, isConfirmation);
    }
    for (const std::string& person : absorbed.given.acceptedBy)
        kept.acceptedBy.erase(person);
}

Result<void> IncidentDesk::restore(IncidentId number, const IsBusy& isBusy)
{
    IncidentFile again = std::move(m_absorbed.at(number).file);
    takeBack(again, isBusy);
    m_absorbed.erase(number);
    m_files[number] = std::move(again);
    m_joined.push_back({number, {}});
    return removeAbsorbed(m_store, number);
}

Result<void> IncidentDesk::absorb(IncidentId gone, IncidentId into)
{
    const auto place = m_files.find(gone);
    if (place == m_files.end())
        return {};
    IncidentFile& kept = m_files[into];
    const Absorbed::Given given = carryInto(kept, place->second, gone);
    kept.incident.id = into;
    Absorbed absorbed{into, std::move(place->second), given};
    m_files.erase(place);
    for (Step& step : absorbed.file.plan.steps) {
        if (!hasHistory(step))
            proposeAnew(step);
    }
    CORDON_CHECK(m_store.removeIncident(gone));
    CORDON_CHECK(saveAbsorbed(m_store, absorbed, m_indexKey));
    m_absorbed[gone] = std::move(absorbed);
    m_joined.push_back({gone, into});
    return {};
}

/// The builder's incident that holds most of these alerts; unset when none does.
IncidentId IncidentDesk::builtOfMost(const std::vector<AlertId>& alerts) const
{
    std::map<IncidentId, std::size_t> shares;
    for (const AlertId alert : alerts) {
        if (const auto built = m_builder.incidentOf(alert))
            ++shares[*built];
    }
    const auto most = std::max_element(shares.begin(), shares.end(), [](const auto& a, const auto& b) {
        return a.second < b.second; // the first of equals
    });
    return most == shares.end() ? IncidentId() : most->first;
}

void IncidentDesk::takeNumber(IncidentId built)
{
    const auto place = m_numberOf.find(built);
    if (place == m_numberOf.end())
        return;
    m_builderOf.erase(place->second);
    m_gone.insert(place->second);
    m_numberOf.erase(place);
}

/// What people arranged or took back: a number goes where most of the alerts are that had it first, and an incident that
/// could have several takes the lowest. So the one that stays keeps its number, and what comes back has its own again.
Result<void> IncidentDesk::renumber(const correlate::IncidentGroups::Changes& changes, const IsBusy& isBusy)
{
    std::map<IncidentId, std::map<IncidentId, std::size_t>> shares; ///< by number and the builder's incident
    for (const IncidentId built : changes.changed) {
        takeNumber(built);
        for (const AlertId alert : m_builder.alertsOf(built)) {
            if (const auto known = m_numberOfAlert.find(markOf(alert)); known != m_numberOfAlert.end())
                ++shares[known->second][built];
        }
    }
    std::map<IncidentId, IncidentId> wanted; ///< by the builder's incident
    for (const auto& [number, inBuilts] : shares) {
        if (m_builderOf.contains(number))
            continue; // of one that did not change
        const auto most = std::max_element(inBuilts.begin(), inBuilts.end(), [](const auto& a, const auto& b) {
            return a.second < b.second; // the first of equals
        });
        wanted.try_emplace(most->first, number);
    }
    for (const auto& [built, number] : wanted) {
        if (m_absorbed.contains(number) && !m_files.contains(number))
            CORDON_CHECK(restore(number, isBusy));
        give(number, built);
    }
    return {};
}

/// Numbers whose incident the builder has no more.
Result<std::set<IncidentId>> IncidentDesk::followGone(const IsBusy& isBusy)
{
    std::set<IncidentId> due;
    std::erase_if(m_gone, [this](IncidentId number) { return !m_files.contains(number) || m_builderOf.contains(number); });
    for (const IncidentId number : std::set<IncidentId>(m_gone)) {
        const IncidentId built = builtOfMost(m_files.at(number).incident.alerts);
        if (!built.isSet()) { // its alerts were taken anew under other numbers
            m_gone.erase(number);
            CORDON_CHECK(m_store.removeIncident(number));
            m_files.erase(number);
            continue;
        }
        CORDON_TRY(IncidentId into, numberFor(built, isBusy));
        if (into == number) { // it has its number again
            m_gone.erase(number);
            continue;
        }
        if (isBusy(number) || isBusy(into))
            continue;
        IncidentId lost = number;
        if (lost < into) { // the lower one stays
            m_builderOf.erase(into);
            std::swap(lost, into);
            give(into, built);
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
        CORDON_TRY(IncidentId into, numberFor(built, isBusy));
        if (isBusy(into))
            continue;
        IncidentId lost = number;
        if (lost < into) { // the lower one stays
            m_builderOf.erase(into);
            std::swap(lost, into);
            give(into, built);
        }
        CORDON_CHECK(absorb(lost, into));
        due.insert(into);
    }
    return due;
}

/// What was done stays done and is shown where it is about something: a step of an incident that has nothing to do with
/// its target any more takes the place of the same step that is proposed in another one.
void IncidentDesk::settleStrays(const std::vector<IncidentId>& changed)
{
    for (const IncidentId from : changed) {
        IncidentFile& file = m_files.at(from);
        const auto isStray = [&file](const Step& step) {
            return hasHistory(step) && std::none_of(step.action.targets.begin(), step.action.targets.end(),
                                                    [&](const EntityRef& target) { return file.incident.member(target); });
        };
        std::vector<std::string> moved;
        for (const Step& step : file.plan.steps) {
            for (const IncidentId to : isStray(step) ? changed : std::vector<IncidentId>()) {
                auto& steps = m_files.at(to).plan.steps;
                const auto place = std::find_if(steps.begin(), steps.end(), [&](const Step& other) {
                    return to != from && !hasHistory(other) && plan::actOf(other.action) == plan::actOf(step.action);
                });
                if (place == steps.end())
                    continue;
                for (Step& other : steps)
                    std::replace(other.after.begin(), other.after.end(), place->id, step.id);
                Step done = step;
                done.after = place->after;
                done.ordinal = place->ordinal;
                *place = std::move(done);
                moved.push_back(step.id);
                break;
            }
        }
        std::erase_if(file.plan.steps, [&moved](const Step& step) {
            return std::find(moved.begin(), moved.end(), step.id) != moved.end();
        });
    }
    if (!changed.empty())
        learnStepsGiven();
}

} // namespace cordon::engine
