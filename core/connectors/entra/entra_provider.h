#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::entra {

/// A Microsoft Entra tenant through Microsoft Graph: users, service principals, secrets of applications, assignments, consents.
/// Source: docs/formats/connectors.md, "entra"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeEntraProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::entra
