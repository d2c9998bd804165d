#pragma once

#include "core/tenant/cloudtrail_writer.h"
#include "core/tenant/scenario_log.h"

namespace cordon::tenant {

/// Somebody on a service's machine uses its role to read secrets that the service never needed.
/// @return when the log ends
[[nodiscard]] Timestamp tellWorkloadTheft(CloudtrailWriter& log, const ScenarioLogSettings& settings);

/// Somebody with a developer's key makes a second one, looks around, takes rights and a secret.
/// @return when the log ends
[[nodiscard]] Timestamp tellBorrowedKey(CloudtrailWriter& log, const ScenarioLogSettings& settings);

/// Somebody opens a secret to everybody, and somebody from elsewhere reads it.
/// @return when the log ends
[[nodiscard]] Timestamp tellExposure(CloudtrailWriter& log, const ScenarioLogSettings& settings);

} // namespace cordon::tenant
