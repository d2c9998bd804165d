#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::okta {

/// An Okta organisation: users, applications and their secrets, tokens, groups, administrator roles, consents.
/// Source: docs/formats/connectors.md, "okta"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeOktaProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::okta
