#pragma once

#include "core/domain/ledger_entry.h"
#include "core/platform/file.h"
#include "core/record/case_queries.h"
#include "core/record/index_findings.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace cordon::record {

/// Compares `case.db` with the ledger: its rows with the entries, its pages and events with the digests that the newest
/// `index.kept` names. Writes nothing. Belongs to one thread. Source: docs/formats/case.md, "What the ledger says of the index"
class IndexAudit
{
public:
    /// @param database  in a case folder, or in a sealed case that is shown in place
    /// @param isWhole  false for the narrowed index of a sealed incident
    explicit IndexAudit(const platform::Path& database, bool isWhole = true);

    /// Entry after entry, in order.
    void add(const LedgerEntry& entry);
    /// @param isLedgerWhole  false when the ledger broke off: rows behind its end are then said nothing about
    [[nodiscard]] IndexFindings finish(bool isLedgerWhole);

private:
    void open(const platform::Path& database);
    void problem(std::int64_t entry, std::string what);
    void unreadable(const Error& error);
    void judgePages();
    [[nodiscard]] Result<bool> isEmpty();
    [[nodiscard]] Result<void> compare();
    bool nextRow();

    bool m_isWhole = true;
    std::unique_ptr<CaseIndexReader> m_reader;
    std::optional<store::Statement> m_rows; ///< of `ledger_index`, by number
    bool m_hasRow = false;
    std::int64_t m_strange = 0; ///< problems with rows, of which the first few are kept
    std::string m_events; ///< digest that the newest entry names
    bool m_hasNoSpare = false; ///< it says that no word and no entity was there for nothing
    IndexFindings m_found;
};

/// The whole comparison for whoever is about to believe or sign an index: reads the ledger once.
/// @param entries  how much of it counts; all when it is not said
/// @param withPages  false: its rows alone, which say what the ledger says
[[nodiscard]] Result<IndexFindings> examineIndex(const platform::Path& caseFolder, const platform::Path& database,
                                                 std::optional<std::int64_t> entries = {}, const std::stop_token& stop = {},
                                                 bool withPages = true);

} // namespace cordon::record
