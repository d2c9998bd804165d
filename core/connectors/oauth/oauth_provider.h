#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::oauth {

/// An OAuth 2 authorization server: tokens revoked (RFC 7009) and tried by introspection (RFC 7662). Source: docs/formats/connectors.md, "oauth"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeOauthProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::oauth
