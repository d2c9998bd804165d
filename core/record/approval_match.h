#pragma once

#include "core/domain/ledger_entry.h"
#include "core/record/people_in_force.h"

namespace cordon::record {

/// What an approval has to have in common with the request that it answers: what the agent signed, what the person signed, and
/// what the entry says beside both. Source: docs/formats/ledger.md, "What the auditor asks of entries"
class ApprovalMatch
{
public:
    ApprovalMatch() = default;
    /// @param request  the content that the agent signed
    explicit ApprovalMatch(const Value& request);

    /// How what the person signed differs from what they were asked, "" when it does not.
    [[nodiscard]] std::string whyNotAsAsked(const Value& approval) const;
    /// How the entry differs from what was signed, "" when it does not.
    [[nodiscard]] std::string whyNotAsSigned(const LedgerEntry& entry, const PeopleInForce::Person& person) const;

private:
    [[nodiscard]] std::string whyNotItsReply(const LedgerEntry& entry, const PeopleInForce::Person& person) const;

    Value m_asked = Value::Object{}; ///< the members that an approval takes over
    Value m_factors;  ///< that are needed
    Value m_excluded; ///< who may not answer; null in early requests, whose replies the ledger does not keep
    std::string m_step;
    std::string m_issued;
    std::string m_approveBy;
};

} // namespace cordon::record
