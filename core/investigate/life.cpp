#include "core/investigate/life.h"

#include "core/domain/session_name.h"
#include "core/investigate/other_names.h"
#include "core/investigate/rehearsal.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

/// A credential is made before it is used, so its making is among the first events that name it.
constexpr std::size_t mostEarly = 50;
constexpr std::size_t mostOwners = 8;
constexpr std::size_t mostKeys = 64;
constexpr Duration oneMicro{1};

template<class T>
void addOnce(std::vector<T>& list, const T& one, std::size_t most)
{
    if (list.size() < most && std::find(list.begin(), list.end(), one) == list.end())
        list.push_back(one);
}

/// The account number in an ARN; "" where there is none.
std::string accountIn(std::string_view arn)
{
    if (!arn.starts_with("arn:"))
        return {};
    for (int part = 0; part < 4; ++part)
        arn.remove_prefix(std::min(arn.find(':'), arn.size() - 1) + 1);
    return std::string(arn.substr(0, arn.find(':')));
}

bool isOwner(const EntityRef& entity)
{
    return entity.kind == EntityKind::Account || entity.kind == EntityKind::Role;
}

bool isLater(const std::optional<Timestamp>& one, const std::optional<Timestamp>& other)
{
    return one && (!other || *one > *other);
}

} // namespace

bool isSession(const EntityRef& credential)
{
    return credential.type == "session" || credential.type == "token";
}

bool hasWorked(const Event& event)
{
    return event.outcome != EventOutcome::Failure;
}

void EndOfLife::take(const Inquiry& inquiry, const Event& event, const EntityRef& entity)
{
    if (!hasWorked(event))
        return;
    for (const EventTarget& target : event.targets) {
        const bool isOn = target.relation == "activated";
        const bool isOff = target.relation == "deactivated";
        if (target.entity != entity || (!isOn && !isOff && target.relation != "deleted"))
            continue;
        if (rehearsalOf(inquiry, event) != Rehearsal::No)
            continue;
        std::optional<Timestamp>& last = isOn ? m_on : isOff ? m_off : m_deleted;
        last = std::max(last.value_or(event.time), event.time);
    }
}

std::optional<Timestamp> EndOfLife::at() const
{
    const bool isOff = isLater(m_off, m_on);
    return isOff && !isLater(m_deleted, m_off) ? m_off : m_deleted;
}

struct Lives::Draft
{
    Life life;
    std::optional<Timestamp> begun;  ///< last time that it was made or switched on
    std::optional<Timestamp> ended;  ///< last time that it was deleted or switched off
    std::optional<Timestamp> worked; ///< last use that was not refused
    std::optional<EventId> changed;
    std::optional<EventId> used;
    bool isEndUnknown = false; ///< one of its makings tells no end
};

Lives::Lives(const Inquiry& inquiry)
    : m_inquiry(inquiry)
{
    for (const Event& event : inquiry.acts) {
        if (event.tenant.empty() || !hasWorked(event))
            continue;
        // A key may be used against another's account, whose trail then tells of it: it is at home where its owner is.
        if (const std::string account = event.via && event.actor ? accountIn(event.actor->id) : std::string(); !account.empty())
            m_homes[*event.via].emplace(event.source, account);
        for (const EventTarget& target : event.targets) {
            if (target.relation == "created")
                m_homes[target.entity].emplace(event.source, event.tenant);
        }
    }
}

bool Lives::isAtHome(const Event& event, const EntityRef& entity) const
{
    const auto homes = m_homes.find(entity);
    if (event.tenant.empty() || homes == m_homes.end() || homes->second.contains({event.source, event.tenant}))
        return true;
    return std::none_of(homes->second.begin(), homes->second.end(),
                        [&event](const auto& home) { return home.first == event.source; });
}

void Lives::take(const Event& event, const EntityRef& entity, Draft& draft) const
{
    Life& life = draft.life;
    if (event.via == entity && event.actor && isOwner(*event.actor))
        addOnce(life.owners, *event.actor, mostOwners);
    if (!hasWorked(event))
        return;
    for (const EventTarget& target : event.targets) {
        if (target.entity != entity)
            continue;
        if (target.relation == "used" && event.via && isSession(*event.via) && *event.via != entity)
            addOnce(life.keys, *event.via, mostKeys);
        const bool isMade = target.relation == "created";
        const bool isEnd = target.relation == "deleted" || target.relation == "deactivated";
        if ((!isEnd && !isMade && target.relation != "activated") || !isAtHome(event, entity) || rehearsalOf(m_inquiry, event) != Rehearsal::No)
            continue;
        std::optional<Timestamp>& last = isEnd ? draft.ended : draft.begun;
        last = std::max(last.value_or(event.time), event.time);
        if (!isEnd || !draft.begun || event.time > *draft.begun)
            draft.changed = event.id;
        if (isMade)
            takeMaking(event, entity, draft);
    }
}

void Lives::takeMaking(const Event& event, const EntityRef& entity, Draft& draft) const
{
    Life& life = draft.life;
    life.made = event.time;
    life.making = event.id;
    if (event.via && *event.via != entity)
        life.maker = event.via;
    bool hasKey = false;
    for (const EventTarget& other : event.targets) {
        const bool isWhose = other.relation == "granted" || other.relation == "assumed";
        if (isWhose && entity.kind == EntityKind::Credential && isOwner(other.entity))
            addOnce(life.owners, other.entity, mostOwners);
        if (other.relation == "created" && isSession(other.entity) && !isSessionName(other.entity)) {
            addOnce(life.keys, other.entity, mostKeys);
            hasKey = true;
        }
    }
    life.isMadeWithoutKey = life.isMadeWithoutKey || !hasKey;
    if (isSession(entity)) {
        const auto record = m_inquiry.records ? m_inquiry.records(event) : Result<std::string>(std::string());
        const auto end = record ? endIn(*record, entity) : std::nullopt;
        draft.isEndUnknown = draft.isEndUnknown || !end;
        if (end)
            life.until = std::max(life.until.value_or(*end), *end);
    }
}

Result<std::optional<Timestamp>> Lives::goneAt(const EntityRef& entity)
{
    if (const auto known = m_goneAt.find(entity); known != m_goneAt.end())
        return known->second;
    const auto changesOf = [&](const EntityRef& name) {
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return m_inquiry.lookup.identityChangesOf(name, from, to, most);
        };
        bool isWhole = true;
        return allPages(query, m_inquiry.incident.firstSeen, m_inquiry.logEnd + oneMicro, m_inquiry.reach.mostPerQuery, isWhole);
    };
    CORDON_TRY(const std::vector<Event> changes, underEveryName(entity, changesOf));
    EndOfLife end;
    for (const Event& event : changes) {
        if (isAtHome(event, entity))
            end.take(m_inquiry, event, entity);
    }
    const std::optional<Timestamp> gone = end.at();
    m_goneAt.emplace(entity, gone);
    return gone;
}

Result<bool> Lives::isOrphan(const Draft& draft)
{
    for (const EntityRef& owner : draft.life.owners) {
        CORDON_TRY(const std::optional<Timestamp> gone, goneAt(owner));
        if (!isLater(gone, draft.life.made) || !isLater(gone, draft.worked))
            return false;
    }
    return !draft.life.owners.empty();
}

Result<bool> Lives::wentWithAll(const EntityRef& entity, const Draft& draft)
{
    const char* all = entity.type == "session" ? "/sessions" : entity.type == "factor" ? "/factors" : nullptr;
    if (!all)
        return false;
    for (const EntityRef& owner : draft.life.owners) {
        CORDON_TRY(const std::optional<Timestamp> gone, goneAt({EntityKind::Credential, owner.id + all, entity.type, {}}));
        if (isLater(gone, draft.life.made) && isLater(gone, draft.worked))
            return true;
    }
    return false;
}

Result<Life> Lives::of(const EntityRef& entity)
{
    Draft draft;
    const Timestamp begin = m_inquiry.incident.firstSeen;
    if (entity.kind == EntityKind::Credential) {
        CORDON_TRY(const std::vector<Event> early,
                   m_inquiry.lookup.naming(entity, begin - m_inquiry.reach.identityChanges, begin, mostEarly));
        for (const Event& event : early)
            take(event, entity, draft);
    }
    const auto eventsOf = [&](const EntityRef& name) {
        const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
            return m_inquiry.lookup.naming(name, from, to, most);
        };
        bool isWhole = true;
        return allPages(query, begin, m_inquiry.logEnd + oneMicro, m_inquiry.reach.mostPerQuery, isWhole);
    };
    CORDON_TRY(const std::vector<Event> events, underEveryName(entity, eventsOf));
    for (const Event& event : events) {
        take(event, entity, draft);
        if (event.via != entity && event.actor != entity)
            continue;
        draft.life.lastUsed = event.time;
        draft.used = event.id;
        if (hasWorked(event))
            draft.worked = event.time;
    }
    CORDON_TRY(const bool orphaned, isOrphan(draft));
    CORDON_TRY(const bool isEndedWithAll, wentWithAll(entity, draft));
    Life life = std::move(draft.life);
    if (draft.isEndUnknown)
        life.until.reset();
    const bool hasRunOut = life.until && *life.until <= m_inquiry.logEnd;
    life.isOver = isLater(draft.ended, draft.begun) || hasRunOut || orphaned || isEndedWithAll;
    for (const auto& event : {draft.changed, draft.used}) {
        if (event && (life.cites.empty() || life.cites.front() != *event))
            life.cites.push_back(*event);
    }
    return life;
}

} // namespace cordon::investigate
