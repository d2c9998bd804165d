#include "core/engine/journal.h"

namespace cordon::engine {

Result<LedgerEntry> Journal::write(LedgerDraft draft)
{
    draft.at = m_caseClock.now();
    CORDON_TRY(LedgerEntry entry, m_folder.record(std::move(draft)));
    m_lastTime = entry.ts;
    return entry;
}

Result<void> Journal::writeAll(std::vector<LedgerDraft> drafts)
{
    if (drafts.empty())
        return {};
    for (LedgerDraft& draft : drafts)
        draft.at = m_caseClock.now();
    CORDON_TRY(const std::vector<LedgerEntry> entries, m_folder.recordAll(std::move(drafts)));
    m_lastTime = entries.back().ts;
    return {};
}

} // namespace cordon::engine
