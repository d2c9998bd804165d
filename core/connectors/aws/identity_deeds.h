#pragma once

#include "core/connectors/aws/identity_facts.h"
#include "core/domain/action.h"

namespace cordon::connectors::aws {

/// What doing a verb to one target comes to: calls, the calls that take it back, and what people should know.
struct Deed
{
    std::vector<Call> calls; ///< in order
    std::vector<Call> undo;  ///< in order; empty when there is no way back
    Value before = Value::Object{};
    Value after = Value::Object{}; ///< attributes of expected-state.md that change
    std::vector<std::string> stillOpen;
    std::string undoCost;
};

/// Plans the verb on `facts.target`, by reading only.
/// ErrorCode::Unsupported for a verb that IAM has no call for, NotFound for a target or policy that is not there, Denied when the provider
/// would refuse, Invalid for a missing parameter.
[[nodiscard]] Result<Deed> planDeed(Client& client, const Action& action, const TargetFacts& facts);
/// Whether the action's effect is in the facts that were read back.
[[nodiscard]] Result<bool> hasEffect(const Action& action, const TargetFacts& facts);
/// The IAM actions that a verb needs, reading included: what an assumed role is narrowed to, and the policy that the platform's
/// owner is handed. Source: docs/formats/connectors.md
[[nodiscard]] std::vector<std::string> neededActions(const std::string& verb);
/// The verbs planned here.
[[nodiscard]] const std::vector<std::string>& identityVerbs();

} // namespace cordon::connectors::aws
