#pragma once

#include "core/indicators/indicator.h"

#include <string_view>

namespace cordon::indicators {

inline constexpr std::size_t mostFeedBytes = 64U << 20U;
inline constexpr std::size_t mostIndicators = 1'000'000;

/// Reads a feed: a STIX 2.1 bundle, MISP events or attributes, or a table. What cannot be matched is kept in `rejected`
/// with its place and why. ErrorCode::Invalid when it is none of the three, or more than may be read.
/// @param file  for the places
/// Source: docs/formats/indicators.md
[[nodiscard]] Result<IndicatorList> parseFeed(std::string_view text, const std::string& file);

} // namespace cordon::indicators
