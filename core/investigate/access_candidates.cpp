#include "core/investigate/access_candidates.h"

#include "core/domain/ambient.h"
#include "core/investigate/life.h"
#include "core/investigate/rehearsal.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

bool namesWith(const Event& event, std::string_view relation, const std::set<EntityRef>& any)
{
    return std::any_of(event.targets.begin(), event.targets.end(), [&](const EventTarget& target) {
        return target.relation == relation && any.contains(target.entity);
    });
}

bool givesRight(const Event& event)
{
    return std::any_of(event.targets.begin(), event.targets.end(),
                       [](const EventTarget& target) { return target.relation == "attached"; });
}

/// Whoever a rule sends mail to has it by the rule itself.
bool isMailRule(const EventTarget& target)
{
    const bool isSet = target.relation == "created" || target.relation == "updated";
    return isSet && (target.entity.type == "mail_rule" || target.entity.type == "forwarding");
}

class Gathering
{
public:
    explicit Gathering(const Inquiry& inquiry)
        : m_inquiry(inquiry)
    {}

    Candidates take();

private:
    void learn();
    void learnSuspects();
    [[nodiscard]] bool isSuspicious(const Event& event) const;
    void addCredentials();
    void addAct(const Event& event);
    void addGrants(const Event& event);
    void add(Candidate candidate);
    [[nodiscard]] Rank rankOf(const Candidate& candidate) const;

    const Inquiry& m_inquiry;
    std::vector<Candidate> m_all;
    using Key = std::tuple<Candidate::What, EntityRef, EntityRef, std::string, std::int64_t>;
    std::map<Key, std::size_t> m_seen; ///< place in m_all
    std::set<EntityRef> m_suspects; ///< whoever is misused, and what came of it; empty where nobody is known to be
    std::set<EntityRef> m_made;     ///< by the incident
    std::set<EntityRef> m_used;     ///< credentials that acts were done with
    std::set<EntityRef> m_endowed;  ///< whoever was given rights or a credential
    std::set<EntityRef> m_entitled; ///< whoever was given rights, and the credentials made for them
};

/// Somebody may stand in an incident by a shared address alone: what such a one did is nobody's way in.
bool Gathering::isSuspicious(const Event& event) const
{
    if (m_suspects.empty() || (!event.actor && !event.via))
        return true;
    const bool isDoer = (event.actor && m_suspects.contains(*event.actor)) || (event.via && m_suspects.contains(*event.via));
    return isDoer || namesWith(event, "created", m_suspects);
}

void Gathering::learnSuspects()
{
    for (const IncidentMember& member : m_inquiry.incident.members) {
        if (member.isMisused)
            m_suspects.insert(member.entity);
    }
    if (m_suspects.empty())
        return;
    for (const Event& event : m_inquiry.acts) {
        if (!hasWorked(event) || !isSuspicious(event))
            continue;
        for (const EventTarget& target : event.targets) {
            if (target.relation == "created" && target.entity.kind != EntityKind::Address)
                m_suspects.insert(target.entity);
        }
    }
}

void Gathering::learn()
{
    learnSuspects();
    for (const IncidentMember& member : m_inquiry.incident.members) {
        if (member.isMadeByIncident && (m_suspects.empty() || m_suspects.contains(member.entity)))
            m_made.insert(member.entity);
    }
    for (const Event& event : m_inquiry.acts) {
        if (event.via)
            m_used.insert(*event.via);
        if (!hasWorked(event) || !isSuspicious(event))
            continue;
        const bool isRight = givesRight(event);
        for (const EventTarget& target : event.targets) {
            if (isRight && target.relation == "granted")
                m_entitled.insert(target.entity);
            if (target.relation == "created")
                m_made.insert(target.entity);
            else if (target.relation == "granted")
                m_endowed.insert(target.entity);
        }
    }
    for (const Event& event : m_inquiry.acts) {
        const bool isForEntitled = hasWorked(event) && namesWith(event, "granted", m_entitled);
        for (const EventTarget& target : event.targets) {
            if (isForEntitled && target.relation == "created")
                m_entitled.insert(target.entity);
        }
    }
}

Rank Gathering::rankOf(const Candidate& candidate) const
{
    switch (candidate.what) {
    case Candidate::What::Credential:
        if (!candidate.isMade)
            return Rank::Original;
        if (candidate.entity.type == "password" || m_entitled.contains(candidate.entity))
            return Rank::Endowed;
        return m_used.contains(candidate.entity) ? Rank::Used : Rank::Mass;
    case Candidate::What::Account:
    case Candidate::What::Role:
        return m_endowed.contains(candidate.entity) ? Rank::Endowed : Rank::Holder;
    default:
        return Rank::Right;
    }
}

void Gathering::add(Candidate candidate)
{
    // Each change of trust or of a policy is asked about, since another of the same thing may have let in somebody
    // else.
    const bool isChange = candidate.what == Candidate::What::Trust || candidate.what == Candidate::What::Policy;
    const std::int64_t apart = isChange ? candidate.event->id.value : 0;
    const Key key{candidate.what, candidate.entity, candidate.grant, candidate.place.key, apart};
    const auto [seen, isNew] = m_seen.emplace(key, m_all.size());
    if (!isNew) {
        // Given once more: the last giving counts, since what ends before it ends nothing.
        if (candidate.what == Candidate::What::Grant && rehearsalOf(m_inquiry, *candidate.event) == Rehearsal::No)
            m_all[seen->second].event = candidate.event;
        return;
    }
    candidate.isMade = m_made.contains(candidate.entity);
    candidate.rank = rankOf(candidate);
    if (candidate.event) {
        const auto alerts = m_inquiry.alertsOf.find(candidate.event->id);
        if (alerts != m_inquiry.alertsOf.end()) {
            for (const Alert* alert : alerts->second)
                candidate.gravity = std::max(candidate.gravity, static_cast<int>(alert->rule.level));
        }
    }
    m_all.push_back(std::move(candidate));
}

void Gathering::addCredentials()
{
    const auto addCredential = [this](const EntityRef& entity, const Event* event) {
        if (entity.kind == EntityKind::Credential && !isAmbient(entity))
            add({Candidate::What::Credential, entity, {}, event});
    };
    // The incident's own order first: the original key before what it made.
    for (const IncidentMember& member : m_inquiry.incident.members) {
        const bool isSuspect = m_suspects.empty() || m_suspects.contains(member.entity);
        if (isSuspect && m_inquiry.attackers.contains(member.entity))
            addCredential(member.entity, nullptr);
    }
    for (const Event& event : m_inquiry.acts) {
        for (const EventTarget& target : event.targets) {
            const bool isMade = target.relation == "created" && target.entity.kind == EntityKind::Credential;
            if (!isMade || !hasWorked(event) || !isSuspicious(event))
                continue;
            if (event.via && !m_made.contains(*event.via))
                addCredential(*event.via, nullptr); // what made it works as well, whoever's it is
            addCredential(target.entity, &event);
        }
    }
}

void Gathering::addGrants(const Event& event)
{
    constexpr std::size_t mostOfOne = 40;
    const AccessPlace place = placeOf(event);
    const bool isRight = givesRight(event);
    std::size_t added = 0;
    for (const EventTarget& holder : event.targets) {
        for (const EventTarget& grant : event.targets) {
            const bool isGiven = isRight ? grant.relation == "attached" : isMailRule(grant);
            if (holder.relation != "granted" || !isGiven || ++added > mostOfOne)
                continue;
            add({.what = Candidate::What::Grant,
                 .entity = holder.entity,
                 .grant = grant.entity,
                 .event = &event,
                 .place = isRight ? place : AccessPlace()});
        }
    }
}

void Gathering::addAct(const Event& event)
{
    using What = Candidate::What;
    if (!hasWorked(event) || !isSuspicious(event))
        return;
    addGrants(event);
    // A binding that says whom it gives its right to is told by those whom it gives it to.
    const bool tellsHolders = std::any_of(event.targets.begin(), event.targets.end(),
                                          [](const EventTarget& target) { return target.relation == "granted"; });
    for (const EventTarget& target : event.targets) {
        const EntityKind kind = target.entity.kind;
        // Making a credential for an account says "created" of the credential; of the account only when it is new.
        if (target.relation == "created" && kind == EntityKind::Account)
            add({What::Account, target.entity, {}, &event});
        else if (target.relation == "created" && kind == EntityKind::Role)
            add({What::Role, target.entity, {}, &event});
        else if (target.relation == "shared" && kind != EntityKind::Account && kind != EntityKind::Group)
            add({What::Shared, target.entity, {}, &event});
        else if (target.relation == "updated" && kind == EntityKind::Role &&
                 event.action.find("AssumeRolePolicy") != std::string::npos)
            add({What::Trust, target.entity, {}, &event});
        else if (target.relation == "created" && target.entity.type == "identity_provider")
            add({What::Provider, target.entity, {}, &event});
        else if (target.relation == "created" && target.entity.type == "webhook")
            add({What::Webhook, target.entity, {}, &event});
        else if (target.relation == "updated" && kind == EntityKind::Policy && event.isIdentityChange && !isMailRule(target) && !tellsHolders)
            add({What::Policy, target.entity, {}, &event});
    }
}

Candidates Gathering::take()
{
    learn();
    addCredentials();
    for (const Event& event : m_inquiry.acts)
        addAct(event);
    return {std::move(m_all), std::move(m_made)};
}

} // namespace

Candidates candidatesOf(const Inquiry& inquiry)
{
    return Gathering(inquiry).take();
}

} // namespace cordon::investigate
