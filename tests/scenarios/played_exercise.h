#pragma once

#include "core/record/case_sealing.h"
#include "core/record/sealed_audit.h"
#include "core/tenant/tenant.h"
#include "tests/core/engine/signed_orders.h"

namespace cordon::tests {

/// A shipped exercise, played to the end of its log, and people who decide.
struct PlayedExercise
{
    CaseFixture fixture;
    CaseFixture::Held held;

    explicit PlayedExercise(const char* name)
    {
        engine::EngineOptions options = fixture.options(name);
        options.logs.clear();
        held = fixture.run(options);
    }
    /// On some other log, with a tenant derived from it.
    explicit PlayedExercise(const std::vector<std::filesystem::path>& logs)
    {
        engine::EngineOptions options = fixture.options("from-log");
        options.logs = logs;
        held = fixture.run(options);
    }

    [[nodiscard]] Step* step(const std::string& verb, const std::string& target = {}) const
    {
        return CaseFixture::step(*held, verb, target);
    }
    [[nodiscard]] std::vector<Step*> steps(const std::string& verb) const
    {
        std::vector<Step*> all;
        for (const auto& [id, file] : held->files()) {
            for (const Step& one : file.plan.steps) {
                if (one.action.type == verb)
                    all.push_back(held->fileOfStep(one.id)->step(one.id));
            }
        }
        return all;
    }
    /// One person signs what the step asks for. @param slot  1 for the first to sign, 2 for the second; @return what came of it, in the engine's words
    Result<void> sign(const Step* step, const char* person, int slot = 0)
    {
        const govern::StepUpResult answer = fixture.answer(*held, step->request, person, true, slot);
        if (answer.reply.empty())
            return fail(ErrorCode::Denied, answer.reason);
        return held->apply(engine::SubmitReply{answer.reply}, {});
    }
    /// Everybody who is needed signs.
    void approve(const Step* step, const char* first = "user:analyst-a", const char* second = "user:commander-a")
    {
        const bool isDestructive = step->decision->tier == Tier::T3;
        CaseFixture::must(sign(step, first));
        if (isDestructive)
            CaseFixture::must(sign(step, second, 2));
    }
    void pass(Duration time)
    {
        fixture.machine.pass(time);
        held->clock().tick(time);
        CaseFixture::must(held->tick({}));
    }
    [[nodiscard]] tenant::Tenant contents() const
    {
        return CaseFixture::must(tenant::Tenant::open(record::tenantPath(fixture.folder()), held->clock()));
    }
    /// Somebody else changes the tenant.
    void changeOutside(const EntityRef& entity, const std::string& attribute, const Value& value) const
    {
        tenant::Tenant own = contents();
        CaseFixture::must(own.setState(entity, attribute, value, "user:somebody"));
    }
    [[nodiscard]] Value outside(const EntityRef& entity, const std::string& attribute) const
    {
        tenant::Tenant own = contents();
        return CaseFixture::must(own.state(entity, attribute)).value;
    }
    /// What the change records of the tenant say, oldest first.
    [[nodiscard]] std::vector<std::string> changeNotes() const
    {
        tenant::Tenant own = contents();
        auto find = CaseFixture::must(own.database().prepare("SELECT text FROM change_note ORDER BY id"));
        std::vector<std::string> notes;
        while (CaseFixture::must(find.step()))
            notes.push_back(find.text(0));
        return notes;
    }
    /// Entries of that type about the step, oldest first.
    [[nodiscard]] std::vector<LedgerEntry> entriesOf(const Step* step, const std::string& type) const
    {
        std::vector<LedgerEntry> entries;
        for (LedgerEntry& entry : fixture.ledger(type)) {
            if (entry.data["step"].asString() == step->id)
                entries.push_back(std::move(entry));
        }
        return entries;
    }
    /// The case is closed, its record holds, and so does the one file that it is sealed into. @return "" or what does not
    [[nodiscard]] std::string sealedAndVerified()
    {
        CaseFixture::must(held->finish());
        held.reset();
        const record::VerifyReport folder = fixture.verdict();
        if (folder.verdict != record::VerifyReport::Verdict::Ok)
            return folder.toText();
        record::SealOptions options;
        options.home = fixture.home();
        options.sealedBy = "user:analyst-a";
        options.program = "test";
        const auto out = fixture.path("sealed.cordonz");
        if (const auto sealed = record::sealCase(fixture.folder(), out, options, fixture.machine); !sealed)
            return sealed.error().detail;
        const auto opened = CaseFixture::must(record::SealedCase::open(out));
        record::AuditOptions audit;
        audit.home = fixture.home();
        const auto report = CaseFixture::must(record::auditSealed(*opened, std::move(audit), {}));
        return report.exitStatus() == 0 ? std::string() : report.toText();
    }
};

inline bool isMissing(const Step* step, const std::string& what)
{
    if (!step->decision)
        return false;
    const auto& missing = step->decision->missing;
    return std::find(missing.begin(), missing.end(), what) != missing.end();
}

inline std::string noteOf(const Step* step)
{
    return words::english(step->note);
}

} // namespace cordon::tests

/// Compares with "" and says what is wrong.
#define VERIFY_SOUND(exercise)                                                                                         \
    do {                                                                                                               \
        const std::string problem = (exercise).sealedAndVerified();                                                    \
        QVERIFY2(problem.empty(), problem.c_str());                                                                    \
    } while (false)
