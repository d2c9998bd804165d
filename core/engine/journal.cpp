#include "core/engine/journal.h"

#include "core/base/log.h"

#include <algorithm>

namespace cordon::engine {
namespace {

/// The head is signed at once where a person or the agent commits to something that matters.
bool asksForCheckpoint(const LedgerDraft& draft)
{
    if (draft.type == "action.intended" || draft.type == "decision") {
        const std::string& tier = draft.type == "decision" ? draft.data["decision"]["tier"].asString()
                                                           : draft.data["tier"].asString();
        return tier == "T2" || tier == "T3";
    }
    return draft.type == "session.open" || draft.type == "session.close" || draft.type == "agent.halted" ||
           draft.type == "approval.granted" || draft.type == "approval.denied";
}

} // namespace

Result<LedgerEntry> Journal::write(LedgerDraft draft)
{
    draft.at = m_caseClock.now();
    const bool isWeighty = asksForCheckpoint(draft);
    CORDON_TRY(LedgerEntry entry, m_folder.record(std::move(draft)));
    m_lastTime = std::max(m_lastTime, entry.ts);
    if (entry.actor.kind == Actor::Kind::Person)
        m_newestOf[entry.actor.id] = entry.seq;
    if (!isWeighty)
        return entry;
    const auto head = m_folder.ledger().checkpoint();
    if (!head && head.error().code != ErrorCode::DiskFull)
        return fail(head.error());
    if (!head) // the entry is durable all the same: it happened. The next beat tries to sign, and pauses the agent
        logWarning("a head could not be signed: " + head.error().detail);
    return entry;
}

Result<void> Journal::signHead()
{
    CORDON_CHECK(m_folder.ledger().checkpoint());
    return {};
}

void Journal::witness(const Approval& approval, const crypto::PublicKey& key)
{
    if (approval.cosignature.empty())
        return;
    const auto kept = m_folder.ledger().addCosignature(approval.ledgerSize, approval.cosignature,
                                                       crypto::witnessName(approval.approver), key);
    if (!kept)
        logWarning("a cosignature of " + approval.approver + ": " + kept.error().detail);
}

Result<void> Journal::writeAll(std::vector<LedgerDraft> drafts)
{
    if (drafts.empty())
        return {};
    for (LedgerDraft& draft : drafts)
        draft.at = m_caseClock.now();
    CORDON_TRY(const std::vector<LedgerEntry> entries, m_folder.recordAll(std::move(drafts)));
    m_lastTime = std::max(m_lastTime, entries.back().ts);
    return {};
}

} // namespace cordon::engine
