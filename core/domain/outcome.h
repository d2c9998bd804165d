#pragma once

#include "core/domain/target_facts.h"

#include <string>

namespace cordon {

/// How an executed action ended, by independent read-back.
enum class OutcomeState { Verified, Failed, Unknown };
[[nodiscard]] std::string_view toString(OutcomeState state); ///< "verified", "failed", "unknown"

struct Outcome
{
    OutcomeState state = OutcomeState::Unknown;
    std::string detail;               ///< English: what was seen, or why not
    Value seen = Value::Object{};     ///< attributes read back
    Value undoRecord;                 ///< what undo needs; null when there is no undo
    Timestamp finished;               ///< case clock
};

} // namespace cordon
