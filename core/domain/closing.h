#pragma once

#include "core/base/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace cordon {

/// What people found an incident to be: an attack, nothing that happened, or something that happened and was meant.
enum class Verdict { TruePositive, FalsePositive, Benign };
[[nodiscard]] std::string_view toString(Verdict verdict); ///< "true_positive", "false_positive", "benign"
[[nodiscard]] std::optional<Verdict> verdictFrom(std::string_view text);

/// How an incident was closed.
struct Closing
{
    std::optional<Verdict> verdict; ///< nothing where the agent closed it, under its `decide` clause
    std::string reason;
    std::string by; ///< person or agent
    Timestamp at;   ///< case clock
    std::int64_t alerts = 0; ///< that it had; with more of them it is opened again
};

} // namespace cordon
