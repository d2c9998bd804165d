#pragma once

#include "core/base/clock.h"
#include "core/domain/approval.h"
#include "core/record/case_folder.h"

#include <map>
#include <string>
#include <vector>

namespace cordon::engine {

/// Writes what is decided and done into the ledger, durably, with the case clock's time beside the machine's. Belongs
/// to the engine thread.
class Journal
{
public:
    /// Both outlive the journal.
    Journal(record::CaseFolder& folder, const Clock& caseClock) : m_folder(folder), m_caseClock(caseClock) {}

    /// Durable when this returns. After a failure nothing may be acted upon.
    [[nodiscard]] Result<LedgerEntry> write(LedgerDraft draft);
    /// All of them with one sync, or none.
    [[nodiscard]] Result<void> writeAll(std::vector<LedgerDraft> drafts);

    [[nodiscard]] std::int64_t size() const { return m_folder.ledger().size(); }
    [[nodiscard]] std::string rootHex() const { return m_folder.ledger().root().hex(); }
    [[nodiscard]] const std::string& origin() const { return m_folder.ledger().origin(); }
    /// Signs the head as it stands, for approvers to witness.
    [[nodiscard]] Result<void> signHead();
    /// Keeps an approver's cosignature on the head that they saw. One that does not fit is told in the log and left.
    void witness(const Approval& approval, const crypto::PublicKey& key);
    [[nodiscard]] bool isHealthy() const { return m_folder.ledger().isHealthy(); }
    /// The latest machine time of any entry that this process wrote or read: a clock set back does not lower it.
    [[nodiscard]] Timestamp lastTime() const { return m_lastTime; }
    void setLastTime(Timestamp time) { m_lastTime = time; }
    /// Whether this process wrote that the person did something, in an entry after that one.
    [[nodiscard]] bool hasActed(const std::string& person, std::int64_t since) const
    {
        const auto newest = m_newestOf.find(person);
        return newest != m_newestOf.end() && newest->second > since;
    }

private:
    record::CaseFolder& m_folder;
    const Clock& m_caseClock;
    Timestamp m_lastTime;
    std::map<std::string, std::int64_t> m_newestOf; ///< entry in a person's name
};

} // namespace cordon::engine
