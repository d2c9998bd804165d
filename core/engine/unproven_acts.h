#pragma once

#include "core/base/result.h"
#include "core/record/order_audit.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cordon::engine {

/// Entries of a ledger that say that a person did something which that person did not sign: by number, what is wrong.
using UnprovenActs = std::map<std::int64_t, std::string>;

/// Reads a case's ledger from its start, and tells of what it found in the log: none of it is obeyed.
/// Empty for what is no case folder.
/// @param left  gets the orders that were taken and neither carried out nor refused; may be null
/// @param reached  gets the latest time of any entry since somebody vouched for a clock that was set back; may be null
[[nodiscard]] Result<UnprovenActs> findUnprovenActs(const std::filesystem::path& caseFolder, const std::filesystem::path& home,
                                                    std::vector<record::OrderAudit::Open>* left = nullptr, Timestamp* reached = nullptr);

} // namespace cordon::engine
