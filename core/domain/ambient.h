#pragma once

#include "core/domain/entity.h"

namespace cordon {

/// True for what belongs to the provider or to the whole account: services that act for themselves, bare account
/// ids, provider-managed policies, regions, ids too long to be one. Such an entity ties nothing together.
[[nodiscard]] bool isAmbient(const EntityRef& entity);

} // namespace cordon
