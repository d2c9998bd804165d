#include "core/investigate/identity_history.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"
#include "core/investigate/rehearsal.h"
#include "core/investigate/value_history.h"

#include <algorithm>
#include <array>

namespace cordon::investigate {
namespace {

constexpr std::size_t mostIdentities = 100;
constexpr std::size_t mostChanges = 500;
constexpr std::size_t mostRead = 100; ///< records, for values
/// Every part has this much room, whatever the others hold: nobody can push changes out of the list by making others.
constexpr std::size_t ownRoom = mostChanges / 3;

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

/// A password has no name of its own.
constexpr std::array<Wording, 3> passwordWordings{{
    {"created", {}, "change.password_set"},
    {"updated", {}, "change.password_changed"},
    {"deleted", {}, "change.password_deleted"},
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
    const bool isPassword = isForSomebody && what->entity.kind == EntityKind::Credential && what->entity.type == "password";
    for (const Wording& wording : passwordWordings) {
        if (isPassword && what->relation == wording.relation)
            return {std::string(wording.forSomebody), args};
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

/// Changes of one part of time. When there are more than fit, the gravest stay, and of those the nearest to the incident.
class Part
{
public:
    explicit Part(bool isNewestFirst)
        : m_isNewestFirst(isNewestFirst)
    {}

    void add(const Inquiry& inquiry, const Event& event)
    {
        if (!m_found.insert(event.id).second)
            return;
        IdentityChange change = changeFrom(inquiry, event);
        const int alerted = inquiry.alertsOf.contains(event.id) ? 1 : 0;
        const Duration age = event.time - Timestamp();
        const Rank rank{weightOf(change), alerted, m_isNewestFirst ? age : -age, event.id};
        m_kept.emplace(rank, std::pair(std::move(change), event));
        if (m_kept.size() > mostChanges)
            dropLast();
    }
    void cutTo(std::size_t most)
    {
        while (m_kept.size() > most)
            dropLast();
    }
    [[nodiscard]] std::size_t found() const { return m_found.size(); }
    [[nodiscard]] std::size_t kept() const { return m_kept.size(); }
    template<class Take>
    void each(const Take& take)
    {
        for (auto& [rank, one] : m_kept)
            take(one.first, one.second);
    }
    /// Things of which a change was left out.
    [[nodiscard]] const std::set<std::string>& leftOut() const { return m_leftOut; }

private:
    using Rank = std::tuple<int, int, Duration, EventId>;

    void dropLast()
    {
        m_leftOut.insert(ValueHistory::thingOf(m_kept.begin()->second.first));
        m_kept.erase(m_kept.begin());
    }

    bool m_isNewestFirst;
    std::set<EventId> m_found;
    std::map<Rank, std::pair<IdentityChange, Event>> m_kept;
    std::set<std::string> m_leftOut;
};

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

/// Changes of things by nobody involved, which no look-up of those involved finds.
class Gaps
{
public:
    explicit Gaps(const Inquiry& inquiry, const IdentityHistory& history)
        : m_inquiry(inquiry)
        , m_from(history.lookedBackTo)
        , m_to(history.lookedUpTo + Duration(1))
    {
        for (EntityRef& identity : identitiesOf(inquiry.incident))
            m_involved.insert(std::move(identity));
    }

    /// True when the log may hold a change of the thing from the one to the other that is not in the list.
    Result<bool> isBetween(const IdentityChange& one, const IdentityChange& other, const std::set<EventId>& listed)
    {
        constexpr std::size_t mostLookUps = 20;
        constexpr std::size_t mostEvents = 500;
        for (const auto& entity : {one.subject, one.object}) {
            if (entity && m_involved.contains(*entity))
                return false; // every change of it was found
        }
        const std::optional<EntityRef>& thing = one.object ? one.object : one.subject;
        auto place = thing ? m_changes.find(*thing) : m_changes.end();
        if (thing && place == m_changes.end() && m_changes.size() < mostLookUps) {
            CORDON_TRY(std::vector<Event> events,
                       m_inquiry.lookup.identityChangesOf(*thing, m_from, m_to, mostEvents));
            place = m_changes.emplace(*thing, std::move(events)).first;
        }
        if (place == m_changes.end() || place->second.size() >= mostEvents)
            return true;
        return std::any_of(place->second.begin(), place->second.end(), [&](const Event& event) {
            return one.time <= event.time && event.time <= other.time && !listed.contains(event.id) &&
                   event.outcome != EventOutcome::Failure;
        });
    }

private:
    const Inquiry& m_inquiry;
    Timestamp m_from;
    Timestamp m_to;
    std::set<EntityRef> m_involved;
    std::map<EntityRef, std::vector<Event>> m_changes;
};

/// What was tried out only is told as that.
void tellRehearsals(const Inquiry& inquiry, const std::map<EventId, Event>& events, IdentityHistory& history)
{
    for (IdentityChange& change : history.changes) {
        if (!change.hasSucceeded || rehearsalOf(inquiry, events.at(change.event)) != Rehearsal::Certain)
            continue;
        change.hasSucceeded = false;
        change.text.code = "change.failed";
        change.text.args["error"] = "dry run";
    }
}

/// What the gravest changes set to what. Where a record does not tell what was there before, the change before it of the
/// same thing does, unless one between them is not in the list.
Result<void> addValues(const Inquiry& inquiry, const std::map<EventId, Event>& events,
                       const std::set<std::string>& leftOut, IdentityHistory& history)
{
    if (!inquiry.records)
        return {};
    std::vector<std::size_t> order(history.changes.size());
    std::set<EventId> listed;
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        listed.insert(history.changes[i].event);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return weightOf(history.changes[a]) > weightOf(history.changes[b]);
    });
    order.resize(std::min(order.size(), mostRead));
    const std::set<std::size_t> toRead(order.begin(), order.end());

    Gaps gaps(inquiry, history);
    ValueHistory values;
    std::map<std::string, const IdentityChange*> newest; ///< by thing: the change that told last
    for (std::size_t i = 0; i < history.changes.size(); ++i) {
        IdentityChange& change = history.changes[i];
        const std::string thing = ValueHistory::thingOf(change);
        const Result<std::string> record = toRead.contains(i)
                                               ? inquiry.records(events.at(change.event))
                                               : Result<std::string>(fail(ErrorCode::NotFound, "not read"));
        if (!record) {
            if (change.hasSucceeded)
                values.forget(change);
            continue;
        }
        if (const auto before = newest.find(thing); before != newest.end()) {
            bool hasGap = !history.isWhole || leftOut.contains(thing);
            if (!hasGap) {
                CORDON_TRY(hasGap, gaps.isBetween(*before->second, change, listed));
            }
            if (hasGap)
                values.forget(change);
        }
        change.values = values.next(change, toldValuesIn(*record));
        if (change.hasSucceeded)
            newest[thing] = &change;
    }
    return {};
}

} // namespace

int weightOf(const IdentityChange& change)
{
    if (!change.hasSucceeded)
        return 0;
    if (change.relation == "attached" || change.relation == "granted" || change.relation == "shared")
        return 5;
    if (change.action.find("AssumeRolePolicy") != std::string::npos)
        return 4;
    if (change.relation == "created" || change.relation == "activated")
        return 3;
    return change.relation == "deleted" || change.relation == "detached" || change.relation == "deactivated" ? 2 : 1;
}

Result<IdentityHistory> identityChangesOf(const Inquiry& inquiry)
{
    const Incident& incident = inquiry.incident;
    const Timestamp from = incident.firstSeen - inquiry.reach.identityChanges;
    IdentityHistory history;
    history.lookedBackTo = std::max(from, inquiry.logBegin);
    history.lookedUpTo =
        std::max(incident.lastSeen, std::min(inquiry.logEnd, incident.lastSeen + inquiry.reach.identityChangesAfter));
    const Timestamp afterwards = incident.lastSeen + Duration(1);
    const Timestamp end = history.lookedUpTo + Duration(1);
    Part outside(true);
    Part inside(false);
    Part after(false);
    for (const EntityRef& identity : identitiesOf(incident)) {
        const auto query = [&](Timestamp begin, Timestamp until, std::size_t most) {
            return inquiry.lookup.identityChangesOf(identity, begin, until, most);
        };
        // Each span by itself: a flood in one does not use up the pages of the others.
        for (const auto& [begin, until] : {std::pair(from, incident.firstSeen),
                                           std::pair(incident.firstSeen, afterwards), std::pair(afterwards, end)}) {
            bool isWhole = true;
            CORDON_TRY(const std::vector<Event> events,
                       allPages(query, begin, until, inquiry.reach.mostPerQuery, isWhole));
            history.isWhole = history.isWhole && isWhole;
            for (const Event& event : events) {
                const bool isInside = event.time <= incident.lastSeen && inquiry.isAttributed(event);
                Part& part = event.time > incident.lastSeen ? after : isInside ? inside : outside;
                part.add(inquiry, event);
            }
        }
    }
    history.inside = inside.found();
    history.outside = outside.found();
    history.after = after.found();
    std::size_t room = mostChanges;
    std::size_t waiting = 3;
    for (Part* part : {&outside, &after, &inside}) {
        --waiting;
        std::size_t others = 0; // what the parts to come are sure of
        if (waiting > 0)
            others += std::min(ownRoom, inside.kept());
        if (waiting > 1)
            others += std::min(ownRoom, after.kept());
        part->cutTo(room - others);
        room -= part->kept();
    }
    std::map<std::pair<Timestamp, EventId>, IdentityChange> inOrder;
    std::map<EventId, Event> events;
    std::set<std::string> leftOut;
    for (Part* part : {&outside, &inside, &after}) {
        part->each([&](IdentityChange& change, Event& event) {
            inOrder.emplace(std::pair(change.time, change.event), std::move(change));
            events.emplace(event.id, std::move(event));
        });
        leftOut.insert(part->leftOut().begin(), part->leftOut().end());
    }
    for (auto& [when, change] : inOrder)
        history.changes.push_back(std::move(change));
    tellRehearsals(inquiry, events, history);
    CORDON_CHECK(addValues(inquiry, events, leftOut, history));
    return history;
}

} // namespace cordon::investigate
