#pragma once

#include "core/tenant/tenant.h"

namespace cordon::tenant {

/// Fills a tenant from its description. ErrorCode::Invalid names line and member for an unknown or missing one.
/// Source: docs/formats/tenant.md
[[nodiscard]] Result<void> describe(Tenant& tenant, const Value& description);

} // namespace cordon::tenant
