#pragma once

#include "core/record/case_store.h"
#include "core/record/evidence_vault.h"
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
};

/// A case held for writing: folder, lock, index, ledger and evidence. One process at a time has it; belongs to the
/// engine thread. Read-only lookers use the free functions below. Source: docs/formats/case.md
class CaseFolder
{
public:
    /// Makes a case in a folder that is missing or empty. ErrorCode::Conflict when something is there.
    [[nodiscard]] static Result<std::unique_ptr<CaseFolder>> create(const platform::Path& folder, CaseOptions options,
                                                                    const MachineClock& clock);
    /// Takes the case, repairs a torn ledger tail, and brings the index up to the ledger.
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
    /// True when `case.db` was missing and has just been made anew: events have to be read again from evidence.
    [[nodiscard]] bool isIndexNew() const { return m_isIndexNew; }

private:
    CaseFolder(platform::Path folder, platform::File lock, store::Database database, Ledger ledger);
    Result<void> catchUp();

    platform::Path m_folder;
    platform::File m_lock;
    store::Database m_database;
    std::optional<Ledger> m_ledger;
    EvidenceVault m_vault;
    std::unique_ptr<CaseStore> m_store;
    bool m_isIndexNew = false;
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
