#include "core/record/index_file.h"

#include "core/base/log.h"
#include "core/crypto/sha256.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_folder.h"
#include "core/record/case_queries.h"
#include "core/record/case_schema.h"
#include "core/record/index_audit.h"
#include "core/record/ledger_reader.h"
#include "core/record/log_keys.h"
#include "core/store/database.h"

#include <algorithm>
#include <array>

namespace cordon::record {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> companions{"-wal", "-shm", "-journal"};
constexpr std::size_t signatureDigits = 128;
const std::string unclosedKind = "unclosed";
// What `case.db.filling` says: how far the making of another index is.
constexpr std::string_view leaving = "case.db is being set aside\n";
constexpr std::string_view besideLeft = "case.db is being made anew beside case.db.unclosed-1\n";
constexpr std::string_view makingAnew = "case.db is being made anew\n";

std::string signedSum(const std::string& line)
{
    return "cordon.index-sum.v2\n" + line + "\n";
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

/// Cordon writes ahead and leaves no rollback journal; one that lies there would be played into the index as it is opened.
bool hasForeignJournal(const fs::path& index)
{
    return isThere(fs::path(index).concat("-journal"));
}

std::uint64_t sizeOf(const fs::path& path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    return error ? 0 : size;
}

/// Whatever stands under the name, a folder too: another hand may have put it there.
Result<void> removeAny(const fs::path& path)
{
    std::error_code error;
    fs::remove_all(path, error);
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

/// What a look found wrong with an index.
struct Fault
{
    std::string what; ///< "" for nothing
    /// It may be what a crash left: whole, with pages or events that the ledger does not name yet.
    bool isUnnamed = false;
};

/// What is compared where no signed digest says how the index was closed: it has to be what the ledger names. Entries that it
/// lacks are brought in by the opening.
Result<Fault> ledgerFault(const platform::Path& caseFolder)
{
    CORDON_TRY(const IndexFindings found, examineIndex(caseFolder, databasePath(caseFolder)));
    if (!found.problems.empty())
        return Fault{found.problems.front().second, false};
    return found.gaps.empty() ? Fault{} : Fault{found.gaps.front(), !found.isDamaged};
}

/// What the sum's file says.
struct Sum
{
    std::string digest;       ///< "" when there is none that tells
    std::int64_t entries = 0; ///< of the ledger then
    bool isOwn = false;       ///< signed by the case's key
};

Sum sumOf(const platform::Path& caseFolder, const crypto::PublicKey& key)
{
    const auto text = platform::readFile(sumPath(caseFolder), 512);
    const std::size_t lineEnd = text ? text->find('\n') : std::string::npos;
    const std::size_t space = text ? text->find(' ') : std::string::npos;
    if (lineEnd == std::string::npos || space == std::string::npos || space > lineEnd)
        return {};
    const std::string line = text->substr(0, lineEnd);
    Sum sum{line.substr(0, space), std::atoll(line.c_str() + space + 1), false};
    const auto bytes = fromHex(std::string_view(*text).substr(lineEnd + 1).substr(0, signatureDigits));
    crypto::Signature signature{};
    if (!bytes || bytes->size() != signature.size())
        return sum;
    std::copy(bytes->begin(), bytes->end(), signature.begin());
    sum.isOwn = key.verifies(bytesOf(signedSum(line)), signature);
    return sum;
}

/// A sum is of the state of the case in which it was written: since then only the ledger's own work on its tail and its keys
/// may have come. One from before would bring back pages that were others since.
Result<bool> isOfNow(const platform::Path& caseFolder, const Sum& sum)
{
    bool hasLast = false;
    bool isUntouched = true;
    CORDON_CHECK(eachEntry(caseFolder, std::max<std::int64_t>(0, sum.entries - 1), [&](const LedgerEntry& entry) {
        hasLast = hasLast || entry.seq == sum.entries - 1;
        isUntouched = isUntouched && (entry.seq < sum.entries || entry.type.starts_with("ledger."));
        return isUntouched;
    }));
    return hasLast && isUntouched;
}

/// Nothing when no sum tells how the index was closed; "" when it is as it was closed.
Result<std::optional<std::string>> sumProblem(const platform::Path& caseFolder, const Sum& sum)
{
    if (!sum.isOwn)
        return std::optional<std::string>();
    CORDON_TRY(const bool isNow, isOfNow(caseFolder, sum));
    if (!isNow)
        return std::optional<std::string>();
    // Who opened it since, and was no Cordon, left a log of changes or another digest.
    const fs::path index = databasePath(caseFolder);
    if (sizeOf(fs::path(index).concat("-wal")) > 0)
        return std::optional(std::string("another program wrote to it since it was closed"));
    CORDON_TRY(const std::string digest, digestOf(index));
    return std::optional(sum.digest == digest ? std::string() : std::string("its bytes are not those that it was closed with"));
}

Result<Fault> faultOf(const platform::Path& caseFolder, const crypto::PublicKey& key)
{
    const fs::path index = databasePath(caseFolder);
    if (fs::is_symlink(fs::symlink_status(index)) || !fs::is_regular_file(index))
        return Fault{"it is no plain file", false};
    if (sizeOf(index) == 0 && sizeOf(fs::path(index).concat("-wal")) == 0)
        return Fault{"it is empty", false};
    CORDON_TRY(auto problem, sumProblem(caseFolder, sumOf(caseFolder, key)));
    return problem ? Result<Fault>(Fault{std::move(*problem), false}) : ledgerFault(caseFolder);
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

Result<void> removeIndexFiles(const fs::path& index)
{
    CORDON_CHECK(removeAny(index));
    for (const char* companion : companions)
        CORDON_CHECK(removeAny(fs::path(index).concat(companion)));
    return {};
}

Result<void> moveCompanions(const fs::path& index, const fs::path& aside)
{
    for (const char* companion : companions) {
        const fs::path from = fs::path(index).concat(companion);
        if (isThere(from))
            CORDON_CHECK(platform::renameWithoutReplacing(from, fs::path(aside).concat(companion)));
    }
    return {};
}

/// @param kind  what its new name says of it
/// @return the name that it has now; "" when there was none
Result<std::string> setIndexAside(const platform::Path& caseFolder, const std::string& kind)
{
    const fs::path index = databasePath(caseFolder);
    CORDON_CHECK(removeAny(sumPath(caseFolder)));
    if (!isThere(index)) {
        for (const char* companion : companions)
            CORDON_CHECK(removeAny(fs::path(index).concat(companion)));
        return std::string();
    }
    if (kind == unclosedKind) // one of them is kept, not one for each crash
        CORDON_CHECK(removeIndexFiles(caseFolder / ("case.db." + kind + "-1")));
    const fs::path aside = freeName(caseFolder, kind);
    CORDON_CHECK(platform::renameWithoutReplacing(index, aside));
    CORDON_CHECK(moveCompanions(index, aside));
    CORDON_CHECK(platform::syncFolder(caseFolder));
    return aside.filename().string();
}

Result<void> writeFilling(const platform::Path& caseFolder, std::string_view text)
{
    CORDON_CHECK(platform::writeFileAtomically(fillingPath(caseFolder), std::string(text)));
    return platform::syncFolder(caseFolder);
}

/// A filling, or the setting aside before it, that did not end: what it left is worth nothing. What a crash before it had
/// left tells which file a followed log was, for this filling as for that one.
Result<IndexState> takeUpFilling(const platform::Path& caseFolder)
{
    IndexState state;
    state.isNew = true;
    state.why = "it was not filled to its end";
    const std::string said = platform::readFile(fillingPath(caseFolder), 4096).value_or(std::string());
    const fs::path index = databasePath(caseFolder);
    const fs::path left = caseFolder / ("case.db." + unclosedKind + "-1");
    if (said == leaving && isThere(index)) {
        CORDON_TRY([[maybe_unused]] const std::string name, setIndexAside(caseFolder, unclosedKind));
    } else if (said == leaving) {
        CORDON_CHECK(moveCompanions(index, left));
    } else {
        CORDON_CHECK(removeAny(index));
    }
    CORDON_TRY([[maybe_unused]] const std::string none, setIndexAside(caseFolder, "damaged")); // companions, and the sum
    state.isUnnamed = (said == leaving || said == besideLeft) && isThere(left);
    if (state.isUnnamed)
        state.aside = left.filename().string();
    return state;
}

} // namespace

IndexTrust trustInIndex(const platform::Path& caseFolder, const platform::Path& home)
{
    if (platform::PackedFolder::find(databasePath(caseFolder)))
        return IndexTrust::Sound; // a sealed case is verified as a whole
    if (!isThere(databasePath(caseFolder)) || isThere(fillingPath(caseFolder)))
        return isHeldElsewhere(caseFolder) ? IndexTrust::InUse : IndexTrust::None;
    if (hasForeignJournal(databasePath(caseFolder)))
        return IndexTrust::None;
    const auto origin = caseOrigin(caseFolder);
    const auto key = origin ? LogKeys(home).caseKey(*origin) : fail(origin.error());
    const auto summed = key ? sumProblem(caseFolder, sumOf(caseFolder, key->publicKey())) : Result<std::optional<std::string>>(std::nullopt);
    if (summed && *summed)
        return (*summed)->empty() ? IndexTrust::Sound : IndexTrust::None;
    if (isHeldElsewhere(caseFolder)) // a holder takes the digest away before it writes
        return IndexTrust::InUse;
    const auto found = examineIndex(caseFolder, databasePath(caseFolder));
    return found && found->isProven() ? IndexTrust::Sound : IndexTrust::None;
}

Result<IndexState> lookAtIndex(const platform::Path& caseFolder, const crypto::PublicKey& key, bool isUnwanted)
{
    IndexState state;
    const fs::path index = databasePath(caseFolder);
    if (isThere(fillingPath(caseFolder)))
        return takeUpFilling(caseFolder);
    if (!isThere(index)) {
        state.isNew = true;
        state.why = "it was missing";
        CORDON_TRY([[maybe_unused]] const std::string none, setIndexAside(caseFolder, "damaged"));
        return state;
    }
    if (isUnwanted) {
        state.isNew = true;
        state.why = "it was asked for";
        CORDON_TRY(state.aside, setIndexAside(caseFolder, "replaced"));
        return state;
    }
    if (hasForeignJournal(index)) { // before anything opens it
        state.isNew = true;
        state.why = "another program left a journal beside it";
        CORDON_TRY(state.aside, setIndexAside(caseFolder, "damaged"));
        logWarning(caseFolder.string() + ": case.db is not believed (" + state.why + ") and is kept as " + state.aside);
        return state;
    }
    const std::int64_t version = versionOf(index).value_or(0);
    if (version > caseSchemaVersion())
        return fail(ErrorCode::Unsupported, index.string() + ": is of version " + std::to_string(version) +
                                                "; this program knows up to " + std::to_string(caseSchemaVersion()) +
                                                ". Open the case with the newer program.");
    const bool isOlder = version > 0 && version < caseSchemaVersion();
    CORDON_TRY(const Fault fault, faultOf(caseFolder, key));
    state.why = fault.what;
    if (!state.why.empty()) {
        state.isNew = true;
        state.isUnnamed = fault.isUnnamed && !isOlder;
        if (state.isUnnamed) // a kill from here on must not cost what it knows
            CORDON_CHECK(writeFilling(caseFolder, leaving));
        CORDON_TRY(state.aside, setIndexAside(caseFolder, isOlder           ? "version-" + std::to_string(version)
                                                          : state.isUnnamed ? unclosedKind
                                                                            : std::string("damaged")));
        logWarning(caseFolder.string() + ": case.db is not believed (" + state.why + ") and is kept as " + state.aside);
        return state;
    }
    if (isOlder)
        CORDON_CHECK(keepCopy(caseFolder, version, state));
    return state;
}

Result<void> beginFilling(const platform::Path& caseFolder, const IndexState& state)
{
    return writeFilling(caseFolder, state.isUnnamed ? besideLeft : makingAnew);
}

Result<void> endFilling(const platform::Path& caseFolder)
{
    CORDON_CHECK(removeAny(fillingPath(caseFolder)));
    return platform::syncFolder(caseFolder);
}

Result<void> forgetSum(const platform::Path& caseFolder)
{
    CORDON_CHECK(removeAny(sumPath(caseFolder)));
    return platform::syncFolder(caseFolder);
}

Result<void> sumIndex(const platform::Path& caseFolder, const crypto::SigningKey& key, std::int64_t entries)
{
    const fs::path index = databasePath(caseFolder);
    if (isThere(fs::path(index).concat("-wal")) || isThere(fillingPath(caseFolder)))
        return {};
    CORDON_TRY(const std::string digest, digestOf(index));
    CORDON_CHECK(removeAny(sumPath(caseFolder)));
    const std::string line = digest + " " + std::to_string(entries);
    return platform::writeFileAtomically(sumPath(caseFolder), line + "\n" + toHex(key.sign(signedSum(line))) + "\n");
}

} // namespace cordon::record
