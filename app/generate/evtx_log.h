#pragma once

#include "app/generate/evtx_writer.h"

#include <functional>

namespace cordon::generate {

/// Writes a made-up Windows event log of process creations (Sysmon and Security), connections and logons; the same seed gives
/// the same bytes. @param write  takes pieces in order, at last the file header, which stands at the start (`isHeader`)
/// @return false as soon as `write` does
[[nodiscard]] bool writeEvtxLog(std::uint64_t events, std::uint64_t seed,
                                const std::function<bool(const std::string&, bool isHeader)>& write);

} // namespace cordon::generate
