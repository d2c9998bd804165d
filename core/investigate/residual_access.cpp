#include "core/investigate/residual_access.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr int mostSessions = 20;
constexpr std::size_t mostEntries = 200;
/// Look-ups for one incident, so that a flood of grants cannot stall the engine.
constexpr int mostQuestions = 1000;

bool hasWorked(const Event& event)
{
    return event.outcome != EventOutcome::Failure;
}

bool isSession(const EntityRef& credential)
{
    return credential.type == "session" || credential.type == "token";
}

/// The name of a role session, of which the temporary keys are children.
bool isSessionName(const EntityRef& credential)
{
    return isSession(credential) && credential.id.starts_with("arn:");
}

/// Collects entries, each thing once per code, asking the log what became of it.
class Collector
{
public:
    explicit Collector(const Inquiry& inquiry)
        : m_inquiry(inquiry)
    {}

    Result<void> takeCredentials();
    Result<void> takeAct(const Event& event);
    std::vector<ResidualAccess> take();

private:
    /// What the log shows of a thing from the incident's first event on.
    struct Life
    {
        bool isOver = false;               ///< its last change of state ended it
        std::optional<Timestamp> until;    ///< when it ends by itself
        std::optional<Timestamp> lastUsed;
        std::vector<EventId> cites;        ///< how it came to be, its last change of state, its last use
    };
    Result<Life> lifeOf(const EntityRef& entity) const;
    /// True when what `event` gave to the holder was taken back later.
    Result<bool> wasTakenBack(const Event& given, const EntityRef& grant, const EntityRef& holder) const;
    Result<void> takeHolder(const Event& event, const EventTarget& target);
    Result<void> takeGrant(const Event& event, const Parties& parties);
    Result<bool> wasRestored(const Event& change, const EntityRef& role) const;
    void add(const EntityRef& entity, Text text, Life life);

    const Inquiry& m_inquiry;
    std::vector<ResidualAccess> m_found;
    std::set<std::pair<EntityRef, std::string>> m_seen;
    int m_sessions = 0;
    int m_furtherSessions = 0;
    int m_questions = 0;
    EntityRef m_lastSession;
};

void Collector::add(const EntityRef& entity, Text text, Life life)
{
    std::string key = text.code;
    for (const auto& [name, value] : text.args)
        key += '\n' + value;
    if (m_found.size() < mostEntries && m_seen.emplace(entity, key).second)
        m_found.push_back({entity, std::move(text), life.until, life.lastUsed, std::move(life.cites)});
}

Result<Collector::Life> Collector::lifeOf(const EntityRef& entity) const
{
    const auto query = [&](Timestamp from, Timestamp to, std::size_t most) {
        return m_inquiry.lookup.naming(entity, from, to, most);
    };
    bool isWhole = true;
    CORDON_TRY(const std::vector<Event> events,
               allPages(query, m_inquiry.incident.firstSeen, m_inquiry.logEnd + Duration(1),
                        m_inquiry.reach.mostPerQuery, isWhole));
    Life life;
    std::optional<EventId> changed;
    std::optional<EventId> used;
    for (const Event& event : events) {
        if (event.via == entity || event.actor == entity) {
            life.lastUsed = event.time;
            used = event.id;
        }
        for (const EventTarget& target : event.targets) {
            if (target.entity != entity || !hasWorked(event))
                continue;
            const bool isEnd = target.relation == "deleted" || target.relation == "deactivated";
            const bool isBegin = target.relation == "created" || target.relation == "activated";
            if (isEnd || isBegin) {
                life.isOver = isEnd;
                changed = event.id;
            }
            if (isBegin && isSession(entity) && m_inquiry.records) {
                const auto record = m_inquiry.records(event);
                life.until = record ? endIn(*record, entity) : std::nullopt;
            }
        }
    }
    life.isOver = life.isOver || (life.until && *life.until <= m_inquiry.logEnd);
    for (const auto& event : {changed, used}) {
        if (event && (life.cites.empty() || life.cites.front() != *event))
            life.cites.push_back(*event);
    }
    return life;
}

Result<void> Collector::takeCredentials()
{
    // The incident's own order first: the original key before what it made.
    std::vector<EntityRef> credentials;
    std::set<EntityRef> made;
    for (const IncidentMember& member : m_inquiry.incident.members) {
        if (member.isMadeByIncident)
            made.insert(member.entity);
        if (m_inquiry.attackers.contains(member.entity))
            credentials.push_back(member.entity);
    }
    for (const Event& event : m_inquiry.acts) {
        for (const EventTarget& target : event.targets) {
            const bool isNew =
                target.relation == "created" && hasWorked(event) && target.entity.kind == EntityKind::Credential;
            if (isNew && event.via && !made.contains(*event.via))
                credentials.push_back(*event.via); // what made it works as well, whoever's it is
            if (isNew && made.insert(target.entity).second)
                credentials.push_back(target.entity);
        }
    }
    const bool hasKeys = std::any_of(credentials.begin(), credentials.end(), [](const EntityRef& credential) {
        return isSession(credential) && !isSessionName(credential);
    });
    std::set<EntityRef> asked;
    for (const EntityRef& credential : credentials) {
        if (credential.kind != EntityKind::Credential || isAmbient(credential) || !asked.insert(credential).second)
            continue;
        if (hasKeys && isSessionName(credential))
            continue; // its keys are listed
        CORDON_TRY(Life life, lifeOf(credential));
        if (life.isOver)
            continue;
        const std::string name = plainName(credential);
        if (isSession(credential) && ++m_sessions > mostSessions) {
            ++m_furtherSessions;
            m_lastSession = credential;
        } else if (isSession(credential)) {
            const Text text = life.until ? Text{"residual.session_until", {{"name", name}, {"until", clockText(*life.until, true)}}}
                                         : Text{"residual.session", {{"name", name}}};
            add(credential, text, std::move(life));
        } else if (credential.type == "password") {
            add(credential, {"residual.password", {{"name", name}}}, std::move(life));
        } else {
            add(credential,
                {made.contains(credential) ? "residual.made_key" : "residual.original_key", {{"name", name}}},
                std::move(life));
        }
    }
    return {};
}

Result<void> Collector::takeHolder(const Event& event, const EventTarget& target)
{
    const EntityKind kind = target.entity.kind;
    const bool isMade = target.relation == "created" && (kind == EntityKind::Account || kind == EntityKind::Role);
    // Making a credential for an account says "created" of the credential; of the account only when it is new.
    const bool isTrust = kind == EntityKind::Role && target.relation == "updated" &&
                         event.action.find("AssumeRolePolicy") != std::string::npos;
    const bool isShared = target.relation == "shared";
    if (!isMade && !isTrust && !isShared)
        return {};
    ++m_questions;
    CORDON_TRY(Life life, lifeOf(target.entity));
    if (life.isOver)
        return {};
    life.cites = {event.id};
    if (isTrust) {
        CORDON_TRY(const bool isBack, wasRestored(event, target.entity));
        if (isBack)
            return {};
    }
    const char* code = isTrust                       ? "residual.trust_changed"
                       : isShared                    ? "residual.shared"
                       : kind == EntityKind::Account ? "residual.account_made"
                                                     : "residual.role_made";
    add(target.entity, {code, {{"name", plainName(target.entity)}}}, std::move(life));
    return {};
}

Result<bool> Collector::wasRestored(const Event& change, const EntityRef& role) const
{
    CORDON_TRY(const std::vector<Event> later,
               m_inquiry.lookup.naming(role, change.time + Duration(1), m_inquiry.logEnd + Duration(1),
                                       m_inquiry.reach.mostPerQuery));
    return std::any_of(later.begin(), later.end(), [&](const Event& event) {
        return event.action == change.action && hasWorked(event) && !m_inquiry.isAttributed(event);
    });
}

Result<bool> Collector::wasTakenBack(const Event& given, const EntityRef& grant, const EntityRef& holder) const
{
    CORDON_TRY(
        const std::vector<Event> later,
        m_inquiry.lookup.naming(holder, given.time, m_inquiry.logEnd + Duration(1), m_inquiry.reach.mostPerQuery));
    bool isGone = false;
    for (const Event& event : later) {
        const auto names = [&event](const EntityRef& entity, std::initializer_list<std::string_view> relations) {
            return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
                return target.entity == entity &&
                       std::find(relations.begin(), relations.end(), target.relation) != relations.end();
            });
        };
        if (!hasWorked(event))
            continue;
        if (names(holder, {"deleted"}) || names(grant, {"detached", "deleted"}))
            isGone = true;
        else if (names(grant, {"attached", "granted"}))
            isGone = false;
    }
    return isGone;
}

Result<void> Collector::takeGrant(const Event& event, const Parties& parties)
{
    const EntityRef& grant = parties.object->entity;
    const EntityRef& holder = parties.subject->entity;
    CORDON_TRY(const bool isGone, wasTakenBack(event, grant, holder));
    if (!isGone)
        add(holder, {"residual.grant", {{"grant", plainName(grant)}, {"name", plainName(holder)}}}, {false, {}, {}, {event.id}});
    return {};
}

Result<void> Collector::takeAct(const Event& event)
{
    if (!hasWorked(event) || m_found.size() >= mostEntries || m_questions >= mostQuestions)
        return {};
    const Parties parties = partiesOf(event);
    const bool isGrant = parties.object && parties.subject && parties.subject->relation == "granted" &&
                         parties.object->relation == "attached";
    if (isGrant) {
        ++m_questions;
        return takeGrant(event, parties);
    }
    for (const EventTarget& target : event.targets)
        CORDON_CHECK(takeHolder(event, target));
    return {};
}

std::vector<ResidualAccess> Collector::take()
{
    if (m_furtherSessions > 0)
        add(m_lastSession, {"residual.more_sessions", {{"n", std::to_string(m_furtherSessions)}}}, {});
    return std::move(m_found);
}

} // namespace

Result<std::vector<ResidualAccess>> residualAccessOf(const Inquiry& inquiry)
{
    Collector collector(inquiry);
    CORDON_CHECK(collector.takeCredentials());
    for (const Event& event : inquiry.acts)
        CORDON_CHECK(collector.takeAct(event));
    return collector.take();
}

} // namespace cordon::investigate
