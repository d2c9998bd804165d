#pragma once

#include "core/connectors/aws/aws_client.h"
#include "core/domain/target_facts.h"

namespace cordon::connectors::aws {

/// Name of the inline policy that denies a user everything while it is suspended.
inline constexpr const char* suspendPolicy = "CordonSuspend";
/// Name under which AWS's own console denies older sessions.
inline constexpr const char* revokePolicy = "AWSRevokeOlderSessions";

/// What IAM says about an access key, a user or a role, as state of docs/formats/expected-state.md. Tags are `key`, or `key=value`
/// when the value says more than "true". Errors as `Client`; ErrorCode::Unsupported for a thing that IAM cannot look up.
[[nodiscard]] Result<TargetFacts> identityFacts(Client& client, const EntityRef& target);

/// The user's or role's name in `arn:aws:iam::123456789012:user/path/NAME`, or "" for anything else.
[[nodiscard]] std::string nameInArn(const std::string& arn, std::string_view kind);
/// `policyName` of an inline policy's id `OWNER/policy/NAME`, or "".
[[nodiscard]] std::string inlineName(const std::string& owner, const std::string& policy);
/// An inline policy's document as text, or ErrorCode::NotFound.
[[nodiscard]] Result<std::string> inlineDocument(Client& client, const EntityRef& owner, const std::string& name);
/// The access keys of a user, by id: `{"id", "status", "created"}`.
[[nodiscard]] Result<Value> keysOf(Client& client, const std::string& user);
/// Percent-decoded; what is no encoding stays as it is.
[[nodiscard]] std::string percentDecoded(std::string_view text);

} // namespace cordon::connectors::aws
