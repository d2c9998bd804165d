#pragma once

#include "core/correlate/name_rules.h"

#include <filesystem>
#include <memory>

namespace cordon::engine {

/// Reads the rules that say under which other names things are known. Errors name file and line.
[[nodiscard]] Result<std::shared_ptr<const correlate::NameRules>> readEntityNames(const std::filesystem::path& resources);

} // namespace cordon::engine
