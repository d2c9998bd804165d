#pragma once

#include "core/domain/decision.h"
#include "core/engine/case_reader.h"
#include "core/govern/gate_request.h"

#include <map>

namespace cordon::engine {

/// Keeps what the gate was asked under `inputs` of a decision's entry, so that it can be judged again from the ledger
/// alone. The action stands beside it and the counters come from the entries before; more than 64 KiB is not kept.
/// Source: docs/formats/ledger.md, "decision"
void setInputs(Value& data, const govern::GateRequest& request);

/// The decisions of a case, as the ledger recorded them, with what the gate was asked.
class PastDecisions
{
public:
    /// Reads on from where it stood; the newest thousand are kept. Entries are checked on the way like everywhere.
    [[nodiscard]] Result<void> update(const std::filesystem::path& caseFolder);

    /// Judges each of them again under the edited text. A decision counts as re-judged only when its recorded inputs
    /// give the recorded decision back under the mandate that was in force.
    [[nodiscard]] MandateTrial tryOut(const std::string& text) const;
    /// The newest mandate in force, as its owners signed it; "" when there was none.
    [[nodiscard]] const std::string& mandateText() const { return m_text; }

private:
    struct Past
    {
        RejudgedRow row; ///< `would` empty
        std::optional<govern::GateRequest> request;
    };
    void take(const LedgerEntry& entry);
    void takeDecision(const LedgerEntry& entry);

    std::vector<Past> m_past; ///< oldest first
    std::map<std::string, std::shared_ptr<const Mandate>> m_mandates; ///< by digest
    std::string m_text;
    govern::UsageCounters m_usage; ///< as of the entry being read
    bool m_hasWholeUsage = true;
    std::int64_t m_next = 0; ///< entry to read next
};

} // namespace cordon::engine
