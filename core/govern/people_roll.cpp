#include "core/govern/people_roll.h"

#include "core/crypto/sha256.h"

#include <algorithm>

namespace cordon::govern {
namespace {

using Kind = PeopleAct::Kind;

constexpr int quorum = 2;

bool hasOwner(const std::vector<std::string>& roles)
{
    return std::find(roles.begin(), roles.end(), "owner") != roles.end();
}

bool isOwner(const Person* person)
{
    return person && !person->isRevoked && person->hasRole("owner");
}

} // namespace

std::string PeopleRoll::basisFor(PeopleAct::Kind kind) const
{
    return kind == Kind::Free || kind == Kind::Pin ? m_installation : m_head;
}

int PeopleRoll::otherOwners(const std::string& person) const
{
    return static_cast<int>(std::count_if(m_people.all().begin(), m_people.all().end(), [&](const Person& one) {
        return one.id != person && isOwner(&one);
    }));
}

Result<void> PeopleRoll::checkPlace(const PeopleAct& act) const
{
    // Two newcomers at a time are no contradiction: who may sign, and who is known, is judged as it is now.
    const bool isLateEnrolment = act.kind == Kind::Enrol && !hasOwner(act.roles) && m_heads.contains(act.basis);
    if (act.basis != basisFor(act.kind) && !isLateEnrolment)
        return fail(ErrorCode::Denied, "act_stale: something else was signed since; draw it up again");
    if (m_nonces.count(act.nonce) > 0)
        return fail(ErrorCode::Denied, "nonce_used: " + act.nonce);
    return {};
}

Result<void> PeopleRoll::checkPerson(const PeopleAct& act) const
{
    const Person* known = m_people.find(act.person);
    if (act.key && m_keys.count(*act.key) > 0)
        return fail(ErrorCode::Denied, "key_used: this key was somebody's before");
    if (act.kind == Kind::Enrol) {
        if (known)
            return fail(ErrorCode::Denied, "person_known: " + act.person);
        if (isEmpty() && !hasOwner(act.roles))
            return fail(ErrorCode::Denied, "first_is_owner: the first person of an installation is an owner");
        return {};
    }
    if (!known)
        return fail(ErrorCode::Denied, "person_unknown: " + act.person);
    if (known->isRevoked)
        return fail(ErrorCode::Denied, "key_revoked: " + act.person);
    const bool losesOwner = act.kind == Kind::Retire || (act.kind == Kind::Roles && !hasOwner(act.roles));
    if (losesOwner && isOwner(known) && otherOwners(act.person) == 0)
        return fail(ErrorCode::Denied, "last_owner: " + act.person + " is the only owner");
    return checkSecurityKey(act);
}

/// No credential and no public key of a security key counts twice, whoever had it and however long ago.
Result<void> PeopleRoll::checkSecurityKey(const PeopleAct& act) const
{
    const Person& person = *m_people.find(act.person);
    if (act.kind == Kind::RemoveKey && !person.securityKey(act.credential))
        return fail(ErrorCode::Denied, "security_key_unknown: " + act.person + " has no such security key");
    if (act.kind != Kind::AddKey)
        return {};
    if (m_tokens.count(act.securityKey->credential) > 0 || m_tokens.count(act.securityKey->publicKey) > 0)
        return fail(ErrorCode::Denied, "security_key_used: this security key was somebody's before");
    const auto isSame = [&](const SecurityKey& key) { return key.name == act.securityKey->name; };
    if (std::any_of(person.securityKeys.begin(), person.securityKeys.end(), isSame))
        return fail(ErrorCode::Denied, "security_key_named: " + act.person + " has a security key of that name");
    if (PeopleDirectory copy = m_people; !copy.addSecurityKey(act.person, *act.securityKey))
        return fail(ErrorCode::Denied, "security_key_limit: " + act.person + " has eight security keys already");
    return {};
}

/// Never more than there are, but for what nobody may ever do alone: giving a person back what was lost, and sending an
/// owner away.
int PeopleRoll::ownersNeeded(const PeopleAct& act) const
{
    const int most = std::min(quorum, otherOwners(act.person));
    const bool isOneNow = isOwner(m_people.find(act.person));
    switch (act.kind) {
    case Kind::Enrol: return hasOwner(act.roles) ? most : 1;
    case Kind::Roles:
        if (isOneNow && !hasOwner(act.roles))
            return quorum;
        return isOneNow || hasOwner(act.roles) ? std::max(1, most) : 1;
    case Kind::Retire: return isOneNow ? quorum : 1;
    case Kind::Train: return 1;
    case Kind::Rekey:
    case Kind::Free: return quorum;
    case Kind::Pin: return 0;
    case Kind::AddKey: return m_losers.count(act.person) > 0 ? quorum : std::min(1, otherOwners(act.person));
    case Kind::RemoveKey: return quorum;
    }
    return quorum;
}

Result<ActStanding> PeopleRoll::judge(const SignedPeopleAct& signedAct) const
{
    const PeopleAct& act = signedAct.act;
    CORDON_CHECK(checkPlace(act));
    CORDON_CHECK(checkPerson(act));
    const Person* known = m_people.find(act.person);
    const auto ownKey = act.key ? act.key : known ? std::optional(known->key) : std::nullopt;
    ActStanding standing;
    standing.ownersNeeded = ownersNeeded(act);
    standing.needsOwn = act.key || act.kind == Kind::Pin || act.kind == Kind::AddKey;
    standing.hasOwn = ownKey && signedAct.isSignedBy(act.person, *ownKey);
    for (const Person& person : m_people.all()) {
        if (person.id != act.person && isOwner(&person) && signedAct.isSignedBy(person.id, person.key))
            standing.owners.push_back(person.id);
    }
    const bool isGivingUp = act.kind == Kind::Retire || act.kind == Kind::RemoveKey;
    if (isGivingUp && standing.hasOwn) // who wants to leave, or lost a key, needs nobody's leave
        standing.ownersNeeded = 0;
    if (act.kind == Kind::Roles && standing.hasOwn && isOwner(known) && !hasOwner(act.roles))
        standing.ownersNeeded = 1; // they lay it down, and another owner sees to the rest
    return standing;
}

Result<PeopleAct> PeopleRoll::apply(std::string_view block)
{
    CORDON_TRY(SignedPeopleAct signedAct, readPeopleAct(block));
    CORDON_TRY(const ActStanding standing, judge(signedAct));
    if (!standing.isComplete()) {
        return fail(ErrorCode::Denied, "signature_missing: " + std::to_string(standing.owners.size()) + " of " +
                                           std::to_string(standing.ownersNeeded) + " owners signed" +
                                           (standing.needsOwn && !standing.hasOwn ? ", not the person" : ""));
    }
    CORDON_CHECK(change(signedAct.act));
    return std::move(signedAct.act);
}

/// A head stands for all acts before it: by the basis that its act names, or, where that is an older one, beside it.
void PeopleRoll::takeHead(const PeopleAct& act)
{
    m_head = act.basis == m_head ? act.digest() : crypto::sha256(m_head + '\n' + act.digest()).hex();
    m_heads.insert(m_head);
}

Result<void> PeopleRoll::change(const PeopleAct& act)
{
    if (act.kind == Kind::Enrol) {
        CORDON_CHECK(m_people.add({act.person, act.name, act.roles, *act.key, act.trainedUntil, false}));
    } else if (act.kind == Kind::AddKey) {
        CORDON_CHECK(m_people.addSecurityKey(act.person, *act.securityKey));
        m_tokens.insert({act.securityKey->credential, act.securityKey->publicKey});
    } else if (act.kind == Kind::RemoveKey) {
        CORDON_CHECK(m_people.removeSecurityKey(act.person, act.credential));
        m_losers.insert(act.person);
    } else if (act.isShared()) {
        Person person = *m_people.find(act.person);
        if (act.kind == Kind::Rekey) {
            person.key = *act.key;
            if (!person.securityKeys.empty()) // all factors were lost, these too
                m_losers.insert(act.person);
            person.securityKeys.clear();
        } else if (act.kind == Kind::Roles) {
            person.roles = act.roles;
        } else if (act.kind == Kind::Train) {
            person.trainedUntil = act.trainedUntil;
        } else {
            person.isRevoked = true;
        }
        CORDON_CHECK(m_people.replace(std::move(person)));
    }
    m_nonces.insert(act.nonce);
    if (act.key)
        m_keys.insert(*act.key);
    if (act.isShared())
        takeHead(act);
    if (m_installation.empty())
        m_installation = m_head;
    return {};
}

} // namespace cordon::govern
