#include "core/engine/known_people.h"

#include "core/engine/people_office.h"
#include "core/record/case_folder.h"
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

} // namespace cordon::engine
