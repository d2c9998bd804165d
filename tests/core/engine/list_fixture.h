#pragma once

#include "core/crypto/random.h"
#include "core/engine/evidence_copies.h"
#include "core/govern/person_vault.h"
#include "core/govern/signed_command.h"
#include "tests/core/engine/case_fixture.h"

namespace cordon::tests {

/// A case on the small attack into which a person brings lists.
class ListFixture
{
public:
    std::unique_ptr<CaseFixture> fixture;
    CaseFixture::Held held;

    void begin()
    {
        held.reset();
        fixture = std::make_unique<CaseFixture>();
        held = fixture->run();
    }

    /// The bytes are sealed, and an analyst signs for them.
    Result<void> bring(const std::string& command, const std::string& text, Value more = Value::Object{})
    {
        const auto exercise = record::exercisePath(fixture->folder());
        const std::string person = "user:analyst-a";
        std::ofstream(fixture->path("list.txt"), std::ios::binary) << text;
        const Digest digest = CaseFixture::must(engine::sealFile(
            CaseFixture::must(engine::vaultOf(fixture->folder(), fixture->home())), fixture->path("list.txt")));
        for (const engine::PersonRow& row : CaseFixture::must(engine::ExerciseParties::banner(exercise))) {
            if (row.id != person)
                continue;
            const auto unlocked =
                govern::PersonVault(engine::ExerciseParties::peopleFolder(exercise), person)
                    .unlock(crypto::SecretBytes::copyOf(row.pin), std::nullopt, fixture->machine.now());
            if (!unlocked)
                return fail(ErrorCode::Denied, person);
            more.set("digest", digest.hex());
            more.set("source", "list.txt");
            govern::Command order;
            order.command = command;
            order.args = std::move(more);
            order.person = person;
            order.issued = fixture->machine.now();
            order.nonce = crypto::randomHex(16);
            order.caseOrigin = held->folder().ledger().origin();
            return held->applySigned(CaseFixture::must(govern::signCommand(order, unlocked->key)), {});
        }
        return fail(ErrorCode::NotFound, person);
    }
};

} // namespace cordon::tests
