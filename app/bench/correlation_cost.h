#pragma once

#include <cstddef>
#include <vector>

namespace cordon::bench {

/// Microseconds, sorted.
struct CorrelationCost
{
    std::vector<double> inOrder; ///< adding one alert that comes in time
    std::vector<double> late;    ///< adding one that belongs days before, with what that changes
    std::vector<double> opening; ///< describing an incident in full
    double largest = 0;          ///< describing the largest one
    std::size_t largestAlerts = 0;
    std::size_t alerts = 0;
    std::size_t incidents = 0;
};

/// Fills a builder with made-up alerts, ten to an incident, of identities that share addresses and roles, and then
/// times further ones.
[[nodiscard]] CorrelationCost correlationCost(std::size_t alerts, std::size_t incidents);

/// Of sorted figures; 0 when there are none.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double share);

} // namespace cordon::bench
