#pragma once

#include <cstdint>
#include <vector>

namespace cordon::bench {

/// One alert: which matter it truly belongs to, and which incident it was put into.
struct Placed
{
    std::int64_t truth = 0;
    std::int64_t incident = 0;
    bool isAttack = false; ///< its truth is an attack; otherwise somebody's everyday work
};

/// How well incidents stand for attacks.
struct PartitionScore
{
    double adjustedRand = 1;       ///< 1: the same partition; 0: what chance gives
    double incidentsPerAttack = 0; ///< mean over attacks with at least one alert
    double mixedShare = 0;         ///< of the incidents with an alert of an attack, those with two attacks or more
    double noisyShare = 0;         ///< of the same, those with an alert of everyday work
    std::int64_t attacks = 0;
    std::int64_t incidents = 0; ///< all
    std::int64_t alerts = 0;
};

/// Source of the index: Hubert and Arabie, "Comparing partitions", 1985.
[[nodiscard]] double adjustedRandIndex(const std::vector<Placed>& placed);
[[nodiscard]] PartitionScore scoreOf(const std::vector<Placed>& placed);

} // namespace cordon::bench
