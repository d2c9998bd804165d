// What follows from the ledger of people, done again where a crash came between the two.
#include "core/engine/people_office.h"
#include "core/govern/enrolment.h"
#include "core/govern/small_file.h"
#include "core/record/case_folder.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

namespace cordon::engine {
namespace {

namespace fs = std::filesystem;

bool isAnyVaultWaiting(const fs::path& people)
{
    std::error_code none;
    for (const auto& item : fs::directory_iterator(people / "pending", none)) {
        if (item.path().extension() == ".json")
            return true;
    }
    return false;
}

bool isFileBehind(const fs::path& people, const govern::PeopleDirectory& directory)
{
    const auto text = govern::readSmallFile(people / "people.json");
    return !text || *text != json::writePretty(directory.toValue());
}

} // namespace

/// Looks first and takes the lock only when there is something to do.
Result<void> PeopleOffice::catchUp() const
{
    const fs::path people = folder(m_home);
    if (!record::isCase(people) || m_roll.isEmpty())
        return {};
    if (!isAnyVaultWaiting(people) && !isFileBehind(people, m_roll.people()))
        return {};
    CORDON_TRY(const govern::FileLock lock, govern::FileLock::take(people / "office.lock"));
    CORDON_TRY(const govern::PeopleRoll now, roll(m_home)); // another process may have been at it
    CORDON_CHECK(catchUpVaults());
    return isFileBehind(people, now.people()) ? now.people().save(people) : Result<void>();
}

/// The vault of whoever has the key of its act today. One whose act counts no more opens nothing and is taken away.
Result<void> PeopleOffice::catchUpVaults() const
{
    const fs::path people = folder(m_home);
    if (!isAnyVaultWaiting(people))
        return {};
    CORDON_TRY(const govern::PeopleRoll now, roll(m_home));
    Result<void> done;
    CORDON_CHECK(record::eachEntry(people, 0, [&](const LedgerEntry& entry) {
        const auto read = govern::readPeopleAct(entry.data["block"].asString());
        if (!read || !read->act.key)
            return true;
        const govern::Person* person = now.people().find(read->act.person);
        if (person && person->key == *read->act.key) {
            if (const auto put = govern::activateVault(people, read->act); !put)
                done = fail(put.error());
        } else {
            std::error_code ignored;
            fs::remove(people / "pending" / (read->act.nonce + ".json"), ignored);
        }
        return done.has_value();
    }));
    return done;
}

} // namespace cordon::engine
