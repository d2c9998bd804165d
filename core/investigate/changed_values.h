#pragma once

#include "core/base/result.h"
#include "core/domain/event.h"
#include "core/domain/finding.h"
#include "core/value/value.h"

#include <functional>
#include <string_view>

namespace cordon::investigate {

/// The bytes of a record as they are sealed. Any failure reads as "not at hand".
using RecordReader = std::function<Result<std::string>(const Event&)>;

/// An attribute as a record tells it, whole.
struct ToldValue
{
    std::string name;
    Value before;              ///< null: there was none, or nobody says
    Value after;
    bool isBeforeTold = false;
    bool isParameter = false;  ///< what a call asked for: the effect depends on the call
};

/// What an identity change set to what, as its record tells: pairs of before and after where the provider writes both
/// (Entra, Microsoft 365, Okta, GCP bindings, GitHub, Windows), else what the call asked for. At most 16. Empty when the
/// record says nothing of the kind.
[[nodiscard]] std::vector<ToldValue> toldValuesIn(std::string_view record);

/// When what the record handed out ends by itself, as its answer says (`expiration`, `expires_at` …).
[[nodiscard]] std::optional<Timestamp> endIn(std::string_view record, const EntityRef& credential);

} // namespace cordon::investigate
