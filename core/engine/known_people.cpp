#include "core/engine/known_people.h"

#include "core/base/log.h"
#include "core/engine/people_office.h"
#include "core/govern/small_file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger.h"
#include "core/record/ledger_reader.h"

#include <algorithm>
#include <memory>

namespace cordon::engine {
namespace {

/// A key in a person's hands, and what they might do meanwhile.
struct Tenure
{
    std::string person;
    crypto::PublicKey key;
    std::vector<std::string> roles;
    Timestamp from;
    std::optional<Timestamp> until = {};

    [[nodiscard]] bool isAt(Timestamp at) const { return from <= at && (!until || at <= *until); }
};

void take(std::vector<Tenure>& tenures, const govern::PeopleAct& act, Timestamp takenIn)
{
    using Kind = govern::PeopleAct::Kind;
    if (act.kind != Kind::Enrol && act.kind != Kind::Rekey && act.kind != Kind::Retire && act.kind != Kind::Roles)
        return;
    std::optional<Tenure> before;
    for (Tenure& tenure : tenures) {
        if (tenure.person != act.person || tenure.until)
            continue;
        tenure.until = takenIn;
        before = tenure;
    }
    const std::vector<std::string> roles = act.kind == Kind::Rekey && before ? before->roles : act.roles;
    if (act.kind == Kind::Roles && before)
        tenures.push_back({act.person, before->key, roles, takenIn});
    else if (act.key)
        tenures.push_back({act.person, *act.key, roles, std::min(act.issued, takenIn)});
}

void tell(record::KnownPeople& known, std::vector<Tenure> all)
{
    const auto tenures = std::make_shared<const std::vector<Tenure>>(std::move(all));
    const auto isAny = [tenures](const std::string& person, Timestamp at, const auto& holds) {
        return std::any_of(tenures->begin(), tenures->end(), [&](const Tenure& tenure) {
            return tenure.person == person && tenure.isAt(at) && holds(tenure);
        });
    };
    known.isTheirs = [isAny](const std::string& person, const crypto::PublicKey& key, Timestamp at) {
        return isAny(person, at, [&](const Tenure& tenure) { return tenure.key == key; });
    };
    known.hasRole = [isAny](const std::string& person, const std::string& role, Timestamp at) {
        return isAny(person, at, [&](const Tenure& tenure) {
            return std::find(tenure.roles.begin(), tenure.roles.end(), role) != tenure.roles.end();
        });
    };
    known.keysOf = [tenures](const std::string& person, Timestamp at) {
        std::vector<crypto::PublicKey> keys;
        for (const Tenure& tenure : *tenures) {
            if (tenure.person == person && tenure.isAt(at))
                keys.push_back(tenure.key);
        }
        return keys;
    };
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
        } else if (const auto read = govern::readPeopleAct(entry.data["block"].asString())) {
            take(tenures, read->act, entry.ts); // what was signed, and not what the entry says of it
        }
        return true;
    }));
    tell(known, std::move(tenures));
    return std::optional(std::move(known));
}

std::optional<record::KnownPeople> knownOrNobody(const std::filesystem::path& home)
{
    auto known = knownPeople(home);
    if (known && *known)
        return std::move(*known);
    if (!known)
        logWarning(known.error().detail);
    const auto root = record::LogKeys(home).installationRoot();
    if (!root || !*root)
        return {};
    record::KnownPeople nobody;
    nobody.root = **root;
    tell(nobody, {});
    return nobody;
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
