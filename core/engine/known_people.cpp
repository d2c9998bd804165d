#include "core/engine/known_people.h"

#include "core/engine/people_office.h"
#include "core/govern/small_file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger.h"
#include "core/record/ledger_reader.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// A key in a person's hands.
struct Tenure
{
    std::string person;
    crypto::PublicKey key;
    Timestamp from;
    std::optional<Timestamp> until;
};

void take(std::vector<Tenure>& tenures, const govern::PeopleAct& act, Timestamp takenIn)
{
    using Kind = govern::PeopleAct::Kind;
    if (act.kind != Kind::Enrol && act.kind != Kind::Rekey && act.kind != Kind::Retire)
        return;
    for (Tenure& tenure : tenures) {
        if (tenure.person == act.person && !tenure.until)
            tenure.until = takenIn;
    }
    if (act.key)
        tenures.push_back({act.person, *act.key, std::min(act.issued, takenIn), {}});
}

} // namespace

Result<std::optional<record::KnownPeople>> knownPeople(const std::filesystem::path& home)
{
    const auto folder = PeopleOffice::folder(home);
    if (home.empty() || !record::isCase(folder))
        return std::optional<record::KnownPeople>();
    CORDON_TRY([[maybe_unused]] const govern::PeopleRoll checked, PeopleOffice::roll(home));
    record::KnownPeople known;
    std::vector<Tenure> tenures;
    CORDON_CHECK(record::eachEntry(folder, 0, [&](const LedgerEntry& entry) {
        if (entry.type == "ledger.genesis") {
            if (const auto root = crypto::PublicKey::parse(entry.data["public_key"].asString()))
                known.root = *root;
        } else if (const auto act = govern::PeopleAct::fromValue(entry.data["act"])) {
            take(tenures, *act, entry.ts);
        }
        return true;
    }));
    known.isTheirs = [tenures = std::move(tenures)](const std::string& person, const crypto::PublicKey& key, Timestamp at) {
        return std::any_of(tenures.begin(), tenures.end(), [&](const Tenure& tenure) {
            return tenure.person == person && tenure.key == key && tenure.from <= at && (!tenure.until || at <= *tenure.until);
        });
    };
    return std::optional(std::move(known));
}

Result<std::string> ownerLines(const std::filesystem::path& home)
{
    CORDON_TRY(const govern::PeopleRoll roll, PeopleOffice::roll(home));
    std::map<std::string, std::string> lines; // by id, which is their order
    for (const govern::Person& person : roll.people().all()) {
        if (person.hasRole("owner") && !person.isRevoked)
            lines[person.id] = "owner " + person.id + " " + person.key.toString() + "\n";
    }
    std::string text;
    for (const auto& [id, line] : lines)
        text += line;
    return text;
}

Result<void> noteRevokedKey(const std::filesystem::path& home, const MachineClock& clock, const std::string& origin,
                            const std::string& order)
{
    const auto folder = PeopleOffice::folder(home);
    if (!record::isCase(folder))
        return {};
    CORDON_TRY(const govern::FileLock lock, govern::FileLock::take(folder / "office.lock"));
    CORDON_TRY([[maybe_unused]] const govern::PeopleRoll checked, PeopleOffice::roll(home));
    CORDON_TRY(record::Ledger ledger, record::Ledger::open(folder, record::LogKeys(home), clock));
    LedgerDraft draft;
    draft.type = "case.key_revoked";
    draft.actor = {Actor::Kind::Engine, "cordon"};
    draft.data = Value::Object{{"origin", origin}, {"order", order}};
    CORDON_CHECK(ledger.append(std::move(draft)));
    CORDON_CHECK(ledger.checkpoint());
    return {};
}

} // namespace cordon::engine
