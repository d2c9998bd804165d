#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <stop_token>

namespace cordon::engine {

/// What people are about to read or seal of an index: its ledger rows are the ledger's, and its incidents' pages bear the
/// signature that this installation gave them. ErrorCode::Corrupt when they do not.
/// @param place  a case folder, or the path of an opened sealed case
[[nodiscard]] Result<void> checkIndex(const std::filesystem::path& place, const std::filesystem::path& home,
                                      const std::stop_token& stop = {});

} // namespace cordon::engine
