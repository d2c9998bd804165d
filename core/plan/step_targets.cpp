#include "core/plan/step_targets.h"

#include <algorithm>

namespace cordon::plan {
namespace {

template<class T>
bool isOneOf(const std::vector<T>& wanted, const T& found)
{
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), found) != wanted.end();
}

bool fits(const Selector& select, const EntityRef& entity)
{
    return isOneOf(select.kinds, entity.kind) && isOneOf(select.types, entity.type);
}

const std::string& nameOf(const EntityRef& entity)
{
    return entity.name.empty() ? entity.id : entity.name;
}

/// The account whose credential this is: who it was created for inside the incident, else who used it.
const EntityRef* ownerOf(const EntityRef& credential, const Incident& incident, const Brief& brief)
{
    for (const IdentityChange& change : brief.identityChanges) {
        if (change.object == credential && change.subject && change.relation == "created")
            return &*change.subject;
    }
    for (const IncidentLink& link : incident.links) {
        if (link.to == credential && (link.from.kind == EntityKind::Account || link.from.kind == EntityKind::Role))
            return &link.from;
    }
    return nullptr;
}

StepTarget made(const EntityRef& entity, const Incident& incident, const Brief& brief)
{
    StepTarget target;
    target.entity = entity;
    target.words["target"] = nameOf(entity);
    if (const IncidentMember* member = incident.member(entity))
        target.isMadeByIncident = member->isMadeByIncident;
    if (entity.kind == EntityKind::Credential) {
        if (const EntityRef* owner = ownerOf(entity, incident, brief)) {
            if (owner->kind == EntityKind::Account)
                target.params.set("user", owner->id);
            target.words["owner"] = nameOf(*owner);
        }
    }
    return target;
}

void addMembers(std::vector<StepTarget>& targets, const Selector& select, const Incident& incident, const Brief& brief)
{
    for (const IncidentMember& member : incident.members) {
        if (!fits(select, member.entity))
            continue;
        if (select.isMadeByIncident && *select.isMadeByIncident != member.isMadeByIncident)
            continue;
        if (select.isMisused && *select.isMisused != member.isMisused)
            continue;
        targets.push_back(made(member.entity, incident, brief));
    }
}

/// Inside the incident, or shortly before it by somebody else.
bool isMeant(const Selector& select, const IdentityChange& change, const Incident& incident)
{
    if (select.beforeHours == 0)
        return change.isInsideIncident;
    const IncidentMember* subject = change.subject ? incident.member(*change.subject) : nullptr;
    return !change.isInsideIncident && subject && subject->isMisused && change.time < incident.firstSeen &&
           incident.firstSeen - change.time <= std::chrono::hours(select.beforeHours);
}

void addChanges(std::vector<StepTarget>& targets, const Selector& select, const Incident& incident, const Brief& brief)
{
    for (const IdentityChange& change : brief.identityChanges) {
        const std::optional<EntityRef>& whose = change.subject ? change.subject : change.object; // a secret's policy is its own
        if (!isMeant(select, change, incident) || !change.hasSucceeded || !whose || !fits(select, *whose) ||
            !isOneOf(select.relations, change.relation) || !isOneOf(select.actions, change.action))
            continue;
        StepTarget target = made(*whose, incident, brief);
        if (change.object) {
            if (change.object->kind == EntityKind::Policy && change.relation == "attached")
                target.params.set("policy", change.object->id);
            target.words["object"] = nameOf(*change.object);
        }
        targets.push_back(std::move(target));
    }
}

/// The incident's leading identity: kinds in the selector's order, suspected ones first.
void addIncident(std::vector<StepTarget>& targets, const Selector& select, const Incident& incident, const Brief& brief)
{
    for (const EntityKind kind : select.kinds) {
        const IncidentMember* best = nullptr;
        for (const IncidentMember& member : incident.members) {
            const bool fitsKind = member.entity.kind == kind && isOneOf(select.types, member.entity.type);
            if (fitsKind && member.isMisused && (!best || member.events.size() > best->events.size()))
                best = &member;
        }
        if (best) {
            targets.push_back(made(best->entity, incident, brief));
            return;
        }
    }
}

} // namespace

std::vector<StepTarget> targetsOf(const Selector& select, const Incident& incident, const Brief& brief)
{
    std::vector<StepTarget> targets;
    switch (select.from) {
    case Selector::From::Incident: addIncident(targets, select, incident, brief); break;
    case Selector::From::Member: addMembers(targets, select, incident, brief); break;
    case Selector::From::IdentityChange: addChanges(targets, select, incident, brief); break;
    case Selector::From::AssumedRole:
        for (const IncidentMember& member : incident.members) {
            const bool isAssumed = std::any_of(member.why.begin(), member.why.end(), [](const Text& why) {
                return why.code == "member.assumed_here";
            });
            if (isAssumed && !member.isMisused && fits(select, member.entity))
                targets.push_back(made(member.entity, incident, brief));
        }
        break;
    case Selector::From::Dependent:
        for (const Brief::Use& use : brief.dependents) {
            const bool isMember = incident.member(use.used) && incident.member(use.by) && fits(select, use.used);
            if (!isMember || use.by.kind != EntityKind::Workload)
                continue;
            StepTarget target = made(use.by, incident, brief);
            target.params.set(use.used.kind == EntityKind::Secret ? "secret" : "credential", use.used.id);
            target.words["object"] = nameOf(use.used);
            targets.push_back(std::move(target));
        }
        break;
    case Selector::From::Residual:
        for (const ResidualAccess& residual : brief.residual) {
            const bool isSum = residual.text.args.contains("n"); // how many further there are
            if (!isSum && fits(select, residual.entity))
                targets.push_back(made(residual.entity, incident, brief));
        }
        break;
    }
    if (targets.size() > static_cast<std::size_t>(select.most))
        targets.resize(static_cast<std::size_t>(select.most));
    return targets;
}

} // namespace cordon::plan
