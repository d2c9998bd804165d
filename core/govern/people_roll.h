#pragma once

#include "core/govern/people_act.h"

#include <set>
#include <string>
#include <vector>

namespace cordon::govern {

/// How far an act is from counting.
struct ActStanding
{
    int ownersNeeded = 0;
    std::vector<std::string> owners; ///< who signed as an owner and counts
    bool needsOwn = false;           ///< the signature of the person whom it is about, under the key that it names
    bool hasOwn = false;

    [[nodiscard]] bool isComplete() const
    {
        return static_cast<int>(owners.size()) >= ownersNeeded && (hasOwn || !needsOwn);
    }
};

/// The people of an installation as their signed acts made them, one after the other. Nothing else makes a person: a
/// file that says otherwise is not asked. Source: docs/formats/people.md, "Acts"
class PeopleRoll
{
public:
    [[nodiscard]] const PeopleDirectory& people() const { return m_people; }
    [[nodiscard]] bool isEmpty() const { return m_people.all().empty(); }
    /// Digest of the first act, which names the installation; "" while there is nobody.
    [[nodiscard]] const std::string& installation() const { return m_installation; }
    /// What the next act that travels has to name as its basis.
    [[nodiscard]] const std::string& head() const { return m_head; }
    [[nodiscard]] std::string basisFor(PeopleAct::Kind kind) const;

    /// What an act still lacks. ErrorCode::Denied with the reason code first in the detail when it can never count as
    /// it is: "act_stale", "nonce_used", "person_known", "person_unknown", "key_used", "key_revoked",
    /// "first_is_owner", "last_owner", "security_key_used", "security_key_unknown", "security_key_named",
    /// "security_key_limit".
    [[nodiscard]] Result<ActStanding> judge(const SignedPeopleAct& signedAct) const;
    /// Takes an act in. ErrorCode::Denied "signature_missing: …" while it lacks signatures, else as `judge`.
    [[nodiscard]] Result<PeopleAct> apply(std::string_view block);

private:
    [[nodiscard]] Result<void> checkPlace(const PeopleAct& act) const;
    [[nodiscard]] Result<void> checkPerson(const PeopleAct& act) const;
    [[nodiscard]] Result<void> checkSecurityKey(const PeopleAct& act) const;
    [[nodiscard]] int ownersNeeded(const PeopleAct& act) const;
    [[nodiscard]] int otherOwners(const std::string& person) const;
    [[nodiscard]] Result<void> change(const PeopleAct& act);
    void takeHead(const PeopleAct& act);

    PeopleDirectory m_people;
    std::string m_installation;
    std::string m_head;
    std::set<std::string> m_heads; ///< all there were
    std::set<std::string> m_nonces;
    std::set<crypto::PublicKey> m_keys; ///< ever used; none comes back
    std::set<std::string> m_tokens;     ///< credentials and public keys of security keys that ever counted
    std::set<std::string> m_losers;     ///< people from whom a security key was taken away
};

} // namespace cordon::govern
