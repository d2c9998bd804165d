#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace cordon::bench {

/// One thing measured.
struct Measure
{
    std::string name;
    std::uint64_t events = 0;
    std::uint64_t bytes = 0;
    double seconds = 0;
    double cpuSeconds = 0;                      ///< of the whole process, loading included
    std::uint64_t peakBytes = 0;                ///< resident memory at its highest, of this measure alone
    std::map<std::string, std::uint64_t> found; ///< matches, alerts, rejected: to see that the work was done
    std::map<std::string, double> stages;       ///< seconds

    [[nodiscard]] double eventsPerSecond() const { return seconds > 0 ? static_cast<double>(events) / seconds : 0; }
    [[nodiscard]] double bytesPerSecond() const { return seconds > 0 ? static_cast<double>(bytes) / seconds : 0; }
};

/// Runs `work` in a process of its own, so that each measure starts cold of the others' memory and its peak is its own.
/// Gives the quickest of `times` runs.
[[nodiscard]] Result<Measure> measured(int times, const std::function<Result<Measure>()>& work);

/// Seconds since it was made.
class Stopwatch
{
public:
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

} // namespace cordon::bench
