#pragma once

#include <chrono>
#include <map>
#include <string>

namespace cordon::engine {

/// Adds the time until it goes away to a stage's sum.
class StageTime
{
public:
    StageTime(std::map<std::string, double>& seconds, const char* stage)
        : m_sum(seconds[stage]), m_start(std::chrono::steady_clock::now())
    {
    }
    ~StageTime() { m_sum += std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count(); }
    StageTime(const StageTime&) = delete;
    StageTime& operator=(const StageTime&) = delete;

private:
    double& m_sum;
    std::chrono::steady_clock::time_point m_start;
};

} // namespace cordon::engine
