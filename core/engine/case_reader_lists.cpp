// What screens ask about imported lists.
#include "core/engine/case_reader_state.h"
#include "core/engine/coverage.h"
#include "core/engine/evidence_copies.h"
#include "core/engine/indicator_desk.h"
#include "core/engine/inventory_desk.h"
#include "core/platform/file.h"

namespace cordon::engine {
namespace {

ListRow rowOf(const inventory::InventoryList& list, Timestamp now)
{
    ListRow row;
    row.name = list.name;
    row.asOf = list.asOf;
    row.validUntil = list.asOf + list.validFor;
    row.isOver = inventory::Inventory::isOver(list, nullptr, now);
    for (const EntityKind kind : list.authoritativeFor)
        row.authoritativeFor.emplace_back(toString(kind));
    row.rows = static_cast<std::int64_t>(list.rows.size());
    row.by = list.by;
    row.seq = list.seq;
    row.rejected = list.rejected;
    return row;
}

ListRow rowOf(const indicators::IndicatorList& list)
{
    ListRow row;
    row.name = list.name;
    row.isIndicators = true;
    row.rows = static_cast<std::int64_t>(list.indicators.size());
    row.by = list.by;
    row.seq = list.seq;
    row.rejected = list.rejected;
    return row;
}

/// Newest entry that brought a list; -1 when none did.
Result<std::int64_t> newestImport(record::CaseQueries& queries)
{
    std::int64_t newest = -1;
    for (const char* type : {"inventory.imported", "indicators.imported"}) {
        CORDON_TRY(const auto entries, queries.ledgerEntries(type, ""));
        if (!entries.empty())
            newest = std::max(newest, entries.back().seq);
    }
    return newest;
}

} // namespace

Result<ListPicture> CaseReader::lists()
{
    record::CaseQueries& queries = m_state->queries();
    CORDON_TRY(const auto last, queries.ledger(0, 1));
    const Timestamp now = last.empty() ? Timestamp() : last.front().at;
    CORDON_TRY(const std::int64_t newest, newestImport(queries));
    if (newest != m_state->listsSeq) { // reading them takes a while; they change when somebody imports one
        CORDON_TRY(const auto vault, vaultOf(m_state->folder, platform::cordonHome()));
        CORDON_TRY(const UnprovenActs unproven, findUnprovenActs(m_state->folder, platform::cordonHome()));
        CORDON_TRY(m_state->inventory, inventoryOf(queries, vault, unproven));
        m_state->feeds.clear();
        CORDON_TRY(const auto feeds, indicatorsOf(queries, vault, unproven));
        for (const indicators::IndicatorList& feed : feeds)
            m_state->feeds.push_back(rowOf(feed));
        m_state->listsSeq = newest;
    }
    ListPicture picture;
    for (const inventory::InventoryList& list : m_state->inventory.lists())
        picture.lists.push_back(rowOf(list, now));
    picture.lists.insert(picture.lists.end(), m_state->feeds.begin(), m_state->feeds.end());
    picture.accounts = m_state->inventory.population(EntityKind::Account, now);
    CORDON_TRY(picture.coverage, coverageOf(queries, m_state->inventory, now));
    return picture;
}

} // namespace cordon::engine
