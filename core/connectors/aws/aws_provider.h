#pragma once

#include "core/connectors/planned_provider.h"

namespace cordon::connectors::aws {

/// An AWS account: IAM users, roles and access keys. Source: docs/formats/connectors.md, "aws"
/// @param pause  waits between two looks; none: really
/// ErrorCode::Invalid names the option that does not fit; the tenant is the account's twelve digits.
[[nodiscard]] Result<std::unique_ptr<act::Provider>> makeAwsProvider(const act::ConnectorSettings& settings, Asker::Pause pause = {});

} // namespace cordon::connectors::aws
