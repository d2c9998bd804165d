#pragma once

#include "core/base/time.h"

namespace cordon {

/// A time in the one spelling that signed texts have it in: `2026-11-22T12:06:42.001500Z`, or without the fraction. Two programs
/// that read it apart must never read two things. ErrorCode::Invalid for any other, also where `Timestamp::parse` takes it.
[[nodiscard]] Result<Timestamp> exactTime(std::string_view text);

} // namespace cordon
