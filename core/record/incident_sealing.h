#pragma once

#include "core/record/case_sealing.h"

namespace cordon::record {

/// Puts one incident of a case into a file: its ledger entries with a proof each that they stand in the whole ledger, the
/// records that it cites, the states and exhibits that were taken for it, and an index narrowed to it. What else the case
/// holds stays behind, and the manifest says so. Source: docs/formats/sealed-case.md, "An incident"
/// @param incident  INC-0001
/// ErrorCode as `sealCase`, NotFound when the case has no such incident.
[[nodiscard]] Result<SealResult> sealIncident(const platform::Path& caseFolder, const std::string& incident,
                                              const platform::Path& out, const SealOptions& options,
                                              const MachineClock& clock);

} // namespace cordon::record
