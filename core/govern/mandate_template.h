#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::govern {

/// Fills the `@NAME@` places of a mandate template (resources/mandates). ErrorCode::Invalid for a place without a
/// value, a value without a place, or a value with a quote, backslash or control character.
[[nodiscard]] Result<std::string> fillMandateTemplate(std::string_view pattern,
                                                      const std::map<std::string, std::string>& values);

/// Who an exercise's mandate is between.
struct ExerciseParties
{
    std::string agentId;     ///< nhi:…
    std::string agentKey;    ///< ed25519:…
    std::string accountable; ///< user:…
    std::string deputy;
    Timestamp validFrom;
    Timestamp validUntil; ///< at most 92 days later
};
/// The exercise mandate as YAML text, from resources/mandates/exercise.yaml's text.
[[nodiscard]] Result<std::string> exerciseMandateYaml(std::string_view pattern, const ExerciseParties& parties);

} // namespace cordon::govern
