#pragma once

#include "core/connectors/aws/aws_client.h"
#include "core/connectors/effects.h"

namespace cordon::connectors::aws {

/// Whether a target is an instance of EC2: `i-…`, or its ARN.
[[nodiscard]] bool isInstance(const EntityRef& target);
/// What EC2 says about an instance, as state of docs/formats/expected-state.md; its instance profile is its grant.
/// Errors as `Client`; ErrorCode::Unsupported for an instance of another region.
[[nodiscard]] Result<TargetFacts> instanceFacts(Client& client, const EntityRef& target);
/// What a verb comes to on an instance. Errors as `Session::plan`.
[[nodiscard]] Result<Deed> planInstance(Client& client, const Action& action, const TargetFacts& facts);
/// Whether the snapshots of this very action are there, beside what the facts tell.
[[nodiscard]] Result<Effect> instanceEffect(Client& client, const Action& action, const TargetFacts& facts, std::optional<Timestamp> since);
/// Verbs for instances, besides reading.
[[nodiscard]] const std::vector<std::string>& instanceVerbs();

} // namespace cordon::connectors::aws
