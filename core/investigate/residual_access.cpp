#include "core/investigate/residual_access.h"

#include "core/domain/ambient.h"
#include "core/domain/plain_name.h"
#include "core/domain/session_name.h"
#include "core/investigate/access_candidates.h"
#include "core/investigate/given_access.h"
#include "core/investigate/rehearsal.h"

#include <algorithm>

namespace cordon::investigate {
namespace {

constexpr int mostSessions = 20;
constexpr std::size_t mostEntries = 200;
/// Things that the log is asked about for one incident, so that a flood cannot stall the engine.
constexpr std::size_t mostQuestions = 1000;

/// What a grant lets its holder do.
Text wordsOf(const Candidate& grant)
{
    Text text{"residual.grant", {{"name", plainName(grant.entity)}}};
    if (grant.grant.type == "consent") {
        text.code = "residual.consent";
        return text;
    }
    const bool isMail = grant.grant.type == "mail_rule" || grant.grant.type == "forwarding";
    text.args.emplace("grant", isMail ? plainText(grant.grant.id) : plainName(grant.grant));
    if (isMail)
        text.code = "residual.mail";
    else if (!grant.place.name.empty()) {
        text.code = "residual.grant_in";
        text.args.emplace("place", grant.place.name);
    }
    return text;
}

/// Asks the log what became of the candidates, and words what still stands.
class Asking
{
public:
    Asking(const Inquiry& inquiry, const Candidates& candidates)
        : m_inquiry(inquiry)
        , m_candidates(candidates)
        , m_lives(inquiry)
        , m_given(inquiry, m_lives)
    {}

    Result<void> ask();
    std::vector<ResidualAccess> take();

private:
    struct Found
    {
        ResidualAccess access;
        Rank rank = Rank::Mass;
        int gravity = -1;
    };

    Result<void> askOne(const Candidate& candidate);
    /// @param opened  the session that it was seen to open, where that is why it is asked about
    Result<void> askCredential(const Candidate& candidate, const Life* opened = nullptr);
    Result<bool> stands(const Candidate& candidate);
    void list(const Candidate& candidate, Text text, Life life);
    void listSession(const Candidate& candidate, Life life);

    const Inquiry& m_inquiry;
    const Candidates& m_candidates;
    Lives m_lives;
    GivenAccess m_given;
    std::set<EntityRef> m_asked; ///< credentials
    std::vector<Found> m_found;
    std::set<std::tuple<Candidate::What, EntityRef, EntityRef, std::string>> m_listed;
    int m_sessions = 0;
    int m_furtherSessions = 0;
    EntityRef m_lastSession;
    std::size_t m_unasked = 0;
    EntityRef m_lastUnasked;
};

void Asking::list(const Candidate& candidate, Text text, Life life)
{
    if (!m_listed.emplace(candidate.what, candidate.entity, candidate.grant, candidate.place.name).second)
        return;
    m_found.push_back({{candidate.entity, std::move(text), life.until, life.lastUsed, std::move(life.cites)},
                       candidate.rank,
                       candidate.gravity});
}

void Asking::listSession(const Candidate& candidate, Life life)
{
    if (++m_sessions > mostSessions) {
        ++m_furtherSessions;
        m_lastSession = candidate.entity;
        return;
    }
    const std::string name = plainName(candidate.entity);
    Text text{"residual.session", {{"name", name}}};
    if (life.until)
        text = {"residual.session_until", {{"name", name}, {"until", clockText(*life.until, true)}}};
    list(candidate, std::move(text), std::move(life));
}

Result<void> Asking::askCredential(const Candidate& candidate, const Life* opened)
{
    if (!m_asked.insert(candidate.entity).second)
        return {};
    CORDON_TRY(Life life, m_lives.of(candidate.entity));
    if (opened && life.cites.empty() && opened->making) {
        life.lastUsed = opened->made;
        life.cites = {*opened->making};
    }
    // Whoever holds a session holds what it was opened with. Keys that last are also made for others, so that who made
    // one before the incident is not suspected for it.
    if (isSession(candidate.entity) && life.maker && !isAmbient(*life.maker) && m_asked.size() < 2 * mostQuestions) {
        Candidate opener;
        opener.entity = *life.maker;
        opener.isMade = m_candidates.made.contains(*life.maker);
        opener.rank = opener.isMade ? Rank::Used : Rank::Original;
        CORDON_CHECK(askCredential(opener, &life));
    }
    const bool areKeysListed =
        std::any_of(life.keys.begin(), life.keys.end(), [this](const EntityRef& one) { return m_asked.contains(one); });
    const bool isListedByKeys = isSessionName(candidate.entity) && areKeysListed && !life.isMadeWithoutKey;
    if (life.isOver || isListedByKeys)
        return {};
    const bool isOwned = candidate.entity.type == "factor" && !life.owners.empty();
    const std::string name = plainName(isOwned ? life.owners.front() : candidate.entity);
    if (isSession(candidate.entity))
        listSession(candidate, std::move(life));
    else if (candidate.entity.type == "password")
        list(candidate, {"residual.password", {{"name", name}}}, std::move(life));
    else if (candidate.entity.type == "factor")
        list(candidate, {candidate.isMade ? "residual.factor_made" : "residual.factor", {{"name", name}}}, std::move(life));
    else
        list(candidate, {candidate.isMade ? "residual.made_key" : "residual.original_key", {{"name", name}}},
             std::move(life));
    return {};
}

Result<bool> Asking::stands(const Candidate& candidate)
{
    const Event& event = *candidate.event;
    if (rehearsalOf(m_inquiry, event) != Rehearsal::No)
        return false;
    switch (candidate.what) {
    case Candidate::What::Grant: {
        CORDON_TRY(const bool isBack, m_given.wasTakenBack(event, candidate.grant, candidate.entity, candidate.place));
        return !isBack;
    }
    case Candidate::What::Shared: {
        CORDON_TRY(const bool isClosed, m_given.wasClosedAgain(event, candidate.entity));
        return !isClosed;
    }
    case Candidate::What::Policy: {
        CORDON_TRY(const bool isGone, m_given.isGone(candidate.entity, event));
        if (isGone || m_given.isWithoutEffect(event))
            return false;
        CORDON_TRY(const bool isBack, m_given.wasRestored(event, candidate.entity));
        return !isBack;
    }
    case Candidate::What::Trust: {
        CORDON_TRY(const bool isBack, m_given.wasRestored(event, candidate.entity));
        return !isBack;
    }
    default:
        return true;
    }
}

Result<void> Asking::askOne(const Candidate& candidate)
{
    using What = Candidate::What;
    if (candidate.what == What::Credential)
        return askCredential(candidate);
    CORDON_TRY(const bool isOpen, stands(candidate));
    if (!isOpen)
        return {};
    const std::string name = plainName(candidate.entity);
    Life life;
    if (candidate.what == What::Grant) {
        life.cites = {candidate.event->id};
        list(candidate, wordsOf(candidate), std::move(life));
        return {};
    }
    CORDON_TRY(life, m_lives.of(candidate.entity));
    if (life.isOver && candidate.what != What::Policy) // that of a bucket is written anew after it was deleted
        return {};
    life.cites = {candidate.event->id};
    const char* code = candidate.what == What::Trust      ? "residual.trust_changed"
                       : candidate.what == What::Policy   ? "residual.policy_changed"
                       : candidate.what == What::Shared   ? "residual.shared"
                       : candidate.what == What::Account  ? "residual.account_made"
                       : candidate.what == What::Provider ? "residual.provider_made"
                       : candidate.what == What::Webhook  ? "residual.webhook_made"
                                                          : "residual.role_made";
    list(candidate, {code, {{"name", name}}}, std::move(life));
    return {};
}

/// The more important first; among equals the order that they have.
template<class T>
std::vector<std::size_t> byImportance(const std::vector<T>& all)
{
    std::vector<std::size_t> order(all.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(all[a].rank, all[b].gravity) < std::tie(all[b].rank, all[a].gravity);
    });
    return order;
}

Result<void> Asking::ask()
{
    const std::vector<Candidate>& candidates = m_candidates.all;
    std::vector<std::size_t> chosen = byImportance(candidates);
    if (chosen.size() > mostQuestions) {
        m_unasked = chosen.size() - mostQuestions;
        m_lastUnasked = candidates[chosen.back()].entity;
        chosen.resize(mostQuestions);
    }
    std::sort(chosen.begin(), chosen.end());
    // Names of sessions last: those whose keys are listed are not listed once more.
    for (const bool areNames : {false, true}) {
        for (const std::size_t i : chosen) {
            const bool isName =
                candidates[i].what == Candidate::What::Credential && isSessionName(candidates[i].entity);
            if (isName == areNames)
                CORDON_CHECK(askOne(candidates[i]));
        }
    }
    return {};
}

std::vector<ResidualAccess> Asking::take()
{
    std::vector<std::size_t> chosen = byImportance(m_found);
    const std::size_t further = chosen.size() > mostEntries ? chosen.size() - mostEntries : 0;
    EntityRef lastFurther;
    if (further > 0) {
        lastFurther = m_found[chosen.back()].access.entity;
        chosen.resize(mostEntries);
    }
    std::sort(chosen.begin(), chosen.end());
    std::vector<ResidualAccess> all;
    for (const std::size_t i : chosen)
        all.push_back(std::move(m_found[i].access));
    // A sum is whoever did it: it must not go with one credential that is switched off.
    const auto doer = std::find_if(m_inquiry.attackers.begin(), m_inquiry.attackers.end(),
                                   [](const EntityRef& one) { return one.kind != EntityKind::Credential; });
    const auto addSum = [&](const EntityRef& one, const char* code, std::size_t n) {
        if (n > 0)
            all.push_back({doer == m_inquiry.attackers.end() ? one : *doer, {code, {{"n", std::to_string(n)}}}, {}});
    };
    addSum(m_lastSession, "residual.more_sessions", static_cast<std::size_t>(m_furtherSessions));
    addSum(lastFurther, "residual.more", further);
    addSum(m_lastUnasked, "residual.more_unasked", m_unasked);
    return all;
}

} // namespace

Result<std::vector<ResidualAccess>> residualAccessOf(const Inquiry& inquiry)
{
    const Candidates candidates = candidatesOf(inquiry);
    Asking asking(inquiry, candidates);
    CORDON_CHECK(asking.ask());
    return asking.take();
}

} // namespace cordon::investigate
