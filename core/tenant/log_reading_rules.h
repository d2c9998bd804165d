#pragma once

#include "core/domain/entity.h"

#include <string>

namespace cordon::tenant {

/// Accounts, roles and groups: who may hold rights.
inline bool isIdentity(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Role || kind == EntityKind::Group;
}

/// Kinds that can depend on something; docs/formats/tenant.md, "dependents".
inline bool canDepend(EntityKind kind)
{
    return kind == EntityKind::Account || kind == EntityKind::Workload || kind == EntityKind::Application;
}

/// The call failed because the thing is not there.
inline bool saysMissing(const std::string& error)
{
    return error.find("NoSuch") != std::string::npos || error.find("NotFound") != std::string::npos ||
           error.find("DoesNotExist") != std::string::npos || error.find("InvalidInstanceID") != std::string::npos;
}

} // namespace cordon::tenant
