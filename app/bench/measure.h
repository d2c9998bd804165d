#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <ctime>
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
    double busySeconds = 0;                     ///< CPU time of the same span, of all threads
    double cpuSeconds = 0;                      ///< of the whole process, loading included
    std::uint64_t peakBytes = 0;                ///< resident memory at its highest, of this measure alone
    std::map<std::string, std::uint64_t> found; ///< matches, alerts, rejected: to see that the work was done
    std::map<std::string, double> stages;       ///< seconds

    [[nodiscard]] double eventsPerSecond() const { return seconds > 0 ? static_cast<double>(events) / seconds : 0; }
    /// What one core does that nothing else is asked of: comparable where other programs run.
    [[nodiscard]] double eventsPerBusySecond() const
    {
        return busySeconds > 0 ? static_cast<double>(events) / busySeconds : 0;
    }
    [[nodiscard]] double bytesPerBusySecond() const
    {
        return busySeconds > 0 ? static_cast<double>(bytes) / busySeconds : 0;
    }
};

/// Runs `work` in a process of its own, so that each measure starts cold of the others' memory and its peak is its own.
/// Gives that of `times` runs which took the least CPU time.
[[nodiscard]] Result<Measure> measured(int times, const std::function<Result<Measure>()>& work);

/// Time since it was made.
class Stopwatch
{
public:
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
    }
    /// CPU time of this process, user and system.
    [[nodiscard]] double busySeconds() const
    {
        return static_cast<double>(std::clock() - m_busyStart) / static_cast<double>(CLOCKS_PER_SEC);
    }
    void tell(Measure& measure) const
    {
        measure.seconds = seconds();
        measure.busySeconds = busySeconds();
    }

private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::clock_t m_busyStart = std::clock();
};

} // namespace cordon::bench
