#include "core/record/index_audit.h"

#include "core/record/incident_part.h"
#include "core/record/ledger_reader.h"
#include "core/value/json.h"

#include <algorithm>

namespace cordon::record {
namespace {

/// The rows of an index in the ledger's order, a page at a time.
class Rows
{
public:
    explicit Rows(CaseQueries& index) : m_index(index) {}

    /// Null behind the last one.
    Result<const StoredEntry*> next()
    {
        if (m_at == m_page.size()) {
            if (m_total < 0) {
                CORDON_TRY(m_total, m_index.countLedger());
            }
            const auto size = static_cast<int>(std::min<std::int64_t>(pageSize, m_total - m_done));
            if (size <= 0)
                return static_cast<const StoredEntry*>(nullptr);
            CORDON_TRY(m_page, m_index.ledger(m_total - m_done - size, size)); // newest first
            std::reverse(m_page.begin(), m_page.end());
            m_done += size;
            m_at = 0;
            if (m_page.empty())
                return static_cast<const StoredEntry*>(nullptr);
        }
        return &m_page[m_at++];
    }

private:
    static constexpr int pageSize = 1000;
    CaseQueries& m_index;
    std::vector<StoredEntry> m_page;
    std::size_t m_at = 0;
    std::int64_t m_total = -1;
    std::int64_t m_done = 0;
};

bool isSame(const StoredEntry& row, const LedgerEntry& entry)
{
    const auto at = Timestamp::parse(entry.data["at"].asString());
    return row.seq == entry.seq && row.type == entry.type && row.actorKind == toString(entry.actor.kind) &&
           row.actor == entry.actor.id && row.session == entry.session && row.incident == entry.incident &&
           row.mandate == entry.mandate && row.ts == entry.ts && row.at == (at ? *at : Timestamp()) &&
           row.data == json::write(entry.data);
}

} // namespace

Result<void> compareIndexWithLedger(const platform::Path& caseFolder, CaseQueries& index, std::optional<std::int64_t> entries,
                                    const std::stop_token& stop)
{
    Rows rows(index);
    CORDON_TRY(const StoredEntry* row, rows.next());
    Result<void> found;
    const auto visit = [&](std::string_view, const LedgerEntry& entry) {
        if (stop.stop_requested()) {
            found = fail(ErrorCode::Cancelled, "stopped");
            return false;
        }
        if (!row)
            return false;
        if (!isSame(*row, entry)) {
            found = fail(ErrorCode::Corrupt, "case.db was changed by another hand: of entry " + std::to_string(entry.seq) +
                                                 " it says something else than the ledger");
            return false;
        }
        auto next = rows.next();
        if (!next)
            found = fail(next.error());
        row = next.value_or(nullptr);
        return found.has_value();
    };
    const auto read = isIncidentPart(caseFolder) ? eachPartEntry(caseFolder, visit) : eachEntryBytes(caseFolder, visit);
    CORDON_CHECK(read);
    CORDON_CHECK(found);
    if (row)
        return fail(ErrorCode::Corrupt, "case.db was changed by another hand: it has entry " + std::to_string(row->seq) +
                                            ", which the ledger has not");
    CORDON_TRY(const std::int64_t count, index.countLedger());
    if (entries && count != *entries)
        return fail(ErrorCode::Incomplete, "case.db lacks entries of the ledger; open the case once, so that it is mended");
    return {};
}

} // namespace cordon::record
