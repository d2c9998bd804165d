#pragma once

#include "core/crypto/random.h"
#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "tests/core/engine/case_fixture.h"

namespace cordon::tests {

/// A person's private key, out of an exercise's own folder.
inline crypto::SigningKey keyOf(const std::filesystem::path& caseFolder, const std::string& person, Timestamp now)
{
    const auto exercise = record::exercisePath(caseFolder);
    for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
        if (row.id != person)
            continue;
        auto unlocked = govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), person)
                            .unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, now);
        if (unlocked)
            return std::move(unlocked->key);
    }
    qFatal("no key of %s", person.c_str());
}

/// A command as people give it: signed with their own key, taken by whoever holds the case.
inline Result<void> give(engine::Pipeline& held, const CaseFixture& fixture, const std::string& person,
                         const crypto::SigningKey& key, const std::string& what, Value args)
{
    govern::Command command;
    command.command = what;
    command.args = std::move(args);
    command.person = person;
    command.issued = fixture.machine.now();
    command.nonce = crypto::randomHex(16);
    command.caseOrigin = held.folder().ledger().origin();
    return held.applySigned(CaseFixture::must(govern::signCommand(command, key)), {});
}
inline Result<void> give(engine::Pipeline& held, const CaseFixture& fixture, const std::string& person,
                         const std::string& what, Value args)
{
    return give(held, fixture, person, keyOf(held.folder().path(), person, fixture.machine.now()), what, std::move(args));
}

} // namespace cordon::tests
