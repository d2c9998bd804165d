#pragma once

#include "core/base/time.h"
#include "core/domain/action.h"
#include "core/domain/text.h"

#include <string>
#include <vector>

namespace cordon {

enum class Effect { Allow, Hold, Deny };
[[nodiscard]] std::string_view toString(Effect effect); ///< "allow", "hold", "deny"

/// What people must add before a held action may run.
struct ApprovalNeeds
{
    int approvers = 0;
    bool needsCommander = false;           ///< at least one of them is a commander
    std::vector<std::string> factors;      ///< "key", "pin", "totp"
    bool isRequesterExcluded = false;
    bool isTypedTarget = false;
    Duration approveWithin{};
    Duration executeWithin{};
};

/// The gate's answer: effect, the clauses that decided, why, and what is missing.
struct Decision
{
    Effect effect = Effect::Deny;
    Tier tier = Tier::T4;
    std::vector<std::string> clauses;  ///< deciding clause ids, such as "C2", "F1", "default", "G3"
    std::vector<Text> reasons;         ///< tier arithmetic, limits, unknowns, in order
    std::vector<std::string> missing;  ///< "approval", "precheck:evidence_preserved", "human_confirmation", "limit:L1"…
    std::string digest;                ///< hex digest of the action
    ApprovalNeeds needs;               ///< filled when `missing` names "approval"
};

} // namespace cordon
