#pragma once

#include "core/connectors/aws/aws_client.h"
#include "core/domain/target_facts.h"

namespace cordon::connectors::aws {

/// Instances and functions of the client's region that run as a role, by id. Not all that may: AWS lists no other services, regions or accounts.
/// @param arn  the role's, with its path
/// Errors as `Client`.
[[nodiscard]] Result<std::vector<EntityRef>> runningAs(Client& client, const std::string& arn, const std::string& name);
/// Completes facts with those who depend on it, as far as AWS shows any. Who was seen counts beside those whom logs show.
/// @param neverUsed  the service knows of no use in all the time that it keeps
void addSeen(TargetFacts& facts, std::vector<EntityRef> seen, bool neverUsed, Timestamp now);

} // namespace cordon::connectors::aws
