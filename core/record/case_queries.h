#pragma once

#include "core/record/case_event_lookup.h"
#include "core/record/case_rows.h"
#include "core/record/event_table.h"

#include <functional>
#include <map>
#include <memory>

namespace cordon::record {

/// Everything that is read from a case's index, in pages. Belongs to the thread of its database; a reader beside the
/// engine opens a `CaseIndexReader`.
class CaseQueries
{
public:
    /// @param database  outlives this
    explicit CaseQueries(store::Database& database)
        : m_database(database)
        , m_events(database)
    {}

    /// In (time, source, offset) order. ErrorCode::NotFound for no such id.
    [[nodiscard]] Result<Event> event(EventId id);
    [[nodiscard]] Result<std::vector<Event>> events(const EventQuery& query, std::int64_t offset, int limit);
    [[nodiscard]] Result<std::int64_t> countEvents(const EventQuery& query);
    /// Counts in `buckets` equal spans of [from, to), narrowed by `query`. ErrorCode::Invalid for an empty span.
    [[nodiscard]] Result<std::vector<std::int64_t>> histogram(const EventQuery& query, Timestamp from, Timestamp to,
                                                              int buckets);
    /// Times of the first and last event; both default when there is none.
    [[nodiscard]] Result<std::pair<Timestamp, Timestamp>> span();

    [[nodiscard]] Result<std::vector<StoredSource>> sources();
    /// Pieces that the ledger has perhaps not been told of.
    [[nodiscard]] Result<std::vector<StoredSource>> sourcesNotNoted();
    /// Numbers of a sealed source's events by the place of their record.
    [[nodiscard]] Result<std::map<std::uint64_t, EventId>> eventIdsOf(const StoredSource& source);
    /// Files below followed folders, in the order in which they were found.
    [[nodiscard]] Result<std::vector<FollowedFile>> followed();
    /// One row per root and kind.
    [[nodiscard]] Result<std::vector<FollowedSum>> followedSums();
    [[nodiscard]] Result<std::vector<FollowedCount>> followedCounts();
    [[nodiscard]] Result<std::int64_t> countRejected();
    /// In the order found.
    [[nodiscard]] Result<std::vector<RejectedRecord>> rejected(std::int64_t offset, int limit);

    [[nodiscard]] Result<std::int64_t> countAlerts();
    /// By time; of one incident when it is set.
    [[nodiscard]] Result<std::vector<StoredAlert>> alerts(std::optional<IncidentId> incident, std::int64_t offset,
                                                          int limit);
    [[nodiscard]] Result<StoredAlert> alert(AlertId id);
    /// Which events every alert has, by alert.
    [[nodiscard]] Result<void> eachAlertEvent(const std::function<void(AlertId, EventId)>& use);
    /// Highest risk first, then newest.
    /// @param without  members that the bodies are given without
    [[nodiscard]] Result<std::vector<StoredIncident>> incidents(const std::vector<std::string>& without = {});
    /// In the same order.
    [[nodiscard]] Result<std::vector<IncidentId>> incidentIds();
    /// Incidents that name somebody or something, by number: without a look at their pages, which are long.
    [[nodiscard]] Result<std::vector<IncidentId>> incidentsWithMembers();
    [[nodiscard]] Result<StoredIncident> incident(IncidentId id);

    [[nodiscard]] Result<std::int64_t> countLedger();
    /// How many entries the index has without a gap from entry 0 on; 0 when there is a gap anywhere.
    [[nodiscard]] Result<std::int64_t> countIndexedFromStart();
    /// Newest first.
    [[nodiscard]] Result<std::vector<StoredEntry>> ledger(std::int64_t offset, int limit);
    /// ErrorCode::NotFound for no such entry.
    [[nodiscard]] Result<StoredEntry> ledgerEntry(std::int64_t seq);
    /// Entries of one type, or of one incident (`INC-0001`), or both, oldest first; "" does not narrow.
    [[nodiscard]] Result<std::vector<StoredEntry>> ledgerEntries(const std::string& type, const std::string& incident);
    /// The type of the newest entry of one incident whose type begins with `group` ("session."); "" when there is none.
    [[nodiscard]] Result<std::string> newestOf(const std::string& group, const std::string& incident);

    /// "" when there is none.
    [[nodiscard]] Result<std::string> meta(const std::string& key);
    /// ErrorCode::NotFound when there is none.
    [[nodiscard]] Result<std::string> document(const std::string& kind, const std::string& key);
    /// Key and body of every document of a kind, by key.
    [[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> documents(const std::string& kind);
    [[nodiscard]] Result<std::vector<std::string>> documentKeys(const std::string& kind);

    [[nodiscard]] EventTable& table() { return m_events; }

private:
    store::Database& m_database;
    EventTable m_events;
};

/// A read-only connection to a case's index with its queries. Belongs to one thread.
class CaseIndexReader
{
public:
    /// @param database  `case.db` of a case
    [[nodiscard]] static Result<std::unique_ptr<CaseIndexReader>> open(const std::filesystem::path& database);
    /// Leaves no trace beside it: what nobody has open is read where it lies. For whoever judges it: ErrorCode::Denied when
    /// it holds anything but tables and indexes.
    [[nodiscard]] static Result<std::unique_ptr<CaseIndexReader>> openToJudge(const std::filesystem::path& database);
    [[nodiscard]] CaseQueries& queries() { return m_queries; }
    [[nodiscard]] store::Database& database() { return m_database; }
    [[nodiscard]] const EventLookup& lookup() const { return m_lookup; }
    /// Makes a query that runs in another thread fail with ErrorCode::Cancelled.
    void interrupt() { m_database.interrupt(); }

private:
    explicit CaseIndexReader(store::Database database)
        : m_database(std::move(database))
        , m_queries(m_database)
        , m_events(m_database)
        , m_lookup(m_database, m_events)
    {}
    store::Database m_database;
    CaseQueries m_queries;
    EventTable m_events;
    CaseEventLookup m_lookup;
};

} // namespace cordon::record
