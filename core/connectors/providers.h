#pragma once

#include "core/act/connector_settings.h"
#include "core/act/provider.h"

namespace cordon::connectors {

/// ErrorCode::Unsupported for another kind, Invalid for options it does not take.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeProvider(const act::ConnectorSettings& settings);

} // namespace cordon::connectors
