#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace cordon::ctl {

/// `verified 1.2 of 5.0 GB, 610 MB/s, 6 s left` on a terminal's standard error, and nothing elsewhere.
class ByteProgress
{
public:
    explicit ByteProgress(std::string verb);
    /// Writes at most a few times a second.
    void show(std::uint64_t done, std::uint64_t total);
    /// Takes the line away.
    void end();

private:
    using Clock = std::chrono::steady_clock;
    std::string m_verb;
    bool m_isTerminal;
    bool m_isShown = false;
    Clock::time_point m_begin = Clock::now();
    Clock::time_point m_last;
};

} // namespace cordon::ctl
