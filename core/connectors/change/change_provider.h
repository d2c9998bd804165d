#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::change {

/// A system that keeps change records: ServiceNow, Jira, or anything that takes JSON. Source: docs/formats/connectors.md, "change"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeChangeProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::change
