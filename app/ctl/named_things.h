#pragma once

#include "core/engine/pipeline.h"

namespace cordon::ctl {

/// Whether what a command names is in the case, so that nobody types a PIN for a slip: incidents, steps, alerts, orders.
/// What it does not know it lets through: whoever holds the case judges.
/// @param pipeline  of this process; null beside another one that holds the case
[[nodiscard]] Result<void> checkNamed(engine::Pipeline* pipeline, const std::string& folder, const std::string& command,
                                      const Value& args);
/// How many entries the ledger has.
[[nodiscard]] Result<std::int64_t> ledgerSize(const std::string& folder);
/// What the ledger says of a command that was just done, for whoever gave it: the step that was added, the number that stays.
/// @param from  entries of the ledger before it
[[nodiscard]] Result<void> addOutcome(Value& answer, const std::string& folder, std::int64_t from);

} // namespace cordon::ctl
