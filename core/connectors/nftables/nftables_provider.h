#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::nftables {

/// A machine whose packets nftables filters, spoken with over SSH: itself, what is behind it, and addresses. Source: docs/formats/connectors.md, "nftables"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeNftablesProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::nftables
