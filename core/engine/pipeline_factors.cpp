// Wrong tries at a person's factors. They happen in the step-up program, which writes into no case; their count stands
// beside the person's vault, and the case tells of it.
#include "core/engine/exercise_parties.h"
#include "core/engine/people_office.h"
#include "core/engine/pipeline.h"
#include "core/govern/person_vault.h"

namespace cordon::engine {

Result<void> Pipeline::noteWrongTries()
{
    const std::filesystem::path own = ExerciseParties::peopleFolder(record::exercisePath(m_folder->path()));
    for (const govern::Person& person : m_desk.people.all()) {
        const govern::PersonVault here(own, person.id);
        std::error_code none;
        const bool isHere = isExercise() && std::filesystem::exists(here.vaultFile(), none);
        const auto tries = isHere ? here.wrongTries()
                                  : govern::PersonVault(PeopleOffice::folder(m_options.home), person.id).wrongTries();
        if (!tries) // no vault on this machine, or somebody is at it now: looked at again
            continue;
        const auto before = m_wrongTries.find(person.id);
        if (tries->failures == 0) {
            m_wrongTries.erase(person.id);
            continue;
        }
        if (before != m_wrongTries.end() && before->second == tries->failures)
            continue;
        LedgerDraft draft;
        draft.type = "factor.failures";
        draft.actor = {Actor::Kind::Engine, "cordon"};
        draft.data = Value::Object{{"person", person.id}, {"failures", tries->failures}};
        if (tries->lockedUntil > Timestamp())
            draft.data.set("locked_until", tries->lockedUntil.toString());
        CORDON_TRY([[maybe_unused]] const LedgerEntry entry, m_journal->write(std::move(draft)));
        m_wrongTries[person.id] = tries->failures;
        notify(Text{"engine.wrong_tries", {{"person", person.id}, {"failures", std::to_string(tries->failures)}}}, true);
    }
    return {};
}

} // namespace cordon::engine
