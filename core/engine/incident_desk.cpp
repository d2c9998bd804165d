#include "core/engine/incident_desk.h"

#include "core/domain/sighting.h"
#include "core/engine/case_documents.h"
#include "core/engine/codec.h"
#include "core/engine/lookup_until.h"
#include "core/engine/step_history.h"
#include "core/govern/decide_rules.h"
#include "core/plan/sequence_edit.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace cordon::engine {
namespace {

/// How Event::source begins where it says for certain which log a record is from.
constexpr std::array<std::string_view, 10> tellingSources{"aws.", "okta.",   "entra.",      "m365.",   "azure.",
                                                          "gcp.", "github.", "kubernetes.", "windows", "linux."};

/// What people and inspection added to members survives a fresh look at the alerts.
void carryOver(Incident& fresh, const Incident& old)
{
    fresh.assignee = old.assignee;
    fresh.status = old.status;
    for (IncidentMember& member : fresh.members) {
        const IncidentMember* before = old.member(member.entity);
        if (!before)
            continue;
        member.isVerified = before->isVerified;
        member.isVerifiedBySimulation = before->isVerifiedBySimulation;
        member.isConfirmedByPerson = before->isConfirmedByPerson;
        for (const Text& why : before->why) {
            const bool isThere = std::find(member.why.begin(), member.why.end(), why) != member.why.end();
            if (why.code.rfind("scope.", 0) == 0 && !isThere)
                member.why.push_back(why);
        }
    }
}

} // namespace

void IncidentDesk::observe(const Event& event)
{
    ++m_observed;
    if (!m_readSources.contains(event.source))
        m_readSources.insert(event.source);
    if (event.isFinding)
        return; // it says what its alert says, and that nobody did anything
    m_builder.observe(event);
    if (!m_sources.contains(event.source))
        m_sources.insert(event.source);
}

std::optional<Timestamp> IncidentDesk::nextAlert() const
{
    return m_line.empty() ? std::nullopt : std::optional(dueAt(m_line.front()));
}

Result<void> IncidentDesk::addConsumers(IncidentFile& file, const plan::ConnectorView& connector)
{
    const bool isAnyNew = std::any_of(file.brief.dependents.begin(), file.brief.dependents.end(), [&](const Brief::Use& use) {
        return use.times == 0 && file.incident.member(use.used) && !file.incident.member(use.by);
    });
    if (!isAnyNew)
        return {};
    Incident incident = file.incident;
    return refresh(file, std::move(incident), m_lookedUntil, connector);
}

Result<void> IncidentDesk::refresh(IncidentFile& file, Incident incident, Timestamp upTo,
                                   const plan::ConnectorView& connector)
{
    m_lookedUntil = upTo;
    carryOver(incident, file.incident);
    if (m_mandate)
        return refreshForAgent(file, incident, upTo, connector);
    const LookupUntil lookup(m_store.lookup(), upTo);
    CORDON_TRY(Thought thought, think(std::move(incident), lookup, upTo));
    addConsumers(thought, file);
    Plan plan = m_planner.propose(thought.incident, thought.brief, connector);
    keep(file, std::move(thought), std::move(plan), {});
    return {};
}

void IncidentDesk::keep(IncidentFile& file, Thought thought, Plan plan, AgentView view)
{
    const auto given = m_stepsGiven.find(thought.incident.id);
    std::set<std::string> asked;
    for (const Step& step : plan.steps)
        asked.insert(plan::actOf(step.action));
    plan::carryOver(plan, file.plan, given == m_stepsGiven.end() ? 0 : given->second);
    if (m_isArranging) { // what waits, is not asked for any more and was no person's wish goes
        std::erase_if(plan.steps, [&](const Step& step) {
            const bool isWanted = asked.contains(plan::actOf(step.action)) || asked.contains(step.replaces) || !step.editedBy.empty();
            if (isWanted || hasHistory(step))
                return false;
            if (!step.request.empty())
                m_dropped.push_back({thought.incident.id, step.request});
            return true;
        });
    }
    file.incident = std::move(thought.incident);
    file.brief = std::move(thought.brief);
    file.plan = std::move(plan);
    file.view = std::move(view);
    file.dropContained();
}

Result<void> IncidentDesk::keepAlert(const Alert& alert)
{
    record::StoredAlert stored;
    stored.id = alert.id;
    stored.rule = alert.rule.id;
    stored.title = alert.rule.title;
    stored.severity = alert.rule.level;
    stored.first = alert.first;
    stored.last = alert.last;
    stored.events = alert.events;
    stored.body = json::write(codec::toValue(alert));
    CORDON_TRY([[maybe_unused]] const AlertId id, m_store.putAlert(stored));
    return {};
}

Result<std::set<AlertId>> IncidentDesk::takeFromLine(Timestamp upTo)
{
    std::set<AlertId> fresh;
    while (!m_line.empty() && dueAt(m_line.front()) <= upTo) {
        Alert alert = std::move(m_line.front());
        m_line.pop_front();
        if (alert.external)
            alert.external->isSourceRead = isSourceRead(*alert.external);
        fresh.insert(alert.id);
        m_builder.add(alert);
        CORDON_CHECK(keepAlert(alert));
        const auto [place, isNew] = m_placeOf.try_emplace(alert.id, m_taken.size());
        if (isNew)
            m_taken.push_back(std::move(alert));
        else
            m_taken[place->second] = std::move(alert); // it has grown
    }
    return fresh;
}

bool IncidentDesk::hasLateFree(const IsBusy& isBusy) const
{
    const auto isFree = [&](IncidentId id) { return !isBusy(id); };
    return std::any_of(m_late.begin(), m_late.end(), isFree) || std::any_of(m_gone.begin(), m_gone.end(), isFree);
}

Result<std::vector<IncidentId>> IncidentDesk::take(Timestamp upTo, const plan::ConnectorView& connector,
                                                   const IsBusy& isBusy)
{
    CORDON_TRY(const std::set<AlertId> fresh, takeFromLine(upTo));
    const bool isLateFree = hasLateFree(isBusy);
    m_isArranging = std::exchange(m_areOrdersNew, false);
    if (fresh.empty() && !isLateFree && !m_isArranging)
        return std::vector<IncidentId>();
    const std::size_t joinedBefore = m_joined.size();
    m_builder.settle();
    const correlate::IncidentGroups::Changes changes = m_builder.takeChanges();
    for (const IncidentId built : changes.gone)
        takeNumber(built);
    if (m_isArranging)
        CORDON_CHECK(renumber(changes, isBusy));
    CORDON_TRY(std::set<IncidentId> due, followGone(isBusy));
    for (const IncidentId built : changes.changed) {
        CORDON_TRY(const IncidentId number, numberFor(built, isBusy));
        due.insert(number);
    }
    CORDON_TRY(std::set<IncidentId> adopters, followOrphans(isBusy));
    due.merge(adopters);
    due.merge(std::exchange(m_late, {}));

    std::vector<IncidentId> changed;
    for (const IncidentId number : due) {
        const auto built = m_builderOf.find(number);
        if (built == m_builderOf.end())
            continue; // it went into another
        if (m_files.contains(number) && isBusy(number)) {
            m_late.insert(number);
            continue;
        }
        CORDON_TRY(Incident incident, m_builder.incident(built->second));
        incident.id = number;
        changed.push_back(number);
        CORDON_CHECK(refresh(m_files[number], std::move(incident), upTo, connector));
    }
    if (m_isArranging || m_joined.size() > joinedBefore)
        settleStrays(changed);
    m_isArranging = false;
    sortByRisk(changed);
    return changed;
}

void IncidentDesk::sortByRisk(std::vector<IncidentId>& ids) const
{
    // The mandate may leave it to people how grave an incident is: then the agent takes them as they came.
    if (m_mandate && !govern::conclude(m_mandate.get(), "set_severity").isAllowed()) {
        std::sort(ids.begin(), ids.end());
        return;
    }
    std::stable_sort(ids.begin(), ids.end(), [this](IncidentId a, IncidentId b) {
        return m_files.at(a).incident.risk > m_files.at(b).incident.risk;
    });
}

Result<std::vector<IncidentId>> IncidentDesk::refreshAll(Timestamp upTo, const plan::ConnectorView& connector,
                                                         const IsBusy& isBusy)
{
    std::vector<IncidentId> ids;
    for (auto& [id, file] : m_files) {
        if (isBusy(id)) {
            m_late.insert(id);
            continue;
        }
        Incident incident = file.incident;
        CORDON_CHECK(refresh(file, std::move(incident), upTo, connector));
        CORDON_CHECK(saveIncident(m_store, file, m_indexKey));
        ids.push_back(id);
    }
    sortByRisk(ids);
    return ids;
}

Result<std::vector<Event>> IncidentDesk::misuseEvents(const IncidentFile& file) const
{
    std::vector<Event> events;
    std::set<EventId> seen;
    for (const Alert& alert : alertsOf(file.incident)) {
        if (file.view.hiddenAlerts.contains(alert.id) || isSighting(alert))
            continue;
        for (const EventId id : alert.events) {
            if (!seen.insert(id).second)
                continue;
            CORDON_TRY(Event event, m_store.queries().event(id));
            if (!event.isFinding)
                events.push_back(std::move(event));
        }
    }
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.time < b.time; });
    return events;
}

bool IncidentDesk::isSourceRead(const ExternalOrigin& origin) const
{
    // Records in a common shape do not tell for certain which log they are from: they may be any.
    const bool hasUntold = std::any_of(m_sources.begin(), m_sources.end(), [](const std::string& source) {
        return std::none_of(tellingSources.begin(), tellingSources.end(),
                            [&source](std::string_view start) { return source.starts_with(start); });
    });
    return hasUntold || std::any_of(origin.drawnFrom.begin(), origin.drawnFrom.end(),
                                    [this](const std::string& source) { return m_sources.contains(source); });
}

std::vector<investigate::IndependentFinding> IncidentDesk::independentFindings(const IncidentFile& file) const
{
    std::vector<investigate::IndependentFinding> findings;
    for (const Alert& alert : alertsOf(file.incident)) {
        const bool isOpenOrClosed = alert.external && alert.external->state != FindingState::Dismissed;
        if (!isOpenOrClosed || file.view.hiddenAlerts.contains(alert.id))
            continue;
        // Asked anew: a log may have been read since the alert was taken in.
        if (alert.external->drawnFrom.empty() || isSourceRead(*alert.external))
            continue;
        investigate::IndependentFinding finding{alert.external->productName, {}, alert.first, alert.last};
        for (const AlertEntity& entity : alert.entities) {
            if (entity.part == "actor" || entity.part == "via")
                finding.doers.push_back(entity.entity);
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace cordon::engine
