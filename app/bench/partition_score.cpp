#include "app/bench/partition_score.h"

#include <map>
#include <set>
#include <utility>

namespace cordon::bench {
namespace {

/// Pairs among so many.
double pairsOf(std::int64_t count)
{
    return static_cast<double>(count) * static_cast<double>(count - 1) / 2;
}

template<class Key>
double pairsOf(const std::map<Key, std::int64_t>& counts)
{
    double sum = 0;
    for (const auto& [key, count] : counts)
        sum += pairsOf(count);
    return sum;
}

} // namespace

double adjustedRandIndex(const std::vector<Placed>& placed)
{
    std::map<std::int64_t, std::int64_t> byTruth;
    std::map<std::int64_t, std::int64_t> byIncident;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> byBoth;
    for (const Placed& one : placed) {
        ++byTruth[one.truth];
        ++byIncident[one.incident];
        ++byBoth[{one.truth, one.incident}];
    }
    const double all = pairsOf(static_cast<std::int64_t>(placed.size()));
    const double truth = pairsOf(byTruth);
    const double found = pairsOf(byIncident);
    const double expected = all > 0 ? truth * found / all : 0;
    const double most = (truth + found) / 2;
    return most == expected ? 1 : (pairsOf(byBoth) - expected) / (most - expected);
}

PartitionScore scoreOf(const std::vector<Placed>& placed)
{
    std::map<std::int64_t, std::set<std::int64_t>> incidentsOf;
    std::map<std::int64_t, std::set<std::int64_t>> attacksIn;
    std::set<std::int64_t> withWork;
    std::set<std::int64_t> all;
    for (const Placed& one : placed) {
        all.insert(one.incident);
        if (one.isAttack) {
            incidentsOf[one.truth].insert(one.incident);
            attacksIn[one.incident].insert(one.truth);
        } else {
            withWork.insert(one.incident);
        }
    }
    PartitionScore score;
    score.adjustedRand = adjustedRandIndex(placed);
    score.attacks = static_cast<std::int64_t>(incidentsOf.size());
    score.incidents = static_cast<std::int64_t>(all.size());
    score.alerts = static_cast<std::int64_t>(placed.size());
    std::size_t parts = 0;
    for (const auto& [attack, incidents] : incidentsOf)
        parts += incidents.size();
    std::size_t mixed = 0;
    std::size_t noisy = 0;
    for (const auto& [incident, attacks] : attacksIn) {
        mixed += attacks.size() > 1 ? 1 : 0;
        noisy += withWork.contains(incident) ? 1 : 0;
    }
    if (!incidentsOf.empty()) {
        score.incidentsPerAttack = static_cast<double>(parts) / static_cast<double>(incidentsOf.size());
        score.mixedShare = static_cast<double>(mixed) / static_cast<double>(attacksIn.size());
        score.noisyShare = static_cast<double>(noisy) / static_cast<double>(attacksIn.size());
    }
    return score;
}

} // namespace cordon::bench
