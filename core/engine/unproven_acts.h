#pragma once

#include "core/base/result.h"
#include "core/record/known_people.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cordon::engine {

/// Entries of a ledger that say that a person did something which that person did not sign: by number, what is wrong.
using UnprovenActs = std::map<std::int64_t, std::string>;

/// Reads a case's ledger from its start, and tells of what it found in the log: none of it is obeyed.
/// Empty for what is no case folder.
[[nodiscard]] Result<UnprovenActs> findUnprovenActs(const std::filesystem::path& caseFolder, const std::filesystem::path& home);

} // namespace cordon::engine
