#include "core/crypto/sha256.h"
#include "core/factor/assertion_check.h"
#include "core/govern/approval_desk.h"
#include "core/govern/approval_text.h"

#include <algorithm>

// What a security key adds to a reply. Source: docs/formats/approval.md, "Security keys"

namespace cordon::govern {
namespace {

/// The counter of an assertion that was checked before: bytes 33 to 36 of the authenticator's data.
std::uint32_t counterOf(const KeyAssertion& assertion)
{
    std::uint32_t counter = 0;
    for (std::size_t i = 33; i < 37 && i < assertion.authData.size(); ++i)
        counter = (counter << 8U) | static_cast<unsigned char>(assertion.authData[i]);
    return counter;
}

} // namespace

std::string ApprovalDesk::whyNotAsserted(const Approval& reply, const Person& person) const
{
    const bool isClaimed = std::find(reply.factors.begin(), reply.factors.end(), "security_key") != reply.factors.end();
    if (!reply.assertion)
        return isClaimed ? "assertion_missing" : "";
    const SecurityKey* key = person.securityKey(reply.assertion->credential);
    if (!key)
        return "security_key_unknown";
    const auto message = approvalMessage(reply);
    const auto counter = message ? factor::checkAssertion(*reply.assertion, *key, crypto::sha256(*message))
                                 : Result<std::uint32_t>(fail(ErrorCode::Invalid, "no message"));
    if (!counter)
        return "assertion_bad";
    // A counter that stands still or goes back is a copied key; one that never counts has always said 0.
    const auto known = m_keyCounters.find(reply.assertion->credential);
    const std::uint32_t last = known == m_keyCounters.end() ? 0 : known->second;
    if ((*counter != 0 || last != 0) && *counter <= last)
        return "assertion_counter";
    return {};
}

void ApprovalDesk::takeKey(const Approval& reply, AcceptedApproval& accepted)
{
    if (!reply.assertion)
        return;
    std::uint32_t& last = m_keyCounters[reply.assertion->credential];
    last = std::max(last, counterOf(*reply.assertion));
    // For the gate: see the same rule in `judge`.
    const auto has = [&](std::string_view factor) {
        return std::find(accepted.factors.begin(), accepted.factors.end(), factor) != accepted.factors.end();
    };
    if (has("security_key") && !has("totp"))
        accepted.factors.emplace_back("totp");
}

} // namespace cordon::govern
