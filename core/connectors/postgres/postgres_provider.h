#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::postgres {

/// A PostgreSQL cluster: roles, their sessions, passwords and what they were granted. Source: docs/formats/connectors.md, "postgres"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makePostgresProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::postgres
