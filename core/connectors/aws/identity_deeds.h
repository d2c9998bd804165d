#pragma once

#include "core/connectors/aws/identity_facts.h"
#include "core/connectors/effects.h"
#include "core/domain/action.h"

namespace cordon::connectors::aws {

/// Plans the verb on `facts.target`, which exists, by reading only.
/// ErrorCode::Unsupported for a verb that IAM has no call for, NotFound for a policy or group that is not there, Denied when the provider
/// would refuse, Invalid for a missing parameter.
[[nodiscard]] Result<Deed> planDeed(Client& client, const Action& action, const TargetFacts& facts);
/// Whether the action's effect is there, as the facts tell.
[[nodiscard]] Result<Effect> identityEffect(const Action& action, const TargetFacts& facts, std::optional<Timestamp> since);
/// The verbs planned here.
[[nodiscard]] const std::vector<std::string>& identityVerbs();

} // namespace cordon::connectors::aws
