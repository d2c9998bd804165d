#pragma once

#include "core/domain/entity.h"

#include <string_view>

namespace cordon {

/// Whether the credential is the ARN of a session of a role or of a federated user, of which the temporary keys are
/// children. It ends in a name that whoever opens the session chooses, so that the sessions of two people may have the
/// same. Source: AWS STS, AssumeRole and GetFederationToken.
[[nodiscard]] inline bool isSessionName(const EntityRef& credential)
{
    const std::string_view id = credential.id;
    return credential.kind == EntityKind::Credential && id.starts_with("arn:") &&
           id.find(":sts:") != std::string_view::npos;
}

} // namespace cordon
