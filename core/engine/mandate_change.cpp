#include "core/engine/mandate_change.h"

#include "core/base/log.h"
#include "core/engine/people_office.h"
#include "core/govern/mandate_rules.h"
#include "core/govern/mandate_shelf.h"
#include "core/platform/file.h"

namespace cordon::engine {

namespace fs = std::filesystem;

namespace {

/// Whether what lies on the shelf is for another environment, by its own word. Another word could keep a mandate from being
/// found, and an agent without one does nothing.
bool isForElsewhere(const govern::MandateShelf& shelf, const std::string& id, const std::string& environment)
{
    const auto seen = shelf.newest(id);
    if (!seen || !*seen)
        return false;
    Mandate named;
    named.id = id;
    named.revision = (*seen)->revision;
    const auto text = platform::readFile(shelf.fileInForce(named), 1U << 20U);
    const auto parsed = text ? govern::parseMandate(*text, id) : Result<Mandate>(fail(text.error()));
    return parsed && parsed->id == id && parsed->environment != environment;
}

} // namespace

Result<SignedMandate> mandateFromLedger(const Value& entryData, const Mandate::Agent& agent, const fs::path& home)
{
    SignedMandate found;
    found.text = entryData["text"].asString();
    auto parsed = govern::parseMandate(found.text, "the mandate in the ledger");
    if (!parsed)
        return fail(ErrorCode::Untrusted, parsed.error().detail);
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(home));
    std::vector<govern::OwnerKey> owners;
    for (const govern::Person& person : roll.people().all()) {
        if (person.hasRole("owner")) // also who left since: what was signed then stays signed
            owners.push_back({person.id, person.key});
    }
    found.note = entryData["note"].asString();
    found.signers = govern::mandateSigners(*parsed, found.note, owners);
    found.mandate = std::make_shared<const Mandate>(std::move(*parsed));
    const bool isWhole = found.mandate->digest == entryData["digest"].asString() &&
                         found.mandate->agent.id == agent.id && found.mandate->agent.key == agent.key;
    if (!isWhole)
        return fail(ErrorCode::Untrusted, "the mandate in the ledger is not the one that it says it is");
    if (!found.isSigned())
        return fail(ErrorCode::Untrusted, "the mandate in the ledger bears " + std::to_string(found.signers.size()) + " of " +
                                              std::to_string(found.mandate->owner.signaturesToLoad) +
                                              " owners' signatures");
    return found;
}

Result<SignedMandate> mandateForExercise(const fs::path& file, const fs::path& home, const Mandate::Agent& agent)
{
    SignedMandate found;
    CORDON_TRY(found.text, platform::readFile(file, 1U << 20U));
    CORDON_TRY(const Mandate parsed, govern::parseMandate(found.text, file.string()));
    if (!parsed.isExercise())
        return fail(ErrorCode::Denied, file.string() + ": it is for environment '" + parsed.environment +
                                           "'; an exercise takes only a mandate for 'exercise'");
    if (parsed.agent.id != agent.id || parsed.agent.key != agent.key)
        return fail(ErrorCode::Denied, file.string() + ": it is for another agent; this exercise's is {id: \"" +
                                           agent.id + "\", key: \"" + agent.key + "\"}");
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(home)); // not people.json, which anybody could edit
    const std::vector<govern::OwnerKey> owners = govern::ownersAmong(roll.people());
    if (owners.empty())
        return fail(ErrorCode::Untrusted,
                    file.string() + ": no owner is enrolled in " + (home / "people").string() +
                        ", so nobody's signature counts; leave --mandate out to use the exercise's own");
    CORDON_TRY(govern::LoadedMandate loaded, govern::loadMandate(file, owners));
    if (loaded.mandate.digest != parsed.digest)
        return fail(ErrorCode::Conflict, file.string() + ": changed while it was read");
    CORDON_TRY(found.note, platform::readFile(govern::mandateNoteFile(file), 1U << 20U));
    found.mandate = std::make_shared<const Mandate>(std::move(loaded.mandate));
    found.signers = std::move(loaded.signers);
    return found;
}

Result<SignedMandate> mandateInForce(const fs::path& home, const Mandate::Agent& agent, const std::string& environment,
                                     Timestamp now)
{
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(home)); // not people.json, which anybody could edit
    CORDON_TRY(auto witnessed, PeopleOffice::mandates(home));
    const std::vector<govern::OwnerKey> owners = govern::ownersAmong(roll.people());
    const govern::MandateShelf shelf(home / "mandates", std::move(witnessed));
    std::optional<govern::LoadedMandate> found;
    for (const std::string& id : shelf.ids()) {
        auto checked = shelf.inForce(id, owners);
        if (!checked && isForElsewhere(shelf, id, environment)) { // one that cannot be checked could be this agent's
            logWarning("a mandate of another environment does not hold: " + checked.error().detail);
            continue;
        }
        CORDON_TRY(govern::LoadedMandate loaded, std::move(checked));
        const Mandate& mandate = loaded.mandate;
        if (mandate.environment != environment || mandate.agent.id != agent.id || mandate.agent.key != agent.key)
            continue;
        if (now < mandate.validFrom || now >= mandate.validUntil)
            continue;
        if (found)
            return fail(ErrorCode::Conflict, "two mandates are in force for " + agent.id + " in '" + environment + "': " +
                                                 found->mandate.id + " and " + mandate.id + "; let one expire");
        found = std::move(loaded);
    }
    if (!found)
        return fail(ErrorCode::NotFound, "no mandate is in force for agent {id: \"" + agent.id + "\", key: \"" + agent.key +
                                             "\"} in environment '" + environment + "': owners put one in force by cordonctl mandate sign");
    SignedMandate signedMandate;
    const fs::path file = shelf.fileInForce(found->mandate);
    CORDON_TRY(signedMandate.text, platform::readFile(file, 1U << 20U));
    CORDON_TRY(signedMandate.note, platform::readFile(govern::mandateNoteFile(file), 1U << 20U));
    CORDON_TRY(const Mandate again, govern::parseMandate(signedMandate.text, file.string()));
    if (again.digest != found->mandate.digest)
        return fail(ErrorCode::Conflict, file.string() + ": changed while it was read");
    signedMandate.signers = govern::mandateSigners(again, signedMandate.note, owners);
    signedMandate.mandate = std::make_shared<const Mandate>(std::move(found->mandate));
    if (!signedMandate.isSigned())
        return fail(ErrorCode::Conflict, file.string() + ": changed while it was read");
    return signedMandate;
}

} // namespace cordon::engine
