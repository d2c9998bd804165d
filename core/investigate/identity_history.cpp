#include "core/investigate/identity_history.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"

#include <algorithm>
#include <array>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostIdentities = 100;
constexpr std::size_t mostChanges = 500;

/// Codes by relation: of a thing by itself, and of a thing for somebody.
struct Wording
{
    std::string_view relation;
    std::string_view alone;
    std::string_view forSomebody;
};

constexpr std::array<Wording, 10> wordings{{
    {"created", "change.created", "change.created_for"},
    {"deleted", "change.deleted", "change.deleted_for"},
    {"activated", "change.activated", "change.activated_for"},
    {"deactivated", "change.deactivated", "change.deactivated_for"},
    {"updated", "change.updated", "change.updated_for"},
    {"attached", "change.attached", "change.attached_for"},
    {"detached", "change.detached", "change.detached_for"},
    {"granted", "change.granted", "change.granted_for"},
    {"shared", "change.shared", "change.shared_for"},
    {"assumed", "change.assumed", "change.assumed_for"},
}};

Text wordsFor(const Event& event, const Parties& parties)
{
    const EventTarget* what = parties.object ? parties.object : parties.subject;
    const bool isForSomebody = parties.object && parties.subject;
    std::map<std::string, std::string> args{{"time", tellsTime(event) ? clockText(event.time, true) : "an unknown day"},
                                            {"actor", doerName(event)},
                                            {"action", plainText(event.action)},
                                            {"what", what ? plainName(what->entity) : "?"}};
    if (isForSomebody)
        args["subject"] = plainName(parties.subject->entity);
    if (event.outcome == EventOutcome::Failure) {
        args["error"] = plainText(event.error);
        return {wasDenied(event) ? "change.denied" : "change.failed", args};
    }
    for (const Wording& wording : wordings) {
        if (what && what->relation == wording.relation)
            return {std::string(isForSomebody ? wording.forSomebody : wording.alone), args};
    }
    return {what ? "change.other" : "change.other_alone", args};
}

IdentityChange changeFrom(const Inquiry& inquiry, const Event& event)
{
    const Parties parties = partiesOf(event);
    IdentityChange change;
    change.event = event.id;
    change.time = event.time;
    change.action = event.action;
    change.actor = event.actor;
    if (parties.subject)
        change.subject = parties.subject->entity;
    if (parties.object)
        change.object = parties.object->entity;
    if (const EventTarget* what = parties.object ? parties.object : parties.subject)
        change.relation = what->relation;
    change.hasSucceeded = event.outcome != EventOutcome::Failure;
    change.isInsideIncident = inquiry.isAttributed(event) && event.time <= inquiry.incident.lastSeen;
    change.text = wordsFor(event, parties);
    return change;
}

/// What the newest changes set to what. Where a record does not tell what was there before, the change before it of the
/// same thing does.
void addValues(const Inquiry& inquiry, const std::map<EventId, Event>& events, std::vector<IdentityChange>& changes)
{
    constexpr std::size_t mostRead = 100;
    if (!inquiry.records)
        return;
    std::map<std::string, std::string> known; ///< by thing and attribute: what it was set to last
    const std::size_t first = changes.size() > mostRead ? changes.size() - mostRead : 0;
    for (std::size_t i = first; i < changes.size(); ++i) {
        IdentityChange& change = changes[i];
        const auto record = inquiry.records(events.at(change.event));
        if (!record)
            continue;
        change.values = changedValuesIn(*record);
        if (!change.hasSucceeded)
            continue;
        const std::string thing = (change.subject ? change.subject->key() : "") + '\n' +
                                  (change.object ? change.object->key() : "") + '\n';
        for (ChangedValue& value : change.values) {
            std::string& last = known[thing + value.name];
            if (!value.isBeforeKnown && !last.empty()) {
                value.before = last;
                value.isBeforeKnown = true;
            }
            last = value.after;
        }
    }
}

/// Attackers first, so that a cut leaves out the least involved.
std::vector<EntityRef> identitiesOf(const Incident& incident)
{
    std::vector<EntityRef> identities;
    for (const IncidentMember& member : incident.members) {
        const EntityKind kind = member.entity.kind;
        const bool isIdentity = kind == EntityKind::Account || kind == EntityKind::Credential ||
                                kind == EntityKind::Role || kind == EntityKind::Group;
        if (isIdentity && !isAmbient(member.entity) && identities.size() < mostIdentities)
            identities.push_back(member.entity);
    }
    return identities;
}

} // namespace

Result<std::vector<IdentityChange>> identityChangesOf(const Inquiry& inquiry, Timestamp& lookedBackTo)
{
    const Timestamp from = inquiry.incident.firstSeen - inquiry.reach.identityChanges;
    const Timestamp to = inquiry.incident.lastSeen + Duration(1);
    lookedBackTo = std::max(from, inquiry.logBegin);
    std::map<std::pair<Timestamp, EventId>, IdentityChange> found;
    std::map<EventId, Event> read;
    for (const EntityRef& identity : identitiesOf(inquiry.incident)) {
        const auto query = [&](Timestamp begin, Timestamp end, std::size_t most) {
            return inquiry.lookup.identityChangesOf(identity, begin, end, most);
        };
        bool isWhole = true;
        CORDON_TRY(const std::vector<Event> events, allPages(query, from, to, inquiry.reach.mostPerQuery, isWhole));
        for (const Event& event : events) {
            found.try_emplace({event.time, event.id}, changeFrom(inquiry, event));
            read.try_emplace(event.id, event);
            if (found.size() > mostChanges)
                found.erase(found.begin());
        }
    }
    std::vector<IdentityChange> changes;
    for (auto& [when, change] : found)
        changes.push_back(std::move(change));
    addValues(inquiry, read, changes);
    return changes;
}

} // namespace cordon::investigate
