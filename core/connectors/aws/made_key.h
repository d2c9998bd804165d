#pragma once

#include "core/connectors/aws/aws_client.h"
#include "core/connectors/effects.h"
#include "core/domain/action.h"

namespace cordon::connectors::aws {

// Access keys are made by AWS: the secret comes back once, in the answer of CreateAccessKey, and goes to the vault.

/// Plans `credential.replace` on an access key: one more for its user. ErrorCode::Denied when the user has two, the most that there may be.
[[nodiscard]] Result<Deed> planMadeKey(Client& client, const Action& action, const TargetFacts& facts);
[[nodiscard]] bool isMadeKeyCall(const Value& call);
/// Makes the key, or takes it away. @return the value, where one was made. ErrorCode::Denied when the key that is to go is in use.
[[nodiscard]] Result<std::optional<act::MadeValue>> changeMadeKey(Client& client, const Value& call);
/// There when the key whose secret the vault holds is a good one of the same user.
[[nodiscard]] Effect madeKeyEffect(Client& client, const Action& action, const TargetFacts& facts);

} // namespace cordon::connectors::aws
