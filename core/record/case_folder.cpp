#include "core/record/case_folder.h"

#include "core/base/log.h"
#include "core/crypto/random.h"
#include "core/platform/packed_folder.h"
#include "core/record/case_schema.h"
#include "core/record/folder_audit.h"
#include "core/record/incident_part.h"
#include "core/record/kept_index.h"
#include "core/record/ledger_format.h"
#include "core/record/ledger_reader.h"

#include <unistd.h>

namespace cordon::record {
namespace {

constexpr std::string_view originStart = "cordon.local/ledger/";
constexpr std::string_view exerciseMark = "EXERCISE-";
constexpr std::string_view lockName = "holder.lock";

/// Takes the lock file and writes this process' number into it.
Result<platform::File> takeLock(const platform::Path& folder)
{
    const auto path = folder / lockName;
    CORDON_TRY(auto lock, platform::File::openForAppending(path));
    if (auto locked = lock.lock(); !locked) {
        if (locked.error().code != ErrorCode::Conflict)
            return fail(locked.error());
        auto holder = platform::readFile(path, 64);
        if (holder && holder->ends_with('\n'))
            holder->pop_back();
        return fail(ErrorCode::Conflict, folder.string() + ": the case is held by " +
                                             (holder && !holder->empty() ? "process " + *holder : "another process"));
    }
    CORDON_CHECK(lock.truncate(0));
    CORDON_CHECK(lock.write(std::to_string(::getpid()) + "\n"));
    return lock;
}

/// Nothing but folders, unfinished files and the header of a segment: a creation died before the first entry.
bool isLedgerBegunOnly(const platform::Path& ledger)
{
    std::error_code error;
    std::filesystem::recursive_directory_iterator next(ledger, error);
    for (const std::filesystem::recursive_directory_iterator end; !error && next != end; next.increment(error)) {
        const bool isFolder = next->is_directory(error) && !next->is_symlink(error);
        const bool isUnfinished = next->path().filename().string().starts_with('.');
        const bool isHeader = next->is_regular_file(error) && next->path().extension() == format::segmentSuffix &&
                              next->file_size(error) <= format::segmentHeaderSize;
        if (!isFolder && !isUnfinished && !isHeader)
            return false;
    }
    return !error;
}

/// A lock and a ledger without entries are left over from a creation that failed or died.
bool isEmptyOrMissing(const platform::Path& folder)
{
    std::error_code error;
    if (!std::filesystem::exists(folder, error))
        return true;
    std::filesystem::directory_iterator next(folder, error);
    for (const std::filesystem::directory_iterator end; !error && next != end; next.increment(error)) {
        const bool isBegun = next->path().filename() == format::ledgerFolder && isLedgerBegunOnly(next->path());
        if (next->path().filename() != lockName && !isBegun)
            return false;
    }
    return !error;
}

Result<store::Database> openIndex(const platform::Path& folder)
{
    CORDON_TRY(auto database, store::Database::open(databasePath(folder), store::Database::Mode::Create));
    CORDON_CHECK(applyCaseSchema(database));
    CORDON_CHECK(database.execute("PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16384;")); // 16 and 64 MiB
    return database;
}

/// An erasure is noted before the key goes. Whatever came between, the key goes now.
Result<void> finishErasures(const platform::Path& caseFolder, const EvidenceVault& vault)
{
    const auto wrapped = platform::listFolder(evidencePath(caseFolder) / "keys");
    if (!wrapped || wrapped->empty())
        return {};
    Result<void> erased;
    CORDON_CHECK(eachEntry(caseFolder, 0, [&](const LedgerEntry& entry) {
        if (entry.type != "evidence.erased")
            return true;
        if (const auto digest = Digest::fromHex(entry.data["digest"].asString()))
            erased = vault.eraseKey(*digest);
        return erased.has_value();
    }));
    return erased;
}

/// While it lives commits do not wait for the disk: what the index says of the ledger is there anyway. A power loss takes the
/// newest of them and leaves the database whole; the next commit of anything else takes them along. Without it each entry of
/// the ledger would wait for the disk twice.
class LaterCommits
{
public:
    explicit LaterCommits(store::Database& database) : m_database(database), m_wasFull(isFull(database))
    {
        if (m_wasFull)
            (void)m_database.execute("PRAGMA synchronous = NORMAL;");
    }
    ~LaterCommits()
    {
        if (m_wasFull)
            (void)m_database.execute("PRAGMA synchronous = FULL;");
    }
    LaterCommits(const LaterCommits&) = delete;
    LaterCommits& operator=(const LaterCommits&) = delete;

private:
    /// No while logs are loaded: then no commit waits for the disk anyway.
    static bool isFull(store::Database& database)
    {
        constexpr std::int64_t full = 2;
        auto asked = database.prepare("PRAGMA synchronous;");
        const auto row = asked ? asked->step() : Result<bool>(false);
        return row && *row && asked->integer(0) == full;
    }

    store::Database& m_database;
    bool m_wasFull;
};

} // namespace

platform::Path databasePath(const platform::Path& caseFolder)
{
    return caseFolder / "case.db";
}

platform::Path evidencePath(const platform::Path& caseFolder)
{
    return caseFolder / "evidence";
}

platform::Path inboxPath(const platform::Path& caseFolder)
{
    return caseFolder / "inbox";
}

platform::Path tenantPath(const platform::Path& caseFolder)
{
    return caseFolder / "tenant.db";
}

platform::Path exercisePath(const platform::Path& caseFolder)
{
    return caseFolder / "exercise";
}

platform::Path haltPath(const platform::Path& caseFolder)
{
    return caseFolder / "halt";
}

bool isCase(const platform::Path& caseFolder)
{
    const platform::Path ledger = caseFolder / format::ledgerFolder;
    return platform::isFolder(ledger) && (platform::PackedFolder::find(ledger) || !isEmptyOrMissing(caseFolder));
}

Result<std::string> caseOrigin(const platform::Path& caseFolder)
{
    if (isIncidentPart(caseFolder))
        return partOrigin(caseFolder);
    CORDON_TRY(FrameReader reader, FrameReader::open(caseFolder));
    CORDON_CHECK(reader.next());
    if (reader.origin().empty())
        return fail(ErrorCode::Corrupt, reader.place().toString());
    return reader.origin();
}

bool isExerciseOrigin(std::string_view origin)
{
    return origin.starts_with(std::string(originStart) + std::string(exerciseMark));
}

CaseFolder::CaseFolder(platform::Path folder, platform::File lock, store::Database database, Ledger ledger)
    : m_folder(std::move(folder))
    , m_lock(std::move(lock))
    , m_database(std::move(database))
    , m_ledger(std::move(ledger))
    , m_vault(evidencePath(m_folder))
    , m_store(std::make_unique<CaseStore>(m_database))
{}

Result<std::unique_ptr<CaseFolder>> CaseFolder::create(const platform::Path& folder, CaseOptions options,
                                                       const MachineClock& clock)
{
    if (!isEmptyOrMissing(folder))
        return fail(ErrorCode::Conflict, folder.string() + ": there is something already");
    CORDON_CHECK(platform::makeFolders(folder));
    CORDON_TRY(auto lock, takeLock(folder));
    if (!isEmptyOrMissing(folder)) // meanwhile
        return fail(ErrorCode::Conflict, folder.string() + ": there is something already");
    std::error_code ignored;
    std::filesystem::remove_all(folder / format::ledgerFolder, ignored);
    const std::string id = std::string(options.isExercise ? exerciseMark : "") + crypto::randomHex(8);
    options.genesis.set("case", id);
    options.genesis.set("exercise", options.isExercise);
    CORDON_TRY(auto ledger, Ledger::create(folder, std::string(originStart) + id, std::move(options.genesis),
                                           LogKeys(options.home), clock, options.ledger));
    CORDON_CHECK(platform::makeFolders(evidencePath(folder) / "sha256"));
    CORDON_CHECK(platform::makeFolders(inboxPath(folder)));
    CORDON_TRY(auto database, openIndex(folder));
    CORDON_CHECK(platform::syncFolder(folder));
    std::unique_ptr<CaseFolder> made(new CaseFolder(folder, std::move(lock), std::move(database), std::move(ledger)));
    made->m_home = options.home;
    CORDON_CHECK(made->openVault(options));
    CORDON_CHECK(made->catchUp());
    return made;
}

Result<std::unique_ptr<CaseFolder>> CaseFolder::open(const platform::Path& folder, CaseOptions options,
                                                     const MachineClock& clock)
{
    if (!isCase(folder))
        return fail(ErrorCode::NotFound, folder.string() + ": not a case");
    if (const std::string link = linkedFolder(folder); !link.empty()) // what is written or tidied up there would be somebody else's
        return fail(ErrorCode::Untrusted, folder.string() + ": " + link + " is a link and leads elsewhere");
    CORDON_TRY(auto lock, takeLock(folder));
    CORDON_TRY(auto ledger, Ledger::open(folder, LogKeys(options.home), clock, options.ledger));
    CORDON_TRY(const crypto::SigningKey key, LogKeys(options.home).caseKey(ledger.origin()));
    CORDON_TRY(IndexState index, lookAtIndex(folder, key.publicKey(), options.rebuildsIndex));
    if (index.isNew)
        CORDON_CHECK(beginFilling(folder, index));
    CORDON_CHECK(forgetSum(folder)); // from here on it is written
    CORDON_TRY(auto database, openIndex(folder));
    CORDON_CHECK(platform::makeFolders(inboxPath(folder)));
    std::unique_ptr<CaseFolder> opened(new CaseFolder(folder, std::move(lock), std::move(database), std::move(ledger)));
    opened->m_home = options.home;
    opened->m_indexState = std::move(index);
    CORDON_CHECK(opened->openVault(options));
    CORDON_CHECK(opened->m_vault.discardUnfinished());
    CORDON_CHECK(opened->keptVault().discardUnfinished());
    CORDON_CHECK(opened->catchUp());
    CORDON_CHECK(finishErasures(folder, opened->m_vault));
    return opened;
}

CaseFolder::~CaseFolder()
{
    if (const auto closed = close(); !closed)
        logWarning("closing a case: " + closed.error().detail);
    m_store.reset();
    {
        const store::Database closing = std::move(m_database);
    }
    const auto key = LogKeys(m_home).caseKey(m_ledger->origin());
    const auto summed = key ? sumIndex(m_folder, *key, m_ledger->size()) : fail(key.error());
    if (!summed)
        logWarning("closing a case: " + summed.error().detail);
}

Result<void> CaseFolder::openVault(const CaseOptions& options)
{
    const crypto::SecretBytes none;
    auto key = caseKey(options.home, m_ledger->origin(), options.encryptsEvidence,
                       options.evidencePassphrase ? *options.evidencePassphrase : none);
    if (!key) // what is sealed from here on must not lie there in plain
        return fail(key.error());
    const bool encrypts = *key != nullptr;
    m_vault = EvidenceVault(evidencePath(m_folder), std::move(*key), encrypts);
    return {};
}

Result<void> CaseFolder::indexIsFilled()
{
    CORDON_CHECK(endFilling(m_folder));
    m_indexState.isNew = false;
    return {};
}

EvidenceVault CaseFolder::keptVault() const
{
    return EvidenceVault(keptPath(m_folder));
}

Result<void> CaseFolder::close()
{
    if (m_isClosed)
        return {};
    m_isClosed = true;
    CORDON_CHECK(m_ledger->checkpoint());
    return {};
}

/// The ledger is the authority: whatever the index lacks of it is read again.
Result<void> CaseFolder::catchUp()
{
    CORDON_TRY(const std::int64_t known, m_store->queries().countIndexedFromStart());
    if (known > m_ledger->size())
        return fail(ErrorCode::Corrupt, m_folder.string() + ": the index knows more entries than the ledger has");
    if (known == m_ledger->size())
        return {};
    return m_store->write([&]() -> Result<void> {
        Result<void> indexed;
        CORDON_CHECK(eachEntry(m_folder, known, [&](const LedgerEntry& entry) {
            indexed = m_store->indexEntry(entry);
            return indexed.has_value();
        }));
        return indexed;
    });
}

Result<LedgerEntry> CaseFolder::record(LedgerDraft draft)
{
    std::vector<LedgerDraft> drafts;
    drafts.push_back(std::move(draft));
    CORDON_TRY(auto entries, recordAll(std::move(drafts)));
    return std::move(entries.back()); // before it the ledger may have said something itself
}

Result<std::vector<LedgerEntry>> CaseFolder::recordAll(std::vector<LedgerDraft> drafts)
{
    CORDON_TRY(auto entries, m_ledger->appendAll(std::move(drafts)));
    // The ledger adds entries of its own when another key begins to sign.
    const bool hasOwnEntries = !entries.empty() && entries.back().seq + 1 != m_ledger->size();
    // The entries are durable whatever happens to the index, which catches up on the next opening.
    const LaterCommits later(m_database);
    const auto indexed = m_store->write([&]() -> Result<void> {
        for (const LedgerEntry& entry : entries)
            CORDON_CHECK(m_store->indexEntry(entry));
        return {};
    });
    if (!indexed)
        logWarning("the index did not take ledger entries: " + indexed.error().detail);
    else if (hasOwnEntries)
        CORDON_CHECK(catchUp());
    return entries;
}

std::string CaseFolder::name() const
{
    return (m_folder / "").parent_path().filename().string();
}

bool CaseFolder::isExercise() const
{
    return isExerciseOrigin(m_ledger->origin());
}

} // namespace cordon::record
