#pragma once

#include <vector>

namespace cordon::tenant {

/// The steps that bring a tenant.db to the newest version. Source: docs/formats/tenant.md, "tenant.db"
[[nodiscard]] const std::vector<const char*>& tenantSchema();

} // namespace cordon::tenant
