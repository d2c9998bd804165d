#include "core/record/index_file.h"

#include "core/base/log.h"
#include "core/crypto/sha256.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/case_schema.h"
#include "core/store/database.h"

#include <array>

namespace cordon::record {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> companions{"-wal", "-shm"};

fs::path sumPath(const platform::Path& caseFolder)
{
    return caseFolder / "case.db.sum";
}

fs::path fillingPath(const platform::Path& caseFolder)
{
    return caseFolder / "case.db.filling";
}

bool isThere(const fs::path& path)
{
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
}

std::uint64_t sizeOf(const fs::path& path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : size;
}

Result<void> removeFile(const fs::path& path)
{
    std::error_code error;
    fs::remove(path, error);
    if (error)
        return fail(ErrorCode::Io, path.string() + ": " + error.message());
    return {};
}

Result<std::string> digestOf(const fs::path& path)
{
    CORDON_TRY(auto file, platform::File::openForReading(path));
    crypto::Sha256 hash;
    std::string block(1U << 20U, '\0');
    for (;;) {
        CORDON_TRY(const std::size_t count, file.read(block.data(), block.size()));
        if (count == 0)
            return hash.digest().hex();
        hash.update(std::string_view(block).substr(0, count));
    }
}

/// The first `case.db.<what>-N` that is free.
fs::path freeName(const platform::Path& caseFolder, const std::string& what)
{
    for (int number = 1;; ++number) {
        fs::path name = caseFolder / ("case.db." + what + "-" + std::to_string(number));
        if (!isThere(name))
            return name;
    }
}

Result<std::int64_t> versionOf(const fs::path& path)
{
    CORDON_TRY(auto database, store::Database::open(path, store::Database::Mode::ReadWrite));
    CORDON_TRY(auto statement, database.prepare("PRAGMA user_version"));
    CORDON_CHECK(statement.step());
    return statement.integer(0);
}

/// SQLite's own check, which sees damaged pages but not every changed letter. "" when all is well.
Result<std::string> structureProblem(const fs::path& path)
{
    auto database = store::Database::open(path, store::Database::Mode::ReadWrite);
    if (!database)
        return database.error().code == ErrorCode::Corrupt ? Result<std::string>(database.error().detail)
                                                           : fail(database.error());
    auto check = database->prepare("PRAGMA quick_check(1)");
    if (!check)
        return check.error().detail;
    const auto row = check->step();
    if (!row)
        return row.error().code == ErrorCode::Corrupt || row.error().code == ErrorCode::Io
                   ? Result<std::string>(row.error().detail)
                   : fail(row.error());
    const std::string said = check->text(0);
    return said == "ok" ? std::string() : said;
}

/// "" when the index is as it was closed, or when nothing says how that was.
Result<std::string> sumProblem(const platform::Path& caseFolder)
{
    const fs::path index = databasePath(caseFolder);
    const auto sum = platform::readFile(sumPath(caseFolder), 256);
    if (!sum)
        return std::string();
    // Who opened it since, and was no Cordon, left a log of changes or another digest.
    if (sizeOf(fs::path(index).concat("-wal")) > 0)
        return std::string("another program wrote to it since it was closed");
    if (sizeOf(index) > longestSummed)
        return std::string();
    CORDON_TRY(const std::string digest, digestOf(index));
    return *sum == digest + "\n" ? std::string() : std::string("its bytes are not those that it was closed with");
}

/// What the look found wrong, "" for nothing.
Result<std::string> problemOf(const platform::Path& caseFolder)
{
    const fs::path index = databasePath(caseFolder);
    if (fs::is_symlink(fs::symlink_status(index)) || !fs::is_regular_file(index))
        return std::string("it is no plain file");
    if (sizeOf(index) == 0 && sizeOf(fs::path(index).concat("-wal")) == 0)
        return std::string("it is empty");
    CORDON_TRY(std::string problem, sumProblem(caseFolder));
    const bool isSummed = isThere(sumPath(caseFolder));
    if (problem.empty() && !isSummed) {
        CORDON_TRY(problem, structureProblem(index));
    }
    return problem;
}

Result<void> keepCopy(const platform::Path& caseFolder, std::int64_t version, IndexState& state)
{
    const fs::path copy = freeName(caseFolder, "version-" + std::to_string(version));
    CORDON_TRY(auto database, store::Database::open(databasePath(caseFolder), store::Database::Mode::ReadWrite));
    CORDON_TRY(auto into, database.prepare("VACUUM INTO ?"));
    CORDON_CHECK(into.bind(1, copy.string()).run());
    CORDON_CHECK(platform::syncFolder(caseFolder));
    state.copy = copy.filename().string();
    logWarning(caseFolder.string() + ": case.db of version " + std::to_string(version) + " is kept as " + state.copy);
    return {};
}

/// @param kind  what its new name says of it
/// @return the name that it has now; "" when there was none
Result<std::string> setIndexAside(const platform::Path& caseFolder, const std::string& kind)
{
    const fs::path index = databasePath(caseFolder);
    CORDON_CHECK(removeFile(sumPath(caseFolder)));
    if (!isThere(index)) {
        for (const char* companion : companions)
            CORDON_CHECK(removeFile(fs::path(index).concat(companion)));
        return std::string();
    }
    const fs::path aside = freeName(caseFolder, kind);
    CORDON_CHECK(platform::renameWithoutReplacing(index, aside));
    for (const char* companion : companions) {
        const fs::path from = fs::path(index).concat(companion);
        if (isThere(from))
            CORDON_CHECK(platform::renameWithoutReplacing(from, fs::path(aside).concat(companion)));
    }
    CORDON_CHECK(platform::syncFolder(caseFolder));
    return aside.filename().string();
}

} // namespace

bool isIndexSound(const platform::Path& caseFolder)
{
    if (platform::PackedFolder::find(databasePath(caseFolder)))
        return true; // a sealed case is verified as a whole
    if (!isThere(databasePath(caseFolder)) || isThere(fillingPath(caseFolder)))
        return false;
    const auto problem = sumProblem(caseFolder);
    return problem && problem->empty();
}

Result<IndexState> lookAtIndex(const platform::Path& caseFolder, bool isUnwanted)
{
    IndexState state;
    const fs::path index = databasePath(caseFolder);
    if (isThere(fillingPath(caseFolder))) { // what a filling left that did not end is worth nothing
        state.isNew = true;
        state.why = "it was not filled to its end";
        CORDON_CHECK(removeFile(sumPath(caseFolder)));
        CORDON_CHECK(removeFile(index));
    } else if (!isThere(index)) {
        state.isNew = true;
        state.why = "it was missing";
    }
    if (state.isNew) {
        CORDON_TRY([[maybe_unused]] const std::string none, setIndexAside(caseFolder, "damaged"));
        return state;
    }
    if (isUnwanted) {
        state = {true, "it was asked for", {}, {}};
        CORDON_TRY(state.aside, setIndexAside(caseFolder, "replaced"));
        return state;
    }
    CORDON_TRY(state.why, problemOf(caseFolder));
    if (!state.why.empty()) {
        state.isNew = true;
        CORDON_TRY(state.aside, setIndexAside(caseFolder, "damaged"));
        logWarning(caseFolder.string() + ": case.db was damaged (" + state.why + ") and is kept as " + state.aside);
        return state;
    }
    CORDON_TRY(const std::int64_t version, versionOf(index));
    if (version > caseSchemaVersion())
        return fail(ErrorCode::Unsupported, index.string() + ": is of version " + std::to_string(version) +
                                                "; this program knows up to " + std::to_string(caseSchemaVersion()) +
                                                ". Open the case with the newer program.");
    CORDON_CHECK(removeFile(sumPath(caseFolder))); // from here on it is written
    CORDON_CHECK(platform::syncFolder(caseFolder));
    if (version > 0 && version < caseSchemaVersion())
        CORDON_CHECK(keepCopy(caseFolder, version, state));
    return state;
}

Result<void> beginFilling(const platform::Path& caseFolder)
{
    CORDON_CHECK(platform::writeFileAtomically(fillingPath(caseFolder), "case.db is being made anew\n"));
    return platform::syncFolder(caseFolder);
}

Result<void> endFilling(const platform::Path& caseFolder)
{
    CORDON_CHECK(removeFile(fillingPath(caseFolder)));
    return platform::syncFolder(caseFolder);
}

Result<void> sumIndex(const platform::Path& caseFolder)
{
    const fs::path index = databasePath(caseFolder);
    if (isThere(fs::path(index).concat("-wal")) || isThere(fillingPath(caseFolder)) || sizeOf(index) > longestSummed)
        return {};
    CORDON_TRY(const std::string digest, digestOf(index));
    return platform::writeFileAtomically(sumPath(caseFolder), digest + "\n");
}

} // namespace cordon::record
