#include "core/govern/mandate_shelf.h"

#include "core/govern/mandate_rules.h"
#include "core/govern/small_file.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::govern {
namespace {

namespace fs = std::filesystem;

constexpr const char* markFile = "newest.json";

fs::path fileOf(const fs::path& folder, std::int64_t revision)
{
    return folder / ("revision-" + std::to_string(revision) + ".mandate.yaml");
}

/// An id names a folder, so it may hold nothing that leads elsewhere.
bool isFolderName(const std::string& id)
{
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    return !id.empty() && id.size() <= 64 && id.front() != '.' && std::all_of(id.begin(), id.end(), isPlain);
}

} // namespace

std::vector<OwnerKey> ownersAmong(const PeopleDirectory& people)
{
    std::vector<OwnerKey> owners;
    for (const Person& person : people.all()) {
        if (person.hasRole("owner") && !person.isRevoked)
            owners.push_back({person.id, person.key});
    }
    return owners;
}

MandateShelf::MandateShelf(fs::path folder, std::map<std::string, SeenRevision> witnessed)
    : m_folder(std::move(folder))
    , m_witnessed(std::move(witnessed))
{}

std::optional<SeenRevision> MandateShelf::witnessed(const std::string& id) const
{
    const auto found = m_witnessed.find(id);
    return found == m_witnessed.end() ? std::nullopt : std::optional(found->second);
}

fs::path MandateShelf::folderOf(const std::string& id) const
{
    return m_folder / id;
}

Result<std::optional<SeenRevision>> MandateShelf::newest(const std::string& id) const
{
    CORDON_TRY(const std::optional<SeenRevision> here, mark(id));
    const std::optional<SeenRevision> known = witnessed(id);
    const bool isLower = known && (!here || here->revision < known->revision ||
                                   (here->revision == known->revision && here->digest != known->digest));
    if (isLower) {
        return fail(ErrorCode::Corrupt, (folderOf(id) / markFile).string() + (here ? ": lowered" : ": gone") +
                                            ", though revision " + std::to_string(known->revision) +
                                            " was in force here; put that or a higher one in force again");
    }
    return here;
}

Result<std::optional<SeenRevision>> MandateShelf::mark(const std::string& id) const
{
    if (!isFolderName(id))
        return fail(ErrorCode::Invalid, "'" + id + "' cannot be the id of a mandate in force: letters, digits, - _ .");
    const fs::path file = folderOf(id) / markFile;
    const auto text = readSmallFile(file);
    if (!text && text.error().code == ErrorCode::NotFound)
        return std::optional<SeenRevision>();
    const auto value = text ? json::parse(*text) : Result<Value>(fail(text.error()));
    const bool isMark =
        value && (*value)["revision"].isInt() && (*value)["revision"].asInt() > 0 && (*value)["digest"].isString();
    if (!isMark)
        return fail(ErrorCode::Corrupt, file.string() + ": unreadable, so no revision can be shown to be newer");
    return std::optional<SeenRevision>({(*value)["revision"].asInt(), (*value)["digest"].asString()});
}

Result<LoadedMandate> MandateShelf::put(const fs::path& file, const std::vector<OwnerKey>& owners,
                                        const std::function<Result<void>(const Mandate&)>& witness)
{
    CORDON_TRY(LoadedMandate loaded, loadMandate(file, owners));
    const Mandate& mandate = loaded.mandate;
    if (mandate.isExercise())
        return fail(ErrorCode::Denied, file.string() + ": a mandate of an exercise is in force only in its case");
    CORDON_TRY([[maybe_unused]] const auto before, mark(mandate.id)); // an id that can name no folder makes none
    const fs::path folder = folderOf(mandate.id);
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return fail(ErrorCode::Io, folder.string() + ": " + problem.message());
    CORDON_TRY(const FileLock lock, FileLock::take(folder / "put.lock")); // two at once lower no mark
    CORDON_TRY(std::optional<SeenRevision> seen, mark(mandate.id));
    if (const auto known = witnessed(mandate.id); known && (!seen || seen->revision <= known->revision))
        seen = known;
    const bool isSame = seen && seen->revision == mandate.revision && seen->digest == mandate.digest;
    if (seen && !isSame && mandate.revision <= seen->revision)
        return fail(ErrorCode::Conflict, file.string() + ": revision " + std::to_string(mandate.revision) +
                                             " is not above revision " + std::to_string(seen->revision) +
                                             ", which was in force");
    CORDON_TRY(const std::string text, readSmallFile(file));
    CORDON_TRY(const std::string note, readSmallFile(mandateNoteFile(file)));
    // The mark last: a crash before it leaves the older revision in force, or none.
    if (witness)
        CORDON_CHECK(witness(mandate));
    const fs::path place = fileOf(folder, mandate.revision);
    CORDON_CHECK(writeSmallFile(mandateNoteFile(place), note));
    CORDON_CHECK(writeSmallFile(place, text));
    CORDON_CHECK(writeSmallFile(
        folder / markFile, json::write(Value::Object{{"revision", mandate.revision}, {"digest", mandate.digest}})));
    return loaded;
}

Result<LoadedMandate> MandateShelf::inForce(const std::string& id, const std::vector<OwnerKey>& owners) const
{
    CORDON_TRY(const std::optional<SeenRevision> seen, newest(id));
    if (!seen)
        return fail(ErrorCode::NotFound, (m_folder / id).string() + ": no mandate of this id was put in force");
    const fs::path file = fileOf(folderOf(id), seen->revision);
    CORDON_TRY(LoadedMandate loaded, loadMandate(file, owners, seen->revision));
    if (loaded.mandate.id != id || loaded.mandate.digest != seen->digest)
        return fail(ErrorCode::Conflict, file.string() + ": not the mandate that was put in force");
    return loaded;
}

fs::path MandateShelf::fileInForce(const Mandate& mandate) const
{
    return fileOf(folderOf(mandate.id), mandate.revision);
}

std::vector<std::string> MandateShelf::ids() const
{
    std::vector<std::string> found;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, problem)) {
        if (fs::exists(entry.path() / markFile, problem) || m_witnessed.contains(entry.path().filename().string()))
            found.push_back(entry.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace cordon::govern
