#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace cordon::engine {

/// A signed command that is being carried out.
struct TakenOrder
{
    std::string command;
    std::string nonce;
    std::string person;
    std::int64_t seq = 0; ///< of the entry that took it
};

/// What a job came from, and tells the end of.
struct JobCause
{
    std::optional<std::filesystem::path> file; ///< in the inbox
    std::optional<TakenOrder> order;
};

/// A followed file that could not be taken in, and when it is tried again.
struct HeldBack
{
    int failures = 0;       ///< one after another
    std::int64_t until = 0; ///< the machine's running time, ns
};

/// Both clocks when they were last known to be right.
struct ClockMark
{
    Timestamp wall;
    std::int64_t mono = 0; ///< ns
};

} // namespace cordon::engine
