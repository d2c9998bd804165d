#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cordon::engine {

/// What a person ordered about which alerts belong together, and whether it still counts.
struct ArrangementRow
{
    std::string id;                  ///< ORD-0001
    std::string act;                 ///< merge, split, move
    std::string incident;            ///< INC-0001
    std::vector<std::string> others; ///< incidents that went into it
    std::vector<std::string> alerts; ///< that were split off or moved
    std::string by;
    Timestamp at;                    ///< case clock
    std::string why;
    std::int64_t seq = 0;            ///< ledger entry
    std::string undoneBy;            ///< person who took it back; "" while it stands
};

} // namespace cordon::engine
