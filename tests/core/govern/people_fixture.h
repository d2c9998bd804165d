#pragma once

#include "core/crypto/random.h"
#include "core/govern/people_roll.h"
#include "core/value/json.h"

#include <QTest>

#include <map>

namespace cordon::govern::fixture {

/// Draws acts up and signs them with keys that it makes for whoever is named.
class PeopleMaker
{
public:
    PeopleRoll roll;

    const crypto::SigningKey& key(const std::string& person)
    {
        auto place = m_keys.find(person);
        if (place == m_keys.end())
            place = m_keys.emplace(person, crypto::SigningKey::generate()).first;
        return place->second;
    }
    /// From now on the person signs with another key.
    const crypto::SigningKey& newKey(const std::string& person)
    {
        m_keys.erase(person);
        return key(person);
    }

    PeopleAct act(PeopleAct::Kind kind, const std::string& person) const
    {
        PeopleAct made;
        made.kind = kind;
        made.basis = roll.basisFor(kind);
        made.person = person;
        made.issued = Timestamp::fromMicros(1'780'000'000'000'000);
        made.nonce = crypto::randomHex(16);
        return made;
    }
    PeopleAct enrol(const std::string& person, std::vector<std::string> roles)
    {
        PeopleAct made = act(PeopleAct::Kind::Enrol, person);
        made.name = "Somebody";
        made.roles = std::move(roles);
        made.key = key(person).publicKey();
        return made;
    }

    std::string signedBy(const PeopleAct& made, const std::vector<std::string>& signers)
    {
        std::string block = must(signPeopleAct(made, signers.front(), key(signers.front())));
        for (std::size_t i = 1; i < signers.size(); ++i)
            block = must(addSignature(block, signers[i], key(signers[i])));
        return block;
    }
    /// "" when it counted, else its reason code.
    std::string why(const PeopleAct& made, const std::vector<std::string>& signers)
    {
        return why(signedBy(made, signers));
    }
    std::string why(const std::string& block)
    {
        const auto taken = roll.apply(block);
        return taken ? std::string() : taken.error().detail.substr(0, taken.error().detail.find(':'));
    }

    /// Three owners and an analyst, properly admitted.
    void fill()
    {
        const bool isDone = why(enrol(ownerA, {"owner"}), {ownerA}).empty() &&
                            why(enrol(ownerB, {"owner"}), {ownerB, ownerA}).empty() &&
                            why(enrol(ownerC, {"owner"}), {ownerC, ownerA, ownerB}).empty() &&
                            why(enrol(analyst, {"analyst"}), {analyst, ownerA}).empty();
        if (!isDone)
            qFatal("the fixture's people were not taken");
    }

    inline static const std::string ownerA = "user:owner-a";
    inline static const std::string ownerB = "user:owner-b";
    inline static const std::string ownerC = "user:owner-c";
    inline static const std::string analyst = "user:analyst-a";

private:
    template<class T> static T must(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
        return std::move(*result);
    }
    std::map<std::string, crypto::SigningKey> m_keys;
};

} // namespace cordon::govern::fixture
