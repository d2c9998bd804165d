#include "core/record/index_file.h"

#include "core/base/log.h"
#include "core/crypto/sha256.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/case_queries.h"
#include "core/record/case_schema.h"
#include "core/record/index_audit.h"
#include "core/record/log_keys.h"
#include "core/store/database.h"

#include <algorithm>
#include <array>

namespace cordon::record {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 2> companions{"-wal", "-shm"};
constexpr std::size_t signatureDigits = 128;
constexpr std::string_view openMark = "open ";

std::string signedSum(const std::string& digest)
{
    return "cordon.index-sum.v1\n" + digest + "\n";
}

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

/// Nothing when it cannot be told.
std::optional<std::int64_t> versionOf(const fs::path& path)
{
    if (!fs::is_regular_file(fs::symlink_status(path)))
        return std::nullopt;
    const auto reader = CaseIndexReader::openToJudge(path);
    auto version = reader ? (*reader)->database().prepare("PRAGMA user_version") : fail(reader.error());
    const auto hasRow = version ? version->step() : fail(version.error());
    return hasRow && *hasRow ? std::optional(version->integer(0)) : std::nullopt;
}

/// What is compared where no signed digest says how the index was closed. "" when it is what the ledger says; entries that
/// it lacks are brought in by the opening.
/// @param openedAt  size of the ledger when a process of this installation began to write the index and never closed it
Result<std::string> ledgerProblem(const platform::Path& caseFolder, std::optional<std::int64_t> openedAt)
{
    CORDON_TRY(const IndexFindings found, examineIndex(caseFolder, databasePath(caseFolder)));
    if (!found.problems.empty())
        return found.problems.front().second;
    const bool wasCrash = openedAt && *openedAt > found.namedBy;
    return found.gaps.empty() || (wasCrash && !found.isDamaged) ? std::string() : found.gaps.front();
}

std::string signedText(const std::string& said, const crypto::SigningKey& key)
{
    return said + "\n" + toHex(key.sign(signedSum(said))) + "\n";
}

/// What the sum's file says.
struct Sum
{
    std::string said; ///< digest, or that it is open; "" when there is none, or of a program that signed none
    bool isOwn = false; ///< signed by the case's key
    [[nodiscard]] std::optional<std::int64_t> openedAt() const
    {
        if (!isOwn || !said.starts_with(openMark))
            return std::nullopt;
        return std::atoll(said.c_str() + openMark.size());
    }
};

Sum sumOf(const platform::Path& caseFolder, const crypto::PublicKey& key)
{
    const auto text = platform::readFile(sumPath(caseFolder), 512);
    if (!text)
        return {};
    Sum sum{text->substr(0, text->find('\n'))};
    const auto bytes =
        fromHex(std::string_view(*text).substr(std::min(sum.said.size() + 1, text->size())).substr(0, signatureDigits));
    crypto::Signature signature{};
    if (!bytes || bytes->size() != signature.size())
        return {};
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    sum.isOwn = key.verifies(bytesOf(signedSum(sum.said)), signature);
    return sum;
}

/// Nothing when no sum tells how the index was closed; "" when it is as it was closed.
Result<std::optional<std::string>> sumProblem(const platform::Path& caseFolder, const Sum& sum)
{
    if (sum.said.empty() || sum.openedAt())
        return std::optional<std::string>();
    if (!sum.isOwn)
        return std::optional(std::string("its digest is not signed by this case's key"));
    // Who opened it since, and was no Cordon, left a log of changes or another digest.
    const fs::path index = databasePath(caseFolder);
    if (sizeOf(fs::path(index).concat("-wal")) > 0)
        return std::optional(std::string("another program wrote to it since it was closed"));
    CORDON_TRY(const std::string digest, digestOf(index));
    return std::optional(sum.said == digest ? std::string() : std::string("its bytes are not those that it was closed with"));
}

/// What the look found wrong, "" for nothing.
Result<std::string> problemOf(const platform::Path& caseFolder, const crypto::PublicKey& key)
{
    const fs::path index = databasePath(caseFolder);
    if (fs::is_symlink(fs::symlink_status(index)) || !fs::is_regular_file(index))
        return std::string("it is no plain file");
    if (sizeOf(index) == 0 && sizeOf(fs::path(index).concat("-wal")) == 0)
        return std::string("it is empty");
    const Sum sum = sumOf(caseFolder, key);
    CORDON_TRY(const auto problem, sumProblem(caseFolder, sum));
    return problem ? Result<std::string>(*problem) : ledgerProblem(caseFolder, sum.openedAt());
}

/// Another process writes it now.
bool isHeldElsewhere(const platform::Path& caseFolder)
{
    auto lock = platform::File::openForReading(caseFolder / "holder.lock");
    const auto taken = lock ? lock->lock() : Result<void>();
    return !taken && taken.error().code == ErrorCode::Conflict;
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

IndexTrust trustInIndex(const platform::Path& caseFolder, const platform::Path& home)
{
    if (platform::PackedFolder::find(databasePath(caseFolder)))
        return IndexTrust::Sound; // a sealed case is verified as a whole
    if (!isThere(databasePath(caseFolder)) || isThere(fillingPath(caseFolder)))
        return isHeldElsewhere(caseFolder) ? IndexTrust::InUse : IndexTrust::None;
    const auto origin = caseOrigin(caseFolder);
    const auto key = origin ? LogKeys(home).caseKey(*origin) : fail(origin.error());
    const auto summed = key ? sumProblem(caseFolder, sumOf(caseFolder, key->publicKey())) : Result<std::optional<std::string>>(std::nullopt);
    if (summed && *summed)
        return (*summed)->empty() ? IndexTrust::Sound : IndexTrust::None;
    if (isHeldElsewhere(caseFolder)) // a holder puts a mark in the digest's place before it writes
        return IndexTrust::InUse;
    const auto found = examineIndex(caseFolder, databasePath(caseFolder));
    return found && found->isProven() ? IndexTrust::Sound : IndexTrust::None;
}

Result<IndexState> lookAtIndex(const platform::Path& caseFolder, const crypto::PublicKey& key, bool isUnwanted)
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
    const std::int64_t version = versionOf(index).value_or(0);
    if (version > caseSchemaVersion())
        return fail(ErrorCode::Unsupported, index.string() + ": is of version " + std::to_string(version) +
                                                "; this program knows up to " + std::to_string(caseSchemaVersion()) +
                                                ". Open the case with the newer program.");
    const bool isOlder = version > 0 && version < caseSchemaVersion();
    CORDON_TRY(state.why, problemOf(caseFolder, key));
    if (!state.why.empty()) {
        state.isNew = true;
        CORDON_TRY(state.aside, setIndexAside(caseFolder, isOlder ? "version-" + std::to_string(version) : "damaged"));
        logWarning(caseFolder.string() + ": case.db is not believed (" + state.why + ") and is kept as " + state.aside);
        return state;
    }
    if (isOlder)
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

Result<void> markIndexOpen(const platform::Path& caseFolder, const crypto::SigningKey& key, std::int64_t entries)
{
    CORDON_CHECK(platform::writeFileAtomically(sumPath(caseFolder), signedText(std::string(openMark) + std::to_string(entries), key)));
    return platform::syncFolder(caseFolder);
}

Result<void> sumIndex(const platform::Path& caseFolder, const crypto::SigningKey& key)
{
    const fs::path index = databasePath(caseFolder);
    if (isThere(fs::path(index).concat("-wal")) || isThere(fillingPath(caseFolder)) || sizeOf(index) > longestSummed)
        return {};
    CORDON_TRY(const std::string digest, digestOf(index));
    return platform::writeFileAtomically(sumPath(caseFolder), signedText(digest, key));
}

} // namespace cordon::record
