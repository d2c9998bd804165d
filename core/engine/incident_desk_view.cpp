// The incident as the agent may read it, beside the incident as people read it.
#include "core/engine/incident_desk.h"

#include "core/domain/sighting.h"
#include "core/engine/lookup_until.h"
#include "core/engine/own_signs.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// Rights given to a misused identity this long before the incident are looked at with it.
constexpr Duration lookBeforeIncident = std::chrono::hours(48);

/// Whoever had a right changed inside the incident, and the right itself, belong to it: steps may speak of them.
void addChanged(Incident& incident, const Brief& brief)
{
    constexpr std::size_t mostMembers = 256;
    for (const IdentityChange& change : brief.identityChanges) {
        const IncidentMember* subject = change.subject ? incident.member(*change.subject) : nullptr;
        const bool isShortlyBefore = subject && subject->isMisused && change.time < incident.firstSeen &&
                                     incident.firstSeen - change.time <= lookBeforeIncident;
        if (!change.hasSucceeded || (!change.isInsideIncident && !isShortlyBefore))
            continue;
        for (const auto& entity : {change.subject, change.object}) {
            if (!entity || incident.member(*entity) || incident.members.size() >= mostMembers)
                continue;
            IncidentMember member;
            member.entity = *entity;
            member.role = EntityRole::Resource;
            member.isMadeByIncident = entity == change.object && change.relation == "created";
            member.events = {change.event};
            member.why = {{change.isInsideIncident ? "member.changed_here" : "member.changed_before",
                           {{"action", change.action}}}};
            incident.members.push_back(std::move(member));
        }
    }
}

/// Roles that the incident opened sessions of belong to it too: their sessions are a way back in.
Result<void> addAssumedRoles(Incident& incident, const Brief& brief, const EventLookup& lookup, Timestamp upTo)
{
    constexpr std::size_t mostSessions = 64;
    constexpr std::size_t mostEvents = 16;
    std::size_t looked = 0;
    for (const ResidualAccess& residual : brief.residual) {
        if (residual.entity.type != "session" || ++looked > mostSessions)
            continue;
        CORDON_TRY(const std::vector<Event> events,
                   lookup.naming(residual.entity, incident.firstSeen, upTo + Duration(1), mostEvents));
        for (const Event& event : events) {
            const IncidentMember* via = event.via ? incident.member(*event.via) : nullptr;
            if (event.outcome == EventOutcome::Failure || !via || !(via->isMisused || via->isMadeByIncident))
                continue;
            for (const EventTarget& target : event.targets) {
                if (target.relation != "assumed" || incident.member(target.entity))
                    continue;
                IncidentMember member;
                member.entity = target.entity;
                member.role = EntityRole::Victim;
                member.events = {event.id};
                member.why = {{"member.assumed_here", {{"session", residual.entity.name}}}};
                incident.links.push_back({*event.via, target.entity, {"link.assumed_here", {}}, 1.0, {event.id}});
                incident.members.push_back(std::move(member));
            }
        }
    }
    return {};
}

bool isInvolved(const Alert& alert, const EntityRef& entity)
{
    return std::any_of(alert.entities.begin(), alert.entities.end(),
                       [&](const AlertEntity& part) { return part.entity == entity; });
}

/// What only alerts say that the agent may read: techniques, times.
void describeBy(Incident& incident, const std::vector<const Alert*>& alerts)
{
    std::set<std::string> techniques;
    std::set<std::string> own;
    incident.alerts.clear();
    for (const Alert* alert : alerts) {
        incident.alerts.push_back(alert->id);
        techniques.insert(alert->rule.techniques.begin(), alert->rule.techniques.end());
        if (!alert->external)
            own.insert(alert->rule.techniques.begin(), alert->rule.techniques.end());
        const bool isFirst = alert == alerts.front();
        incident.firstSeen = isFirst ? alert->first : std::min(incident.firstSeen, alert->first);
        incident.lastSeen = isFirst ? alert->last : std::max(incident.lastSeen, alert->last);
    }
    incident.techniques = {techniques.begin(), techniques.end()};
    incident.ownTechniques = static_cast<int>(own.size());
}

} // namespace

void IncidentDesk::setMandate(std::shared_ptr<const Mandate> mandate)
{
    m_mandate = std::move(mandate);
    m_see = govern::SeeRules(m_mandate.get());
}

Result<IncidentDesk::Thought> IncidentDesk::think(Incident incident, const EventLookup& lookup, Timestamp upTo) const
{
    Thought thought;
    CORDON_TRY(thought.brief, m_investigator.brief(withoutSightings(incident), alertsOf(incident), lookup));
    addChanged(incident, thought.brief);
    CORDON_CHECK(addAssumedRoles(incident, thought.brief, lookup, upTo));
    thought.incident = std::move(incident);
    return thought;
}

/// Who depends on the incident's secrets belongs to it, by the word of the systems that hold them: to be told of a new
/// version, never as somebody misused.
void IncidentDesk::addConsumers(Thought& thought, const IncidentFile& file)
{
    constexpr std::size_t mostMembers = 256;
    for (const Brief::Use& use : file.brief.dependents) {
        const IncidentMember* used = thought.incident.member(use.used);
        if (use.times > 0 || !used)
            continue; // the log showed it, and shows it again
        thought.brief.dependents.push_back(use);
        if (thought.incident.member(use.by) || thought.incident.members.size() >= mostMembers)
            continue;
        IncidentMember member;
        member.entity = use.by;
        member.events = used->events;
        member.why = {{"member.depends_on", {{"what", used->entity.name.empty() ? used->entity.id : used->entity.name}}}};
        thought.incident.members.push_back(std::move(member));
    }
}

Result<Incident> IncidentDesk::asSeen(const Incident& incident, const SeenLookup& seen, AgentView& view) const
{
    std::vector<const Alert*> readable;
    std::set<EventId> shown;
    const std::vector<Alert> alerts = alertsOf(incident);
    for (const Alert& alert : alerts) {
        bool isRead = true; // an alert rests on every record that it names
        for (const EventId id : alert.events) {
            const Result<Event> event = seen.event(id);
            if (event)
                shown.insert(id);
            else if (event.error().code != ErrorCode::NotFound)
                return fail(event.error());
            isRead = isRead && event.has_value();
        }
        if (isRead)
            readable.push_back(&alert);
        else
            view.hiddenAlerts.insert(alert.id);
    }
    Incident limited = incident;
    std::erase_if(limited.members, [&](const IncidentMember& member) {
        return std::none_of(member.events.begin(), member.events.end(),
                            [&](EventId id) { return shown.contains(id) || seen.event(id).has_value(); });
    });
    if (view.hiddenAlerts.empty())
        return limited;
    describeBy(limited, readable);
    for (IncidentMember& member : limited.members) {
        const bool isNamed = std::any_of(readable.begin(), readable.end(),
                                         [&](const Alert* alert) { return isInvolved(*alert, member.entity); });
        member.isMisused = member.isMisused && isNamed;
        member.isMadeByIncident = member.isMadeByIncident && isNamed;
    }
    return limited;
}

/// The incident with the time that its own alerts span: an indicator that was seen long before makes nothing in between
/// the intruder's, and one that is seen later makes nothing fresh.
Incident IncidentDesk::withoutSightings(Incident incident) const
{
    std::optional<Timestamp> first;
    Timestamp last;
    for (const Alert& alert : alertsOf(incident)) {
        if (isSighting(alert))
            continue;
        first = first ? std::min(*first, alert.first) : alert.first;
        last = std::max(last, alert.last);
    }
    if (!first)
        return incident;
    incident.firstSeen = *first;
    incident.lastSeen = last;
    return incident;
}

Result<std::map<EntityRef, std::vector<Citation>>> IncidentDesk::proofOf(const Incident& incident) const
{
    constexpr std::size_t mostEach = 3;
    std::map<EntityRef, std::vector<Citation>> proof;
    for (const IncidentMember& member : incident.members) {
        for (std::size_t i = 0; i < std::min(mostEach, member.events.size()); ++i) {
            CORDON_TRY(const Event event, m_store.queries().event(member.events[i]));
            proof[member.entity].push_back(event.cite);
        }
    }
    return proof;
}

Result<void> IncidentDesk::refreshForAgent(IncidentFile& file, const Incident& incident, Timestamp upTo,
                                           const plan::ConnectorView& connector)
{
    const LookupUntil lookup(m_store.lookup(), upTo);
    govern::SeeScope scope;
    scope.newest = incident.lastSeen;
    for (const IncidentMember& member : incident.members)
        scope.members.insert(member.entity);
    AgentView view;
    Thought agent;
    CORDON_TRY(const auto span, lookup.span());
    if (m_see.seesAllOf(m_readSources, span.first, incident.lastSeen)) {
        CORDON_TRY(agent, think(incident, lookup, upTo));
        view.clauses = m_see.clausesAbout(m_readSources);
    } else {
        const SeenLookup seen(lookup, m_see, scope);
        CORDON_TRY(Incident limited, asSeen(incident, seen, view));
        CORDON_TRY(agent, think(std::move(limited), seen, upTo));
        view.unseen = seen.unseen();
        view.redacted = seen.redacted();
        view.clauses.assign(seen.clauses().begin(), seen.clauses().end());
    }
    addConsumers(agent, file);
    Thought people;
    if (view.isWhole()) {
        people = agent;
    } else {
        CORDON_TRY(people, think(incident, lookup, upTo));
        addConsumers(people, file);
    }
    for (const IncidentMember& member : people.incident.members) {
        if (!agent.incident.member(member.entity))
            view.hiddenMembers.insert(member.entity);
    }
    view.newest = agent.incident.alerts.empty() ? Timestamp() : withoutSightings(agent.incident).lastSeen;
    view.signs = ownSignsOf(agent.incident, agent.brief, alertsOf(agent.incident));
    CORDON_TRY(view.proof, proofOf(agent.incident));
    Plan plan;
    if (agent.incident.alerts.empty() && !incident.alerts.empty())
        plan.note = {"plan.nothing_seen", {}};
    else
        plan = m_planner.propose(agent.incident, agent.brief, connector);
    for (const auto& [source, count] : view.unseen)
        people.brief.story.push_back(
            {{"story.agent_unseen", {{"source", source}, {"count", std::to_string(count)}}}, {}});
    if (view.redacted > 0)
        people.brief.story.push_back({{"story.agent_redacted", {{"count", std::to_string(view.redacted)}}}, {}});
    keep(file, std::move(people), std::move(plan), std::move(view));
    return {};
}

} // namespace cordon::engine
