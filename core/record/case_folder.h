#pragma once

#include "core/record/case_store.h"
#include "core/record/evidence_vault.h"
#include "core/record/index_file.h"
#include "core/record/ledger.h"

#include <memory>

namespace cordon::record {

/// How a case is made or opened.
struct CaseOptions
{
    platform::Path home;             ///< $CORDON_HOME: log keys, pinned keys, high-water marks
    bool isExercise = false;         ///< on creation: the ledger origin says EXERCISE for good
    Value genesis = Value::Object{}; ///< on creation: further members of the genesis entry (program, version…)
    LedgerOptions ledger;
    bool rebuildsIndex = false;    ///< `case.db` is set aside and made anew, whatever it holds
    bool encryptsEvidence = false; ///< from now on; a case whose evidence was encrypted once goes on so
    std::shared_ptr<const crypto::SecretBytes> evidencePassphrase = {}; ///< under which its key lies; null: under none
};

/// A case held for writing: folder, lock, index, ledger and evidence. One process at a time has it; belongs to the
/// engine thread. Read-only lookers use the free functions below. Source: docs/formats/case.md
class CaseFolder
{
public:
    /// Makes a case in a folder that is missing or empty. ErrorCode::Conflict when something is there.
    [[nodiscard]] static Result<std::unique_ptr<CaseFolder>> create(const platform::Path& folder, CaseOptions options,
                                                                    const MachineClock& clock);
    /// Takes the case, repairs a torn ledger tail, sets a damaged index aside, and brings the index up to the ledger.
    /// ErrorCode::Conflict names the process that holds it; NotFound when the folder is no case; Corrupt and Untrusted
    /// as `Ledger::open`.
    [[nodiscard]] static Result<std::unique_ptr<CaseFolder>> open(const platform::Path& folder, CaseOptions options,
                                                                  const MachineClock& clock);
    /// Closes without reporting failures; call `close` to hear of them.
    ~CaseFolder();
    CaseFolder(const CaseFolder&) = delete;
    CaseFolder& operator=(const CaseFolder&) = delete;

    /// Signs the ledger's head. Nothing may be appended after it.
    [[nodiscard]] Result<void> close();

    /// Appends to the ledger and notes the entry in the index.
    [[nodiscard]] Result<LedgerEntry> record(LedgerDraft draft);
    [[nodiscard]] Result<std::vector<LedgerEntry>> recordAll(std::vector<LedgerDraft> drafts);

    [[nodiscard]] Ledger& ledger() { return *m_ledger; }
    [[nodiscard]] CaseStore& store() { return *m_store; }
    [[nodiscard]] store::Database& database() { return m_database; }
    [[nodiscard]] const EvidenceVault& vault() const { return m_vault; }

    [[nodiscard]] const platform::Path& path() const { return m_folder; }
    [[nodiscard]] std::string name() const; ///< the folder's own name
    [[nodiscard]] bool isExercise() const;
    /// What became of `case.db`. When it `isNew` it has the ledger's entries only: the rest has to be filled in again
    /// from evidence, and `indexIsFilled` said then.
    [[nodiscard]] const IndexState& indexState() const { return m_indexState; }
    [[nodiscard]] Result<void> indexIsFilled();
    /// Brings the index up to the ledger, where it could not be written for a while.
    [[nodiscard]] Result<void> bringIndexUp() { return catchUp(); }
    /// Where objects lie that hold what is kept of the index.
    [[nodiscard]] EvidenceVault keptVault() const;

private:
    CaseFolder(platform::Path folder, platform::File lock, store::Database database, Ledger ledger);
    Result<void> catchUp();
    Result<void> openVault(const CaseOptions& options);

    platform::Path m_folder;
    platform::Path m_home; ///< where the key is that signs the index when it is closed
    platform::File m_lock;
    store::Database m_database;
    std::optional<Ledger> m_ledger;
    EvidenceVault m_vault;
    std::unique_ptr<CaseStore> m_store;
    IndexState m_indexState;
    bool m_isClosed = false;
};

/// The parts of a case folder. Source: docs/formats/case.md
[[nodiscard]] platform::Path databasePath(const platform::Path& caseFolder);
[[nodiscard]] platform::Path evidencePath(const platform::Path& caseFolder);
[[nodiscard]] platform::Path inboxPath(const platform::Path& caseFolder);  ///< signed commands from other consoles
[[nodiscard]] platform::Path tenantPath(const platform::Path& caseFolder); ///< the exercise tenant's database
[[nodiscard]] platform::Path
exercisePath(const platform::Path& caseFolder); ///< people, keys and mandate of an exercise
/// Halts the agent of this exercise alone.
[[nodiscard]] platform::Path haltPath(const platform::Path& caseFolder);
/// True when the folder holds a ledger.
[[nodiscard]] bool isCase(const platform::Path& caseFolder);
/// Reads the ledger's origin from its first header.
[[nodiscard]] Result<std::string> caseOrigin(const platform::Path& caseFolder);
/// True when an origin is that of an exercise.
[[nodiscard]] bool isExerciseOrigin(std::string_view origin);

} // namespace cordon::record
