#pragma once

#include "core/domain/decision.h"
#include "core/govern/gate_request.h"

#include <functional>
#include <string>

namespace cordon::govern {

/// Whoever answers a gate request. The gate itself, but for a test that breaks it.
using DecisionMaker = std::function<Decision(const GateRequest&)>;

/// Asks the gate a set of questions whose answers are known, and the hash, the signatures, the authenticator codes, the
/// canonical form and the mandate loader for known vectors. Takes a few milliseconds; run before the agent acts.
/// @return  what answered otherwise, in English; "" when everything answered as it must
[[nodiscard]] std::string selfTestProblem(const DecisionMaker& gate);
/// Of the gate as it is.
[[nodiscard]] std::string selfTestProblem();

} // namespace cordon::govern
