#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::vault {

/// A HashiCorp Vault cluster: entities, tokens by accessor, leases, versions of secrets, database accounts. Source: docs/formats/connectors.md, "vault"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeVaultProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::vault
