#pragma once

#include "core/crypto/random.h"
#include "core/engine/people_office.h"
#include "core/govern/person_vault.h"
#include "core/platform/file.h"

#include <QTest>

#include <map>

namespace cordon::test {

/// Enrols people in an installation as the programs do, but quickly: cheap vaults, keys kept to sign further acts.
/// The first has to be an owner.
class EnrolledPeople
{
public:
    explicit EnrolledPeople(std::filesystem::path home) : m_home(std::move(home)) {}
    /// @param clock  outlives this
    EnrolledPeople(std::filesystem::path home, const MachineClock& clock) : m_home(std::move(home)), m_clock(&clock) {}

    EnrolledPeople(const EnrolledPeople&) = delete;
    EnrolledPeople& operator=(const EnrolledPeople&) = delete;

    /// Every owner enrolled so far signs.
    void enrol(const std::string& id, const std::vector<std::string>& roles, const std::string& pin,
               const std::string& totpSecret = "12345678901234567890")
    {
        govern::NewVault made = must(govern::makeVault(id, crypto::SecretBytes::copyOf(pin),
                                                       crypto::SecretBytes::copyOf(totpSecret), {16, 1, 1}));
        govern::PeopleAct act = draw(govern::PeopleAct::Kind::Enrol, id);
        act.name = id.substr(id.find(':') + 1);
        act.roles = roles;
        act.key = made.key.publicKey();
        act.trainedUntil = m_clock->now() + std::chrono::hours(24 * 30);
        std::string block = must(govern::signPeopleAct(act, id, made.key));
        submit(block);
        const govern::PersonVault place(engine::PeopleOffice::folder(m_home), id);
        done(platform::writeFileAtomically(place.vaultFile(), made.vaultText));
        done(platform::writeFileAtomically(place.stateFile(), govern::newFactorState()));
        if (std::find(roles.begin(), roles.end(), "owner") != roles.end())
            m_owners.emplace(id, std::move(made.key));
    }
    void retire(const std::string& id)
    {
        const auto& [owner, key] = *m_owners.begin();
        submit(must(govern::signPeopleAct(draw(govern::PeopleAct::Kind::Retire, id), owner, key)));
    }
    void giveRoles(const std::string& id, const std::vector<std::string>& roles)
    {
        govern::PeopleAct act = draw(govern::PeopleAct::Kind::Roles, id);
        act.roles = roles;
        const auto& [owner, key] = *m_owners.begin();
        submit(must(govern::signPeopleAct(act, owner, key)));
    }

private:
    govern::PeopleAct draw(govern::PeopleAct::Kind kind, const std::string& person)
    {
        const auto office = must(engine::PeopleOffice::open(m_home, *m_clock));
        govern::PeopleAct act;
        act.kind = kind;
        act.basis = office.roll().basisFor(kind);
        act.person = person;
        act.issued = m_clock->now();
        act.nonce = crypto::randomHex(16);
        return act;
    }
    void submit(std::string block)
    {
        for (const auto& [owner, key] : m_owners)
            block = must(govern::addSignature(block, owner, key));
        auto office = must(engine::PeopleOffice::open(m_home, *m_clock));
        if (!must(office.submit(block)).isTaken)
            qFatal("an act was not taken");
    }
    template<class T> static T must(Result<T> result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
        return std::move(*result);
    }
    static void done(const Result<void>& result)
    {
        if (!result)
            qFatal("%s", result.error().detail.c_str());
    }

    std::filesystem::path m_home;
    MachineClock m_machine;
    const MachineClock* m_clock = &m_machine;
    std::map<std::string, crypto::SigningKey> m_owners;
};

} // namespace cordon::test
