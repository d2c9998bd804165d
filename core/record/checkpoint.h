#pragma once

#include "core/base/digest.h"

#include <cstdint>
#include <string>

namespace cordon::record {

/// A signed ledger head. Source: docs/formats/ledger.md, "Checkpoints" (C2SP tlog-checkpoint)
struct Checkpoint
{
    std::int64_t size = 0;
    Digest root;
    std::string note; ///< the signed note as kept in ledger/checkpoints
};

} // namespace cordon::record
