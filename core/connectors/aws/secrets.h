#pragma once

#include "core/connectors/aws/aws_client.h"
#include "core/connectors/effects.h"

namespace cordon::connectors::aws {

/// What Secrets Manager says about a secret and its versions, as state of docs/formats/expected-state.md. Values are never asked for.
/// Errors as `Client`; ErrorCode::Unsupported for a secret of another region.
[[nodiscard]] Result<TargetFacts> secretFacts(Client& client, const EntityRef& target);
/// What a verb comes to on a secret. A new value is made by the secret's own rotation, or stands in the vault under `new_values`.
[[nodiscard]] Result<Deed> planSecret(Client& client, const Action& action, const TargetFacts& facts);
[[nodiscard]] Result<Effect> secretEffect(const Action& action, const TargetFacts& facts);
/// Verbs for secrets, besides reading.
[[nodiscard]] const std::vector<std::string>& secretVerbs();

} // namespace cordon::connectors::aws
