#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/case_event_lookup.h"
#include "core/record/case_queries.h"

#include <functional>
#include <memory>
#include <span>

namespace cordon::record {

/// Writes the index of a case, which can be rebuilt from ledger and evidence. Only the holder of the case has one;
/// belongs to the engine thread. Source: docs/formats/case.md, "case.db"
class CaseStore
{
public:
    /// @param database  with `applyCaseSchema` done; outlives this
    explicit CaseStore(store::Database& database)
        : m_database(database)
        , m_queries(database)
        , m_lookup(database, m_queries.table())
    {}
    CaseStore(const CaseStore&) = delete;
    CaseStore& operator=(const CaseStore&) = delete;

    /// Runs `work` as one transaction: all of it is kept, or nothing when it fails. A call within `work` joins it.
    /// Every other writing function belongs inside; outside each is a transaction of its own, and slow.
    [[nodiscard]] Result<void> write(const std::function<Result<void>()>& work);
    /// While loading, commits do not wait for the disk: what they hold can be rebuilt. Events are found by entity once
    /// their source is sealed or loading ends.
    [[nodiscard]] Result<void> setLoading(bool isLoading);

    [[nodiscard]] Result<SourceId> addSource(const std::string& file, const std::string& kind);
    /// Keeps what else the reader was told of a source, so that its evidence reads the same again.
    /// @param as  its zone, clock offset, year, when it was written, and what was read of it before
    [[nodiscard]] Result<void> setReading(SourceId source, const StoredSource& as);
    /// Gives the events of a source their citation; until then `cite.evidence` reads as zeros.
    [[nodiscard]] Result<void> sealSource(SourceId source, const EvidenceRecord& record);
    /// A source that is a piece of a followed file, from byte `begins` of it on.
    [[nodiscard]] Result<SourceId> addPiece(const FollowedFile& file, const std::string& kind, std::uint64_t begins);
    /// Gives the events of a piece their citation and moves the file on, as one: from then on its records are in the case.
    /// The ledger has yet to be told: `noted`.
    [[nodiscard]] Result<void> sealPiece(SourceId piece, const EvidenceRecord& record, const FollowedFile& file);
    /// The ledger names the evidence of this piece.
    [[nodiscard]] Result<void> noted(SourceId piece);
    /// Adds or replaces; an id is chosen when it is unset.
    [[nodiscard]] Result<FollowedFileId> putFollowed(const FollowedFile& file);
    /// Forgets the sources that were never sealed, with their events, rejected records and rule hits (documents of kind
    /// "hit", whose keys begin with the twelve digits of an event): a crash cut their reading short, and reading
    /// them again brings them back.
    [[nodiscard]] Result<void> discardUnsealed();
    /// Takes words and entities away that nothing names.
    [[nodiscard]] Result<void> dropNames(const std::vector<std::int64_t>& words, const std::vector<std::int64_t>& entities);
    /// Adds events and sets their ids. Duplicates of events that the case has (same `source` and `externalId`) are
    /// counted with the source and keep no id. @return how many are new
    [[nodiscard]] Result<std::size_t> addEvents(SourceId source, std::span<Event> events);
    /// @param source  may be unset, for a file that could not be read at all
    [[nodiscard]] Result<void> addRejected(SourceId source, std::span<const RejectedRecord> records);

    /// Adds or replaces; an id is chosen when it is unset.
    [[nodiscard]] Result<AlertId> putAlert(const StoredAlert& alert);
    /// Alerts with higher numbers, which no longer are.
    [[nodiscard]] Result<void> removeAlertsAfter(AlertId last);
    [[nodiscard]] Result<IncidentId> putIncident(const StoredIncident& incident);
    /// An incident that was merged into another; its alerts must have been put elsewhere.
    [[nodiscard]] Result<void> removeIncident(IncidentId id);

    [[nodiscard]] Result<void> putDocument(const std::string& kind, const std::string& key, const std::string& body);
    [[nodiscard]] Result<void> removeDocument(const std::string& kind, const std::string& key);
    [[nodiscard]] Result<void> setMeta(const std::string& key, const std::string& value);

    /// Notes a ledger entry in the index; the same one twice is noted once.
    [[nodiscard]] Result<void> indexEntry(const LedgerEntry& entry);

    [[nodiscard]] CaseQueries& queries() { return m_queries; }
    [[nodiscard]] const EventLookup& lookup() const { return m_lookup; }

private:
    Result<store::Statement*> ready(const char* sql);

    store::Database& m_database;
    CaseQueries m_queries;
    CaseEventLookup m_lookup;
    std::unordered_map<const char*, store::Statement> m_statements; ///< by the address of the SQL constant
    bool m_isWriting = false;
    bool m_isLoading = false;
};

} // namespace cordon::record
