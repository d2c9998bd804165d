#pragma once

#include "core/connectors/aws/aws_client.h"

namespace cordon::connectors::aws {

// Systems Manager runs AWS's own runbook for an instance that is to be cut off: beside the security groups it takes the instance out of its
// Auto Scaling group, which no single call of EC2 does. Source: AWS, "AWSSupport-ContainEC2Instance"

/// Whether instances are isolated by the runbook: the settings name its role and its bucket.
[[nodiscard]] bool hasRunbook(const Client& client);
/// The calls that contain an instance, the dry run first, and the one that releases it. @param mark  of the action, by which its runs are found again
void planContainment(const Client& client, Deed& deed, const std::string& instance, const std::string& mark);
/// Starts the runbook and follows it for as long as the call allows. A dry run that fails or does not end changes nothing: ErrorCode::Denied.
/// A containment that goes on is no error: verifying tells when it is there. A release that goes on, and whatever ended badly: ErrorCode::Io.
[[nodiscard]] Result<void> runRunbook(Client& client, const Call& call);
/// Whether the containment of that mark was started and has not ended.
[[nodiscard]] Result<bool> isContaining(Client& client, const std::string& mark);

} // namespace cordon::connectors::aws
